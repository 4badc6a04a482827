/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The world switch and real mode's interrupts, one by one. The same program passes in real mode by the processor, so
 * what it wants is what a PC does.
 */
#include "world.h"
#include "abi/partition.h"
#include "hw/cpu.h"

#define ROUND_TRIPS  1000
#define HIGH_WORD    0x234560
#define HALTS        5
#define UMIP         0x00000004   /* CPUID.7:ECX */
#define BRAND_QEMU   0x554D4551   /* "QEMU" */
#define FPU_INITIAL  0x037F0000   /* control word, status word */

/* What the engine's processor has: segment limits, and faults of MSRs, of MXCSR and of x87 loads. */
static bool limits, faults;

/* QEMU's own FERR# ends in an assertion of QEMU. */
static bool in_partition(void)
{
    struct partition p;

    return partition_probe(&p);
}

/* Bochs and QEMU know FERR#, but no IGNNE#. */
static bool without_real_mode(void)
{
    struct partition p;

    return partition_probe(&p) && p.flags & PARTITION_NO_REAL_MODE;
}

static void breakpoints_off(void)
{
    asm volatile("movl %0, %%dr7" :: "r"(0));
}

static u32 read_cr0(void)
{
    u32 value;
    asm volatile("movl %%cr0, %0" : "=r"(value));
    return value;
}

static u32 ticks(void)
{
    u32 low, high;
    asm volatile("rdtsc" : "=a"(low), "=d"(high));
    return low;
}

/* One trip is PE set, PE cleared, and the same again to restore the limits. */
static void measure(void)
{
    u32 start = ticks();

    enter_many(ROUND_TRIPS);
    note("ticks of a round trip:", (ticks() - start) / ROUND_TRIPS / 2);
    start = ticks();
    for (u32 i = 0; i < ROUND_TRIPS; i++)
        vector_of_int_n();
    note("ticks of a hooked INT n:", (ticks() - start) / ROUND_TRIPS);
    start = ticks();
    for (u32 i = 0; i < ROUND_TRIPS; i++)
        read_cr0();
    note("ticks of a MOV from CR0:", (ticks() - start) / ROUND_TRIPS);
}

static void print_exits(void)
{
    u32 a = CPUID_PARTITION_EXITS, b, c = PARTITION_EXITS_DUMP, d;

    if (in_partition())
        asm volatile("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
}

static void test_transitions(void)
{
    check_equal(enter_by_mov_cr0(), MARK, "MOV CR0 sets PE, 16-bit code clears it");
    check_equal(enter_by_lmsw(), MARK, "LMSW sets PE");
    check_equal(leave_from_code32(), MARK, "32-bit code clears PE and goes on, CS.D=1");
    check_equal(enter_with_paging(), MARK, "PE and PG in one write, 4 MiB pages");
    check_equal(enter_with_pae(), MARK, "PE and PG in one write, PAE");
    check_equal(enter_with_odd_selectors(), MARK, "real-mode SS and DS with RPL bits go along");
    check_equal(enter_without_jump(), MARK, "PE set and cleared without a jump, REP STOS between");
    check_equal(gdt_above_1m(), MARK, "GDT above 1 MiB");
    check_equal(gdt_in_paged_memory(), MARK, "PE and PG in one write, GDTR at a linear address of its own");
    check_equal(gdt_moved_under_pae(), MARK, "PAE, GDTR loaded at a linear address of its own after that");
    check_equal(irq_in_window(), MARK, "IRQ between PE=1 and the jump, through a gate");
    check_equal(debug_from_protected(), DEBUG_MARK, "DR0-DR3 and DR7 of protected mode in real mode");
    check_equal(cr0_in_window() & 1, 1, "MOV from CR0 shows PE before the jump");
    check_equal(fpu_in_window(), FPU_INITIAL, "FNINIT, FNSTSW, FNSTCW before the jump");
    check_equal(enter_many(ROUND_TRIPS), MARK, "1000 round trips");
    check_equal(through_long_mode(), 0x64646464, "real mode to 64-bit mode and back");
}

/*
 * QEMU's TCG has neither segment limits (the interpreter has), #GP for unknown MSRs and MXCSR bits, nor #MF but at WAIT;
 * Bochs and processors have. It calls its processors QEMU.
 */
static void probe_engine(void)
{
    u32 a = 0x80000002, b, c, d;

    asm volatile("cpuid" : "+a"(a), "=b"(b), "=c"(c), "=d"(d));
    faults = a != BRAND_QEMU;
    limits = faults || vector_of_word_at_ffff() == 13;
}

static void check_fault(bool possible, u32 (*vector_of)(void), u32 vector, const char *what)
{
    if (possible)
        check_equal(vector_of(), vector, what);
    else
        note("not on this engine: vector", vector);
}

static void test_hidden_parts(void)
{
    check_equal(unreal_read(HIGH_WORD), 0xCAFE1234, "4 GiB limit survives in real mode");
    check_equal(unreal_fs_gs(HIGH_WORD), MARK, "4 GiB limits of FS and GS, no jump");
    check_equal(unreal_fpu(HIGH_WORD), 0x12345, "x87 and SSE operands beyond 64 KiB");
    check_equal(unreal_selector(), 0x5A5A0010, "a selector that does not match its base survives");
    check_equal(big_stack(), 0xB16B00B5, "SS.B survives in real mode");
    check_equal(ticks_with_big_stack(), 4, "IRQs into HLT and a loop while SS.B=1");
    check_equal(himem_copy(0x200000), MARK, "REP MOVS beyond 64 KiB, #GP lifts the limits");
    check_fault(limits, himem_faults, 1, "one #GP for it");
    check_fault(limits, limits_restored, 13, "64 KiB limit again: #GP beyond it");
}

static void test_exceptions(void)
{
    check_equal(vector_of_divide(), 0, "#DE");
    check_equal(vector_of_trap_flag(), 1, "#DB by TF");
    check_equal(vector_of_int3(), 3, "INT3");
    check_equal(vector_of_into(), 4, "INTO");
    check_equal(vector_of_bound(), 5, "#BR");
    check_equal(vector_of_ud2(), 6, "#UD");
    check_fault(limits, vector_of_word_at_ffff, 13, "#GP: word at FFFF");
    check_fault(limits, vector_of_stack_wrap, 12, "#SS: word at SS:FFFF");
    check_fault(faults, vector_of_bad_msr, 13, "RDMSR of an MSR that is none: #GP");
    check_fault(faults, vector_of_fpu_error, 16, "#MF at a load");
    check_fault(faults, vector_of_bad_mxcsr, 13, "LDMXCSR of reserved bits: #GP");
    check_equal(vector_of_fpu_in_use(), 7, "#NM");
    check_fault(faults || in_partition(), vector_of_ferr, 0x20, "floating-point error with NE=0: INT 75h");
    check_fault(faults || in_partition(), vector_of_ferr_after_sti, 0x20, "the same right behind STI");
    if (without_real_mode())
        check_equal(ferr_ignored(), 7, "floating-point error with NE=0: held by IF=0, ignored from port F0h to FNCLEX");
    check_fault(faults, vector_of_breakpoint, 1, "#DB of a write beyond 64 KiB");
    breakpoints_off();
    check_equal(single_steps(), 9, "#DB at each of nine instructions, two of which trap");
    check_equal(dr6_of_step(), DR6_BS, "DR6.BS of a single step");
    check_equal(vector_beyond(0x37), 13, "INT n beyond the limit of IDTR: #GP");
    check_equal(vector_beyond(0x2F), 8, "#GP beyond it too: #DF");
    check_equal(vector_of_vmcall(), 6, "VMCALL: #UD");
    check_equal(vector_of_vmmcall(), 6, "VMMCALL: #UD");
}

/* Before UMIP virtual-8086 mode lets SGDT see the monitor's. */
static void test_gdtr(void)
{
    u32 a = 7, b, c = 0, d;

    asm volatile("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
    if (gdtr_seen() || c & UMIP)
        check_equal(gdtr_seen(), 1, "SGDT gives what LGDT loaded");
    else
        note("SGDT without UMIP: processor family", b);
}

static void test_interrupts(void)
{
    check_equal(vector_of_int_n(), 0x20, "INT n");
    check_equal(count_of_int_n(), 256, "INT n for every n");
    check_equal(vector_after_sidt_lidt(), 0x20, "INT n after LIDT of what SIDT gave");
    check_equal(frame_of_int_n(), 6, "INT n pushes six bytes, clears IF and TF");
    check_equal(moved_idt(), 32, "vector table moved by LIDT");
    check_equal(halt_ticks(HALTS), HALTS, "HLT waits for the timer");
    check(irq_on_vector_8() >= 3, "IRQ on the vector of #DF");
    check_equal(ip_after_sti(), 0, "IRQ after STI and the instruction behind it, which traps");
    check_equal(irq_after_mov_ss(), 0, "no IRQ between MOV SS and the next instruction");
    check_equal(vector_of_nmi(), 2, "NMI");
    if (faults)
        note("Bochs has no LINT0: vector", 2);
    else
        check_equal(nmi_ends_halt(), 2, "NMI ends HLT with IF=0");
    test_gdtr();
    check_equal(msw() & 1, 0, "SMSW shows real mode");
}

void guest_main(u8 drive)
{
    (void)drive;
    probe_engine();
    test_transitions();
    test_hidden_parts();
    test_exceptions();
    test_interrupts();
    measure();
    print_exits();
    plan_done();
}
