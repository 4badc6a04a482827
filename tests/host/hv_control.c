/* SPDX-License-Identifier: BSD-2-Clause */
/* hypervisor/control.c: which writes of CR0 and CR4 are #GP. Rows beyond what Bochs' guest programs reach: IA-32e mode, CET. */
#include "hv_fake.h"
#include "hypervisor/control.c"

#define TABLE  0x1000                /* PAE: where CR3 points */

static u64 ram[0x2000 / 8];
static u32 faults;

void *guest_memory(paddr at, usize bytes)
{
    return at + bytes <= sizeof(ram) ? (u8 *)ram + at : NULL;
}

bool guest_write(struct vcpu *v, u64 linear, const void *from, usize bytes)
{
    return true;
}

void inject_gp(struct vcpu *v)
{
    faults++;
}

void advance(struct vcpu *v)
{
}

bool world_invoke(struct vcpu *v)
{
    return false;
}

bool world_restore(struct vcpu *v)
{
    return false;
}

void guest_dies(struct vcpu *v, const char *why)
{
    abort();
}

static void control(struct vcpu *v)
{
}

static u32 tr;

static void read_segments(struct vcpu *v, struct vmx_assist_context *c)
{
    c->tr.arbytes = tr;
}

static bool compatibility(const struct vcpu *v)
{
    return false;
}

static struct hvm_ops hvm_of_test = {
    .real_mode = true, .cr4_allowed = ~0ull, .read_control = control, .write_control = control, .read_segments = read_segments,
    .long_code = compatibility,
};
struct hvm_ops *hvm = &hvm_of_test;

#define PAGED  (CR0_PG | CR0_WP | CR0_ET | CR0_PE)
#define IA32E  (EFER_LMA | EFER_LME)

static void rules(void **state)
{
    static const struct { u64 cr0, cr3, cr4, efer; u8 cr; u64 value; bool good; u64 pdpte; } rows[] = {
        { PAGED, TABLE, CR4_PAE, IA32E, 4, CR4_PAE | CR4_PCIDE, true, 0 },
        { PAGED, TABLE | 0x18, CR4_PAE, IA32E, 4, CR4_PAE | CR4_PCIDE, false, 0 },
        { PAGED, TABLE | 0x18, CR4_PAE | CR4_PCIDE, IA32E, 4, CR4_PAE | CR4_PCIDE | CR4_PGE, true, 0 },
        { PAGED, TABLE, CR4_PAE, 0, 4, CR4_PAE | CR4_PCIDE, false, PTE_P },
        { CR0_ET | CR0_PE, 0, 0, 0, 4, CR4_PCIDE, false, 0 },
        { PAGED, TABLE, CR4_PAE, IA32E, 4, 0, false, 0 },
        { PAGED, TABLE, CR4_PAE, IA32E, 4, CR4_PAE | CR4_LA57, false, 0 },
        { PAGED, TABLE, 0, 0, 4, CR4_CET, true, 0 },
        { PAGED & ~CR0_WP, TABLE, 0, 0, 4, CR4_CET, false, 0 },
        { PAGED, TABLE, 0, 0, 4, CR4_PAE, true, PTE_P },
        { PAGED, TABLE, 0, 0, 4, CR4_PAE, false, PTE_P | PTE_RW },
        { PAGED, TABLE, CR4_PAE, 0, 4, CR4_PAE | CR4_PSE, false, PTE_P | PTE_RW },
        { PAGED, TABLE, CR4_PAE, 0, 4, CR4_PAE | CR4_PGE, false, PTE_P | PTE_RW },
        { PAGED, TABLE, CR4_PAE, 0, 4, CR4_PAE | CR4_SMEP, false, PTE_P | PTE_RW },
        { PAGED, TABLE, CR4_PAE, 0, 4, CR4_PAE | CR4_SMAP, true, PTE_P | PTE_RW },
        { PAGED, TABLE, CR4_PAE, 0, 4, 0, true, PTE_P | PTE_RW },
        { PAGED, TABLE, CR4_PAE, IA32E, 0, PAGED & ~CR0_PG, true, 0 },
        { PAGED, TABLE, CR4_PAE | CR4_PCIDE, IA32E, 0, PAGED & ~CR0_PG, false, 0 },
        { PAGED, TABLE, CR4_CET, 0, 0, PAGED & ~CR0_WP, false, 0 },
        { PAGED, TABLE, CR4_CET, 0, 0, PAGED | CR0_TS, true, 0 },
        { PAGED & ~CR0_PG, TABLE, CR4_PAE, 0, 0, PAGED, false, PTE_P | PTE_US },
    };

    for (u32 i = 0; i < ARRAY_SIZE(rows); i++) {
        struct vcpu v = {
            .cr0 = rows[i].cr0, .cr3 = rows[i].cr3, .cr4 = rows[i].cr4, .efer = rows[i].efer,
            .exit = { .cr = rows[i].cr, .access = CR_WRITE, .value = rows[i].value },
        };

        ram[TABLE / 8] = rows[i].pdpte;
        faults = 0;
        exit_cr(&v);
        if (faults != !rows[i].good)
            fail_msg("row %u: %u faults", i, faults);
        assert_int_equal(rows[i].cr == 4 ? v.cr4 : v.cr0, rows[i].good ? rows[i].value : rows[i].cr == 4 ? rows[i].cr4 : rows[i].cr0);
    }
}

static bool enters_ia32e(u32 task)
{
    struct vcpu v = {
        .cr0 = CR0_ET | CR0_PE, .cr4 = CR4_PAE, .efer = EFER_LME, .exit = { .access = CR_WRITE, .value = CR0_PG | CR0_ET | CR0_PE },
    };

    tr = SEG_P | task;
    faults = 0;
    exit_cr(&v);
    assert_int_equal(!(v.efer & EFER_LMA), faults);
    return !faults;
}

static void no_ia32e_in_16bit_task(void **state)
{
    assert_true(enters_ia32e(SYS_TSS32_BUSY));
    assert_false(enters_ia32e(SYS_TSS16_BUSY));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(rules), cmocka_unit_test(no_ia32e_in_16bit_task) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
