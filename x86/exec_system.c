/* SPDX-License-Identifier: BSD-2-Clause */
/* Control and debug registers, MSRs, CPUID, caches, HLT. SDM vol. 3, 2.5 "Control Registers", 17.2. */
#include "exec.h"

#define CR0_DEFINED (CR0_PE | CR0_MP | CR0_EM | CR0_TS | CR0_ET | CR0_NE | CR0_WP | CR0_AM | CR0_NW | CR0_CD | CR0_PG)
#define CR4_DEFINED (CR4_VME | CR4_PVI | CR4_TSD | CR4_DE | CR4_PSE | CR4_PAE | CR4_MCE | CR4_PGE | CR4_PCE | \
                     CR4_OSFXSR | CR4_OSXMMEXCPT | CR4_UMIP | CR4_FSGSBASE | CR4_OSXSAVE | CR4_SMEP | CR4_SMAP)
#define MSR_TSC_AUX 0xC0000103
#define CR4_PAGING  (CR4_PSE | CR4_PAE | CR4_PGE | CR4_SMEP | CR4_SMAP)

/* What loads the PDPTEs when it changes: SDM vol. 3, 4.4.1. Any MOV to CR3 does. */
#define CR0_PDPTES  (CR0_PG | CR0_CD | CR0_NW)
#define CR4_PDPTES  (CR4_PSE | CR4_PAE | CR4_PGE | CR4_SMEP)

static void tell(struct insn *i, u8 number, u32 old)
{
    if (i->ops->cr_written)
        i->ops->cr_written(i->cpu, number, old);
}

void control_written(struct insn *i, u8 number, u32 old)
{
    struct x86_cpu *cpu = i->cpu;
    u32 *cr = number == 0 ? &cpu->cr0 : number == 3 ? &cpu->cr3 : &cpu->cr4;
    bool loads = number == 3 || (*cr ^ old) & (number ? CR4_PDPTES : CR0_PDPTES);
    u32 new = *cr;

    tell(i, number, old);
    if (!loads || !pae_paging(cpu) || x86_load_pdptes(cpu, i->ops))
        return;
    *cr = old;
    tell(i, number, new);
    fault_gp(i, 0);
}

/* ---- CR0 ---------------------------------------------------------------------------------------- */

/* Paging switches long mode on and off with it (SDM vol. 3, 9.8.5). */
static bool long_mode_switch(struct insn *i, u32 value)
{
    struct x86_cpu *cpu = i->cpu;

    if (!(value & CR0_PG))
        cpu->efer &= ~(u64)EFER_LMA;
    else if (cpu->efer & EFER_LME) {
        if (!(cpu->cr4 & CR4_PAE) || cpu->seg[X86_CS].access & SEG_L)
            return false;
        cpu->efer |= EFER_LMA;
    }
    return true;
}

static void cr0_write(struct insn *i, u32 value)
{
    struct x86_cpu *cpu = i->cpu;
    u32 old = cpu->cr0;

    value = (value & CR0_DEFINED) | CR0_ET;
    if ((value & (CR0_PG | CR0_PE)) == CR0_PG || (value & (CR0_NW | CR0_CD)) == CR0_NW ||
        ((old ^ value) & CR0_PG && !long_mode_switch(i, value))) {
        fault_gp(i, 0);
        return;
    }
    cpu->cr0 = value;
    if ((old ^ value) & (CR0_PE | CR0_PG))
        i->result = X86_MODE;
    control_written(i, 0, old);
}

/* The word is always stored to memory; a 32-bit register gets all of CR0. */
void exec_smsw(struct insn *i)
{
    if (i->cpu->cr4 & CR4_UMIP && i->cpu->cpl)
        fault_gp(i, 0);
    i->dst = i->cpu->cr0;
    if (modrm_mod(i) != 3)
        i->size = 2;
}

/* PE can be set, not cleared. */
void exec_lmsw(struct insn *i)
{
    u32 low = CR0_PE | CR0_MP | CR0_EM | CR0_TS;

    cr0_write(i, (i->cpu->cr0 & ~(low & ~CR0_PE)) | (i->dst & low));
}

void exec_clts(struct insn *i)
{
    u32 old = i->cpu->cr0;

    i->cpu->cr0 &= ~CR0_TS;
    control_written(i, 0, old);
}

/* ---- MOV CR, MOV DR ------------------------------------------------------------------------------- */

void exec_mov_from_cr(struct insn *i)
{
    static const u8 place[] = { [0] = offsetof(struct x86_cpu, cr0), [2] = offsetof(struct x86_cpu, cr2),
                                [3] = offsetof(struct x86_cpu, cr3), [4] = offsetof(struct x86_cpu, cr4) };
    u8 number = modrm_reg(i);

    if (number >= ARRAY_SIZE(place) || !place[number])
        fault_ud(i);
    else
        i->cpu->gpr[modrm_rm(i)] = *(const u32 *)((const u8 *)i->cpu + place[number]);
}

static void cr4_write(struct insn *i, u32 value)
{
    u32 old = i->cpu->cr4;

    if (value & ~CR4_DEFINED) {
        fault_gp(i, 0);
        return;
    }
    i->cpu->cr4 = value;
    if ((old ^ value) & CR4_PAGING)
        i->result = X86_MODE;
    control_written(i, 4, old);
}

void exec_mov_to_cr(struct insn *i)
{
    struct x86_cpu *cpu = i->cpu;
    u32 old = cpu->cr3, value = i->src;

    switch (modrm_reg(i)) {
    case 0:
        cr0_write(i, value);
        break;
    case 2:
        cpu->cr2 = value;
        break;
    case 3:
        cpu->cr3 = value;
        control_written(i, 3, old);
        break;
    case 4:
        cr4_write(i, value);
        break;
    default:
        fault_ud(i);
    }
}

/* 0F 21 reads, 23 writes. DR4 and DR5 are DR6 and DR7 until CR4.DE says otherwise. */
void exec_mov_dr(struct insn *i)
{
    struct x86_cpu *cpu = i->cpu;
    u8 number = modrm_reg(i);

    if (number == 4 || number == 5) {
        if (cpu->cr4 & CR4_DE)
            fault_ud(i);
        number += 2;
    }
    if (cpu->dr[7] & DR7_GD && !faulted(i)) {
        cpu->dr[6] |= DR6_BD;
        fault(i, VECTOR_DB, 0);
    }
    if (faulted(i))
        return;
    if (!(i->opcode & 2)) {
        cpu->gpr[modrm_rm(i)] = cpu->dr[number];
        return;
    }
    cpu->dr[number] = i->src;
    if (number == 6)
        cpu->dr[6] = (i->src & 0xE00F) | 0xFFFF0FF0;
    if (number == 7)
        cpu->dr[7] = (i->src & 0xFFFF2BFF) | 0x400;
    if (i->ops->dr_written)
        i->ops->dr_written(cpu, number);
}

/* ---- the rest ------------------------------------------------------------------------------------- */

void exec_invlpg(struct insn *i)
{
    if (i->ops->invlpg)
        i->ops->invlpg(i->cpu, i->cpu->seg[i->ea_segment].base + i->ea);
}

void exec_wbinvd(struct insn *i)
{
    if (i->ops->wbinvd)
        i->ops->wbinvd(i->cpu);
}

static void put_edx_eax(struct insn *i, u64 value)
{
    i->cpu->gpr[X86_EAX] = (u32)value;
    i->cpu->gpr[X86_EDX] = (u32)(value >> 32);
}

void exec_rdmsr(struct insn *i)
{
    u64 value = 0;

    if (!i->ops->rdmsr || !i->ops->rdmsr(i->cpu, i->cpu->gpr[X86_ECX], &value))
        fault_gp(i, 0);
    put_edx_eax(i, value);
}

void exec_wrmsr(struct insn *i)
{
    const u32 *gpr = i->cpu->gpr;
    u64 efer = i->cpu->efer;

    if (!i->ops->wrmsr || !i->ops->wrmsr(i->cpu, gpr[X86_ECX], (u64)gpr[X86_EDX] << 32 | gpr[X86_EAX]))
        fault_gp(i, 0);
    else if (efer != i->cpu->efer)
        i->result = X86_MODE;
}

void exec_cpuid(struct insn *i)
{
    u32 *gpr = i->cpu->gpr;
    u32 r[4] = { gpr[X86_EAX], gpr[X86_EBX], gpr[X86_ECX], gpr[X86_EDX] };

    if (i->ops->cpuid)
        i->ops->cpuid(i->cpu, r);
    else
        r[0] = r[1] = r[2] = r[3] = 0;
    gpr[X86_EAX] = r[0];
    gpr[X86_EBX] = r[1];
    gpr[X86_ECX] = r[2];
    gpr[X86_EDX] = r[3];
}

void exec_rdtsc(struct insn *i)
{
    if (i->cpu->cr4 & CR4_TSD && i->cpu->cpl)
        fault_gp(i, 0);
    else if (!i->ops->tsc)
        fault_ud(i);
    else
        put_edx_eax(i, i->ops->tsc(i->cpu));
}

/* ECX gets IA32_TSC_AUX. */
void exec_rdtscp(struct insn *i)
{
    u64 number = 0;

    if (modrm_rm(i) != 1)
        fault_ud(i);
    exec_rdtsc(i);
    if (i->ops->rdmsr)
        i->ops->rdmsr(i->cpu, MSR_TSC_AUX, &number);
    i->cpu->gpr[X86_ECX] = number;
}

/* No counters: any number is one too many. */
void exec_rdpmc(struct insn *i)
{
    fault_gp(i, 0);
}

/* RDRAND /6, RDSEED /7. */
void exec_random(struct insn *i)
{
    bool ready = i->ops->random && i->ops->random(i->cpu, &i->dst);

    i->flags &= ~EFLAGS_ARITHMETIC;
    flag_put(i, EFLAGS_CF, ready);
    if (!ready)
        i->dst = 0;
}

void exec_hlt(struct insn *i)
{
    i->result = X86_HALT;
}

/* 0F 01 C8-CB: MONITOR, MWAIT (which may wake at once), CLAC, STAC. */
void exec_monitor(struct insn *i)
{
    u32 need = modrm_rm(i) < 2 ? X86_HAS_MONITOR : X86_HAS_SMAP;

    if (modrm_rm(i) > 3 || !(i->cpu->features & need) || i->cpu->cpl)
        fault_ud(i);
    else if (need == X86_HAS_SMAP)
        flag_put(i, EFLAGS_AC, modrm_rm(i) == 3);
}

/* 0F 05 and 0F 07, which newer processors have given other meanings, or none. */
void exec_loadall(struct insn *i)
{
    void (*option)(struct insn *) = i->opcode == 0x05 ? i->ops->loadall286 : i->ops->loadall386;

    if (!option)
        fault_ud(i);
    else if (i->cpu->cpl)
        fault_gp(i, 0);
    else
        option(i);
}
