/* SPDX-License-Identifier: BSD-2-Clause */
/* Instructions that exit, or must not exist: their results, their faults, and that CPUID tells the truth about them. */
#include "processor.h"
#include "hw/cpu.h"
#include "hw/cpuid.h"

/* EAX, EBX, ECX or EDX of a leaf; 0 where the processor does not have it. */
static u32 cpuid_word(u32 leaf, u32 subleaf, unsigned r)
{
    struct cpuid own = cpuid(leaf, subleaf);
    const u32 v[] = { own.a, own.b, own.c, own.d };

    return cpuid(leaf & 0x80000000, 0).a < leaf ? 0 : v[r];
}

u32 vector_of(const u8 *code, u32 bytes, u32 ring)
{
    for (u32 i = 0; i < bytes; i++)
        scratch[i] = code[i];
    scratch[bytes] = 0xC3;          /* RET */
    if (ring)
        in_ring3((u32)scratch);
    else
        in_ring0((u32)scratch);
    return caught_vector;
}

struct row {
    const char *what;
    u8 code[8], bytes;
};

/* Each exists if and only if its CPUID bit is set. */
static void test_gated(void)
{
    static const struct { struct row row; u32 leaf, subleaf; u8 reg; u32 bit; } rows[] = {
        { { "RDTSCP", { 0x0F, 0x01, 0xF9 }, 3 }, 0x80000001, 0, 3, CPUID_81_EDX_RDTSCP },
        { { "RDPID", { 0xF3, 0x0F, 0xC7, 0xF9 }, 4 }, 7, 0, 2, CPUID_7_ECX_RDPID },
        { { "INVPCID", { 0x31, 0xC9, 0xB1, 2, 0x66, 0x0F, 0x38, 0x82 }, 8 }, 7, 0, 1, CPUID_7_EBX_INVPCID },
        { { "TPAUSE", { 0x66, 0x0F, 0xAE, 0xF7 }, 4 }, 7, 0, 2, CPUID_7_ECX_WAITPKG },
    };

    for (u32 i = 0; i < ARRAY_SIZE(rows) - !exact; i++) {    /* TCG takes TPAUSE for a fence */
        u8 code[16];
        u32 n = rows[i].row.bytes;

        for (u32 b = 0; b < n; b++)
            code[b] = rows[i].row.code[b];
        if (i == 2)
            code[n++] = 0x08;       /* [EAX], ECX */
        check_equal(vector_of(code, n, 0) != VECTOR_UD, (cpuid_word(rows[i].leaf, rows[i].subleaf, rows[i].reg) & rows[i].bit) != 0,
                    rows[i].row.what);
    }
}

/* With CR4.OSXSAVE: XCR0 is 1 after a reset. */
static void test_xsaves(void)
{
    static const u8 code[] = { 0x0F, 0x20, 0xE1, 0x81, 0xC9, 0, 0, 4, 0, 0x0F, 0x22, 0xE1, 0x0F, 0xC7, 0x28 };  /* CR4 |= OSXSAVE; XSAVES [EAX] */

    if (cpuid_word(1, 0, 2) & CPUID_1_ECX_XSAVE)
        check_equal(vector_of(code, sizeof(code), 0) != VECTOR_UD, (cpuid_word(0xD, 1, 0) & CPUID_D1_EAX_XSAVES) != 0, "XSAVES");
}

/* VMX, SMX and SVM: not in this processor, at any privilege level. */
static void test_extensions(void)
{
    static const struct row rows[] = {
        { "VMCALL", { 0x0F, 0x01, 0xC1 }, 3 }, { "VMLAUNCH", { 0x0F, 0x01, 0xC2 }, 3 }, { "VMRESUME", { 0x0F, 0x01, 0xC3 }, 3 },
        { "VMXOFF", { 0x0F, 0x01, 0xC4 }, 3 }, { "VMXON", { 0xF3, 0x0F, 0xC7, 0x30 }, 4 }, { "VMCLEAR", { 0x66, 0x0F, 0xC7, 0x30 }, 4 },
        { "VMPTRLD", { 0x0F, 0xC7, 0x30 }, 3 }, { "VMPTRST", { 0x0F, 0xC7, 0x38 }, 3 }, { "VMREAD", { 0x0F, 0x78, 0x00 }, 3 },
        { "VMWRITE", { 0x0F, 0x79, 0x00 }, 3 }, { "INVEPT", { 0x66, 0x0F, 0x38, 0x80, 0x08 }, 5 },
        { "INVVPID", { 0x66, 0x0F, 0x38, 0x81, 0x08 }, 5 }, { "GETSEC", { 0x0F, 0x37 }, 2 }, { "VMRUN", { 0x0F, 0x01, 0xD8 }, 3 },
        { "VMMCALL", { 0x0F, 0x01, 0xD9 }, 3 }, { "VMLOAD", { 0x0F, 0x01, 0xDA }, 3 }, { "VMSAVE", { 0x0F, 0x01, 0xDB }, 3 },
        { "STGI", { 0x0F, 0x01, 0xDC }, 3 }, { "CLGI", { 0x0F, 0x01, 0xDD }, 3 }, { "SKINIT", { 0x0F, 0x01, 0xDE }, 3 },
        { "INVLPGA", { 0x0F, 0x01, 0xDF }, 3 }, { "RSM", { 0x0F, 0xAA }, 2 },
    };

    check_equal(cpuid_word(1, 0, 2) & (CPUID_1_ECX_VMX | CPUID_1_ECX_SMX), 0, "CPUID shows no VMX and no SMX");
    check_equal(cpuid_word(0x80000001, 0, 2) & (CPUID_81_ECX_SVM | CPUID_81_ECX_SKINIT), 0, "CPUID shows no SVM");
    for (u32 i = 0; i < ARRAY_SIZE(rows); i++) {
        u32 user;

        check_equal(vector_of(rows[i].code, rows[i].bytes, 0), VECTOR_UD, rows[i].what);
        user = vector_of(rows[i].code, rows[i].bytes, 3);
        /* SVM checks the privilege level before it exits. */
        check(user == VECTOR_UD || (user == VECTOR_GP && i >= 13), "the same in ring 3");
    }
}

static void check_code(const u8 *code, const char *what)
{
    check_equal(in_ring0((u32)code), GOOD, what);
    if (caught_vector != NOTHING)
        note("but an exception came:", caught_vector);
}

static void check_gp(const u8 *code, const char *what)
{
    in_ring0((u32)code);
    check_equal(caught_vector << 16 | caught_error, VECTOR_GP << 16, what);
}

static void test_state(void)
{
    check_code(breakpoint_kept, "DR7 after CPUID");
    check_code(step_over_cpuid, "single steps over CPUID");
    check_code(sti_shadow_cpuid, "the interrupt after STI, CPUID");
    check_code(nmi_to_self, "NMI");
    check_code(invd_keeps, "INVD");
    check_code(cr3_kept, "CR3 without paging");
    check_code(cr4_kept, "CR4");
    if (exact && cpuid_word(0x80000001, 0, 3) & CPUID_81_EDX_LONG_MODE)   /* QEMU's SVM loses its host in a guest with LME alone */
        check_code(efer_lme, "EFER.LME without paging");
    check_code(sysenter_kept, "SYSENTER_EIP");
}

static void test_faults(void)
{
    if (exact || partition)
        check_gp(efer_reserved, "EFER bit 4: #GP");
    if (exact) {
        check_gp(cr4_reserved, "CR4 bit 31: #GP");
        check_gp(pg_without_pe, "CR0.PG without PE: #GP");
        check_gp(nw_without_cd, "CR0.NW without CD: #GP");
        check_gp(pae_bad_pdpte, "reserved bits of a PDPTE: #GP");
        if (pdptes_kept)
            check_gp(pae_pdpte_turns_bad, "reserved bits of a PDPTE when CR4.PSE changes: #GP");
        check_gp(cr4_pcide, "CR4.PCIDE outside IA-32e mode: #GP");
        check_gp(cr4_cet_without_wp, "CR4.CET without CR0.WP: #GP");
        check_gp(lme_without_pae, "CR0.PG with EFER.LME, without PAE: #GP");
        check_gp(lme_with_16bit_tss, "CR0.PG with EFER.LME, and a 16-bit TSS: #GP");
        in_ring0((u32)lme_off);
    }
    if (exact && cpuid_word(1, 0, 2) & CPUID_1_ECX_X2APIC)
        check_gp(x2apic_icr_off, "WRMSR of the x2APIC's ICR outside x2APIC mode: #GP");
    if (partition) {
        if (exact)
            check_gp(cr4_vmxe, "CR4.VMXE: #GP");
        check_gp(msr_outside_read, "RDMSR outside the bitmaps: #GP");
        check_gp(msr_outside_write, "WRMSR outside the bitmaps: #GP");
    }
}

static void test_vmx_msrs(void)
{
    if (partition && exact) {
        check_gp(msr_vmx, "RDMSR of VMX_BASIC: #GP");
        check_gp(msr_feature_control_write, "WRMSR of FEATURE_CONTROL: #GP");
    }
}

static void test_xsetbv(void)
{
    if (!(cpuid_word(1, 0, 2) & CPUID_1_ECX_XSAVE))
        return;
    check_code(osxsave_follows, "CPUID shows CR4.OSXSAVE");
    check_gp(xsetbv_index, "XSETBV of register 1: #GP");
    check_gp(xsetbv_no_x87, "XSETBV without x87: #GP");
    check_gp(xsetbv_avx_alone, "XSETBV with AVX, without SSE: #GP");
    in_ring0((u32)xsetbv_good);
    check_equal(caught_vector, NOTHING, "XSETBV of x87 and SSE");
    in_ring0((u32)xsetbv_off);
    check_equal(caught_vector, VECTOR_UD, "XSETBV with CR4.OSXSAVE off: #UD");
}

void test_instructions(void)
{
    test_gated();
    test_xsaves();
    if (partition)
        test_extensions();
    test_state();
    test_faults();
    test_vmx_msrs();
    test_xsetbv();
}

/* By the I/O APIC of an exact engine; QEMU's SVM holds NMIs off by GIF. */
void test_nmis(void)
{
    if (!exact)
        return;
    check_code(nmi_at_cpuid, "no NMI is lost at CPUID");
    check_code(nmi_at_stepped_cpuid, "nor at its single steps");
    check_code(nmi_at_rdmsr, "nor at RDMSR");
}

void test_tasks(void)
{
    check_code(task_call, "task switch by CALL of a TSS and IRET, twice");
    check_code(task_jump, "task switch by JMP, there and back");
    check_code(task_gate, "task switch by CALL of a task gate");
    check_code(task_exception, "task switch by an exception with an error code");
    check_code(task_interrupt, "task switch by INT n");
    check_code(task_irq, "task switch by an IRQ");
    check_code(task_nmi, "task switch by an NMI, a second one waits for IRET");
    check_code(task_16bit, "task switch to a 16-bit TSS");
    check_code(task_paging, "task switch with another page directory");
    in_ring0((u32)task_busy);
    check_equal(caught_vector << 16 | caught_error, VECTOR_GP << 16 | 0x38, "JMP to a busy TSS: #GP");
    check_equal(caught_eip, (u32)task_busy, "its EIP is the instruction's");
}
