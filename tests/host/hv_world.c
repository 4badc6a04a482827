/* SPDX-License-Identifier: BSD-2-Clause */
/* hypervisor/world.c: the world switch by the published contract, byte by byte, against an assist of any make at D0000. */
#include "hv_fake.h"
#include "hypervisor/world.c"

#define OLD_AT  0xD8000
#define NEW_AT  0xD9000

static u8 ram[1 << 20];
static struct vmx_assist_context loaded;
static u32 writes;
static u64 counters[EXIT_KINDS];

void *guest_memory(paddr at, usize bytes)
{
    return at + bytes <= sizeof(ram) ? ram + at : NULL;
}

static void read_segments(struct vcpu *v, struct vmx_assist_context *c)
{
    c->cs = (struct vmx_assist_segment){ 0x08, 0xFFFFFFFF, 0x1000, 0xC09B };
    c->ldtr = (struct vmx_assist_segment){ 0, 0, 0, 0x10000 };
    c->gdtr_base = 0x12345678;
    c->gdtr_limit = 0x7F;
}

static void write_segments(struct vcpu *v, const struct vmx_assist_context *c)
{
    loaded = *c;
}

static void write_control(struct vcpu *v)
{
    writes++;
}

static struct hvm_ops ops = {
    .cr4_allowed = 0x7FF, .read_segments = read_segments, .write_segments = write_segments, .write_control = write_control,
};
struct hvm_ops *hvm = &ops;

static void put(u32 at, u32 value)
{
    memcpy(ram + at, &value, 4);
}

static u32 get(u32 at)
{
    u32 value;
    memcpy(&value, ram + at, 4);
    return value;
}

static struct vcpu guest(void)
{
    memset(ram, 0, sizeof(ram));
    put(0xD0008, 0x17101966);
    put(0xD000C, NEW_AT);
    put(0xD0010, OLD_AT);
    put(NEW_AT, 0xD0123);              /* eip */
    put(NEW_AT + 0x04, 0xDF000);
    put(NEW_AT + 0x08, 0x10000);       /* RF: not loaded */
    put(NEW_AT + 0x0C, 0x20);          /* cr0: NE, PE clear */
    put(NEW_AT + 0x14, 0x1);
    put(NEW_AT + 0x28, 0x10);          /* cs */
    memset(ram + OLD_AT + 0xA8, 0x5A, 4);
    writes = 0;
    return (struct vcpu){
        .rip = 0x7C00, .gpr[RSP] = 0x6000, .rflags = 0x10246, .cr0 = 0x10, .cr3 = 0x5000, .cr4 = 0x10, .exit.length = 3,
        .count = counters,
    };
}

static void invoke_saves_and_loads(void **state)
{
    struct vcpu v = guest();

    assert_true(world_invoke(&v));
    assert_int_equal(get(OLD_AT), 0x7C03);             /* behind the instruction */
    assert_int_equal(get(OLD_AT + 0x04), 0x6000);
    assert_int_equal(get(OLD_AT + 0x08), 0x246);       /* RF cleared */
    assert_int_equal(get(OLD_AT + 0x0C), 0x10);
    assert_int_equal(get(OLD_AT + 0x10), 0x5000);
    assert_int_equal(get(OLD_AT + 0x14), 0x10);
    assert_int_equal(get(OLD_AT + 0x20), 0x7F);        /* gdtr_limit, gdtr_base */
    assert_int_equal(get(OLD_AT + 0x24), 0x12345678);
    assert_int_equal(get(OLD_AT + 0x28), 0x08);        /* cs: selector, limit, base, rights */
    assert_int_equal(get(OLD_AT + 0x2C), 0xFFFFFFFF);
    assert_int_equal(get(OLD_AT + 0x30), 0x1000);
    assert_int_equal(get(OLD_AT + 0x34), 0xC09B);
    assert_int_equal(get(OLD_AT + 0xA4), 0x10000);     /* ldtr: unusable */
    assert_int_equal(get(OLD_AT + 0xA8), 0x5A5A5A5A);  /* rm_irqbase is the assist's */
    assert_true(v.assist);
    assert_int_equal(v.rip, 0xD0123);
    assert_int_equal(v.gpr[RSP], 0xDF000);
    assert_int_equal(v.rflags, 2);
    assert_int_equal(v.cr0 & (CR0_PE | CR0_NE), CR0_NE);
    assert_int_equal(loaded.cs.sel, 0x10);
    assert_int_equal(writes, 1);
}

static void restore_loads_old(void **state)
{
    struct vcpu v = guest();

    put(OLD_AT, 0x100000);
    put(OLD_AT + 0x0C, 0x80000001);
    put(OLD_AT + 0x10, 0x9000);
    put(OLD_AT + 0x14, 0xFFFFF);
    v.assist = true;
    v.efer = EFER_LME;
    assert_true(world_restore(&v));
    assert_false(v.assist);
    assert_int_equal(v.rip, 0x100000);
    assert_int_equal(v.cr3, 0x9000);
    assert_int_equal(v.cr4, 0x7FF);                    /* what a guest may set */
    assert_int_equal(v.efer, EFER_LME | EFER_LMA);
}

static void bad_headers(void **state)
{
    struct vcpu v = guest();

    put(0xD000C, 0);
    assert_false(world_invoke(&v));                    /* no NEW */
    v = guest();
    put(0xD0010, 0);
    assert_true(world_invoke(&v));                     /* no OLD: nothing is saved, */
    assert_false(world_restore(&v));                   /* and nothing can be restored */
    v = guest();
    put(0xD0008, 0x17101967);
    assert_false(world_invoke(&v));
    v = guest();
    put(0xD000C, 0xFFFFFF00);
    assert_false(world_invoke(&v));                    /* not in memory */
    assert_int_equal(v.rip, 0x7C00);
}

/* Only an assist that says so serves more than one processor, each with contexts of its own. */
static void second_processor(void **state)
{
    struct vcpu v = guest();

    v.index = 1;
    assert_false(world_invoke(&v));
    put(0xD0000 + offsetof(struct vmx_assist_header, extension), VMX_ASSIST_EXTENSION);
    put(0xD0000 + offsetof(struct vmx_assist_header, processors), 2);
    put(0xD0000 + offsetof(struct vmx_assist_header, stride), 0x400);
    put(NEW_AT + 0x400, 0xD0456);
    assert_true(world_invoke(&v));
    assert_int_equal(v.rip, 0xD0456);
    assert_int_equal(get(OLD_AT + 0x400), 0x7C03);
    v.index = 2;
    assert_false(world_invoke(&v));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invoke_saves_and_loads), cmocka_unit_test(restore_loads_old), cmocka_unit_test(bad_headers),
        cmocka_unit_test(second_processor),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
