/* SPDX-License-Identifier: BSD-2-Clause */
/* What the interpreter needs of the machine: this is the machine, all is done directly. */
#include "assist.h"
#include "abi/partition.h"
#include "hw/io.h"

#define FOUR_GIB        0x100000000ull

#define VECTOR_TABLE_LIMIT  0x3FF

/* Bits of CR0 and CR4 that act on what VM86 code does natively. */
#define CR0_NATIVE      (CR0_MP | CR0_EM | CR0_TS)
#define CR4_NATIVE      (CR4_TSD | CR4_DE | CR4_MCE | CR4_PCE | CR4_OSFXSR | CR4_OSXMMEXCPT | CR4_OSXSAVE)

static struct processor *processor_of(struct x86_cpu *c)
{
    return (struct processor *)c;       /* it begins with it */
}

/* For the guest we are a ROM: VM86 code that writes here traps (hypervisor/identity.c), and what we run for it writes nothing. */
static u8 *ram(struct x86_cpu *c, paddr at, bool write)
{
    (void)c;
    return at >> 32 || (write && vmx_assist_has(at)) ? NULL : (u8 *)(u32)at;
}

/* Page tables above 4 GiB: the hypervisor reads for us. And address 0, which ram() cannot say. */
static u32 read(struct x86_cpu *c, paddr at, u8 bytes)
{
    u32 eax, ebx, low = (u32)at & ~7u, high = at >> 32;
    u64 value = 0;

    (void)c;
    if (!high) {
        memcpy(&value, (void *)(u32)at, bytes);
        return value;
    }
    asm volatile("cpuid" : "=a"(eax), "=b"(ebx), "+c"(low), "+d"(high) : "0"(CPUID_PARTITION_READ));
    value = ((u64)high << 32 | low) >> ((u32)at & 7) * 8;
    return bytes == 4 ? value : value & ((1u << bytes * 8) - 1);
}

static void write(struct x86_cpu *c, paddr at, u32 value, u8 bytes)
{
    (void)c;
    if (at < FOUR_GIB && !vmx_assist_has(at))
        memcpy((void *)(u32)at, &value, bytes);
}

static u32 in(struct x86_cpu *c, u16 port, u8 bytes)
{
    (void)c;
    return port_in(port, bytes);
}

static void out(struct x86_cpu *c, u16 port, u32 value, u8 bytes)
{
    port_out(port, value, bytes);
    if (port == PORT_FERR)
        ferr_cleared(processor_of(c));
}

static void ins(struct x86_cpu *c, u16 port, void *to, u32 count, u8 bytes)
{
    (void)c;
    if (bytes == 1)
        asm volatile("rep insb" : "+D"(to), "+c"(count) : "d"(port) : "memory");
    else if (bytes == 2)
        asm volatile("rep insw" : "+D"(to), "+c"(count) : "d"(port) : "memory");
    else
        asm volatile("rep insl" : "+D"(to), "+c"(count) : "d"(port) : "memory");
}

static void outs(struct x86_cpu *c, u16 port, const void *from, u32 count, u8 bytes)
{
    (void)c;
    if (bytes == 1)
        asm volatile("rep outsb" : "+S"(from), "+c"(count) : "d"(port) : "memory");
    else if (bytes == 2)
        asm volatile("rep outsw" : "+S"(from), "+c"(count) : "d"(port) : "memory");
    else
        asm volatile("rep outsl" : "+S"(from), "+c"(count) : "d"(port) : "memory");
}

static bool rdmsr_guest(struct x86_cpu *c, u32 index, u64 *value)
{
    (void)c;
    return msr_read(index, value) == 0;
}

static bool wrmsr_guest(struct x86_cpu *c, u32 index, u64 value)
{
    (void)c;
    return msr_write(index, &value) == 0;
}

static void cpuid_guest(struct x86_cpu *c, u32 r[4])
{
    (void)c;
    asm volatile("cpuid" : "+a"(r[0]), "=b"(r[1]), "+c"(r[2]), "=d"(r[3]));
}

static u64 tsc(struct x86_cpu *c)
{
    u64 value;

    (void)c;
    asm volatile("rdtsc" : "=A"(value));
    return value;
}

/* With CR4.VME, INT n of VM86 code goes to the table at 0 whatever the guest's IDTR says. */
static u32 vme(const struct processor *p)
{
    const struct x86_table *idtr = &p->cpu.idtr;

    return !idtr->base && idtr->limit >= VECTOR_TABLE_LIMIT ? p->new_context->cr4 & CR4_VME : 0;
}

void sync_control(struct processor *p)
{
    u32 cr0 = (p->cr0 & ~CR0_NATIVE) | (p->cpu.cr0 & CR0_NATIVE) | (p->fpu_ignored ? CR0_TS : 0);
    u32 cr4 = (p->cr4 & ~(CR4_NATIVE | CR4_VME)) | (p->cpu.cr4 & CR4_NATIVE) | vme(p);

    if (cr0 != p->cr0)
        asm volatile("mov %0, %%cr0" :: "r"(cr0));
    if (cr4 != p->cr4)
        asm volatile("mov %0, %%cr4" :: "r"(cr4));
    p->cr0 = cr0;
    p->cr4 = cr4;
}

/*
 * Paging switched on with EFER.LME set makes long mode, which the interpreter does not know. What is left of the
 * window then is a far jump through an identity map: it runs as if paging were still off.
 */
static void cr_written(struct x86_cpu *c, u8 number, u32 old)
{
    struct processor *p = processor_of(c);
    u64 efer = 0;

    if (number == 0 && (c->cr0 & ~old & CR0_PG)) {
        msr_read(MSR_EFER, &efer);
        c->efer = efer & EFER_NXE;
        if (efer & EFER_LME) {
            p->window_paging = CR0_PG;
            c->cr0 &= ~CR0_PG;
        }
    }
    sync_control(p);
}

static void table_loaded(struct x86_cpu *c)
{
    tables_loaded(processor_of(c));
}

static void wbinvd(struct x86_cpu *c)
{
    (void)c;
    asm volatile("wbinvd" ::: "memory");
}

static void dr_written(struct x86_cpu *c, u8 number)
{
    switch (number) {
    case 0: asm volatile("mov %0, %%dr0" :: "r"(c->dr[0])); break;
    case 1: asm volatile("mov %0, %%dr1" :: "r"(c->dr[1])); break;
    case 2: asm volatile("mov %0, %%dr2" :: "r"(c->dr[2])); break;
    case 3: asm volatile("mov %0, %%dr3" :: "r"(c->dr[3])); break;
    case 6: asm volatile("mov %0, %%dr6" :: "r"(c->dr[6])); break;
    case 7: asm volatile("mov %0, %%dr7" :: "r"(c->dr[7] & ~DR7_GD)); break;   /* MOV DR of VM86 traps anyway, ours shall not */
    }
}

/* The FPU and its state are the guest's; only NE is 1 in hardware, whatever the guest wants. */
static int native(struct x86_cpu *c, struct x86_native *n)
{
    return ferr_run(processor_of(c), n);
}

const struct x86_ops ops = {
    .ram = ram,
    .read = read,
    .write = write,
    .in = in,
    .out = out,
    .ins = ins,
    .outs = outs,
    .rdmsr = rdmsr_guest,
    .wrmsr = wrmsr_guest,
    .cpuid = cpuid_guest,
    .tsc = tsc,
    .cr_written = cr_written,
    .dr_written = dr_written,
    .table_loaded = table_loaded,
    .wbinvd = wbinvd,
    .native = native,
};

void print_char(char c)
{
    outb(PORT_DEBUG, c);
}
