/* SPDX-License-Identifier: BSD-2-Clause */
/* hypervisor/svm/efer.c and cpuid.c: what AMD processors of several generations let a guest have, by their CPUID. */
#include "hv_fake.h"
#include "hw/cpuid.h"

static struct cpuid last, extended1, extended8, extended21;

static struct cpuid fake_cpuid(u32 leaf, u32 subleaf)
{
    switch (leaf) {
    case 0x80000000: return last;
    case 0x80000001: return extended1;
    case 0x80000008: return extended8;
    case 0x80000021: return extended21;
    }
    fail_msg("CPUID %x", leaf);
    return last;
}

#define cpuid(leaf, subleaf)  fake_cpuid(leaf, subleaf)
#include "hypervisor/svm/efer.c"
#include "hypervisor/cpuid.c"

struct hv_start hv;
struct hvm_ops *hvm;
u32 processor_count;
const u8 resume_door[1];

void *guest_memory(paddr at, usize bytes) { return NULL; }
u64 physical(const void *ours) { return 0; }
u64 exits_of_kind(unsigned kind) { return 0; }
void dump_exits(void) { }
void advance(struct vcpu *v) { }

static void generations(void **state)
{
    static const struct { u32 last, ecx1, edx1, ebx8, eax21; u64 allowed; } rows[] = {
        { 0x80000018, 0, 0, 0, 0, 0x2901 },                                       /* K8, revision F */
        { 0x8000001B, 0, 1u << 25, 0, 0, 0x6901 },                                /* family 10h: FFXSR */
        { 0x8000001F, 1u << 17, 1u << 25, 0x1007, 0, 0xE901 },                    /* Zen: TCE */
        { 0x80000020, 1u << 17, 1u << 25, 1u << 20 | 1u << 13, 0xFFFFFFFF, 0x4C901 },   /* no LMSLE, INTWB; no leaf 21 */
        { 0x80000021, 1u << 17, 1u << 25, 1u << 20 | 1u << 13 | 1u << 8, 1u << 7 | 1u << 8, 0x36C901 },
    };

    for (u32 i = 0; i < ARRAY_SIZE(rows); i++) {
        last.a = rows[i].last;
        extended1 = (struct cpuid){ .c = rows[i].ecx1, .d = rows[i].edx1 };
        extended8.b = rows[i].ebx8;
        extended21.a = rows[i].eax21;
        assert_int_equal(svm_efer_allowed() ^ rows[i].allowed, 0);
    }
}

/* INVLPGB is #UD in a guest of ours. */
static void no_invlpgb(void **state)
{
    struct vcpu v = { 0 };
    struct cpuid r = { 1, ~0u, 2, 0x0007FFFF };

    hide(&v, 0x80000008, 0, &r);
    assert_int_equal(r.b, ~(1u << 3 | 1u << 21));
    assert_int_equal(r.d, 0x00070000);
    assert_true(r.a == 1 && r.c == 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(generations), cmocka_unit_test(no_invlpgb) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
