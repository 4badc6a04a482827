/* SPDX-License-Identifier: BSD-2-Clause */
/* x87, and the instructions that save its state and that of SSE and AVX. SDM vol. 3, 2.5 (EM, TS, MP), 13.2; vol. 1, 8.1, 13.7. */
#include "exec.h"
#include "native.h"

/* Operand bytes by opcode D8-DF and ModRM reg; ENV, STATE: depend on the operand size. */
#define ENV    1
#define STATE  3
static const u8 x87_bytes[8][8] = {
    { 4, 4, 4, 4, 4, 4, 4, 4 },
    { 4, 4, 4, 4, ENV, 2, ENV, 2 },
    { 4, 4, 4, 4, 4, 4, 4, 4 },
    { 4, 4, 4, 4, 4, 10, 4, 10 },
    { 8, 8, 8, 8, 8, 8, 8, 8 },
    { 8, 8, 8, 8, STATE, 8, STATE, 2 },
    { 2, 2, 2, 2, 2, 2, 2, 2 },
    { 2, 2, 2, 2, 10, 8, 10, 8 },
};
/* Bit n: ModRM reg n writes memory. */
static const u8 x87_writes[8] = { 0, 0xCC, 0, 0x8E, 0, 0xCE, 0, 0xCE };

/* FLDENV, FLDCW, FNSTENV, FNSTCW, FRSTOR, FNSAVE, FNSTSW; FNCLEX, FNINIT. They leave the pointers alone, or load them. */
static bool x87_control(u8 op, u8 reg, bool memory)
{
    if (memory)
        return (op == 1 && reg >= 4) || (op == 5 && (reg == 4 || reg >= 6));
    return (op == 3 || op == 7) && reg == 4;
}

/* FNSTENV and FNSAVE; FLDENV and FRSTOR. */
static bool x87_environment(u8 op, u8 reg, bool memory)
{
    return memory && (op == 1 || op == 5) && (reg == 4 || reg == 6);
}

void exec_x87(struct insn *i)
{
    u8 op = i->opcode & 7, reg = modrm_reg(i), bytes = x87_bytes[op][reg];
    bool memory = modrm_mod(i) != 3;

    if (i->cpu->cr0 & (CR0_EM | CR0_TS)) {
        fault(i, VECTOR_NM, 0);
        return;
    }
    if (bytes == ENV)
        bytes = i->opsize == 4 ? 28 : 14;
    else if (bytes == STATE)
        bytes = i->opsize == 4 ? 108 : 94;
    if (x87_environment(op, reg, memory) && !protected_mode(i->cpu)) {
        if (reg == 6)
            x87_store_real(i, bytes);
        else
            x87_load_real(i, bytes);
        return;
    }
    native(i, bytes, x87_writes[op] >> reg & 1 ? X86_WRITE : 0);
    if (!faulted(i) && !x87_control(op, reg, memory))
        x87_point_to_guest(i);
}

void exec_wait(struct insn *i)
{
    if ((i->cpu->cr0 & (CR0_MP | CR0_TS)) == (CR0_MP | CR0_TS))
        fault(i, VECTOR_NM, 0);
    else if (i->ops->native)
        native_plain(i, 0x9B, 0, 0, 1);
}

/* FXSAVE /0, FXRSTOR /1. */
void exec_fxsave(struct insn *i)
{
    if (i->cpu->cr0 & (CR0_EM | CR0_TS))
        fault(i, VECTOR_NM, 0);
    else
        native(i, 512, modrm_reg(i) ? 0 : X86_WRITE);
}

/* How much XSAVE writes with what XCR0 has enabled: CPUID 0Dh, EBX. */
static u32 xsave_bytes(struct insn *i)
{
    u32 r[4] = { 0x0D, 0, 0, 0 };

    if (i->ops->cpuid)
        i->ops->cpuid(i->cpu, r);
    return r[1];
}

/* XSAVE /4, XRSTOR /5, XSAVEOPT /6; with 66h /6 is CLWB. */
void exec_xsave(struct insn *i)
{
    if (modrm_reg(i) == 6 && simd_prefix(i) == SIMD_66)
        exec_fence(i);
    else if (!(i->cpu->cr4 & CR4_OSXSAVE) || simd_prefix(i) != SIMD_NONE)
        fault_ud(i);
    else if (i->cpu->cr0 & CR0_TS)
        fault(i, VECTOR_NM, 0);
    else
        native(i, xsave_bytes(i), modrm_reg(i) == 5 ? 0 : X86_WRITE);
}

/* XGETBV and XSETBV: the extended state is the monitor's affair. */
void exec_xgetbv(struct insn *i)
{
    if (!(i->cpu->cr4 & CR4_OSXSAVE) || modrm_rm(i) > 1 || simd_prefix(i) != SIMD_NONE)
        fault_ud(i);
    else if (modrm_rm(i) == 1 && i->cpu->cpl)
        fault_gp(i, 0);
    else
        native_plain(i, 0x0F, 0x01, i->modrm, 3);
}

/* VMCALL and VMMCALL reach the monitor from wherever they are run. */
void exec_vmcall(struct insn *i)
{
    if (i->modrm == 0xC1 || i->modrm == 0xD9)
        native_plain(i, 0x0F, 0x01, i->modrm, 3);
    else
        fault_ud(i);
}

/* LFENCE, MFENCE, SFENCE: one instruction at a time needs none. CLFLUSH, CLFLUSHOPT, CLWB look at their address only. */
void exec_fence(struct insn *i)
{
    if (modrm_mod(i) == 3 ? simd_prefix(i) != SIMD_NONE : i->rep != 0)
        fault_ud(i);
    else if (modrm_mod(i) != 3)
        load(i, i->ea_segment, i->ea, 1, 0);
}
