/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every service from everywhere. In real mode each call's documented answer is printed as `name: register=value...`, for
 * comparison with other BIOSes (answers.t). Then the same calls are made with DF set, with interrupts off and 32 bytes of stack,
 * in big real mode, and in virtual-8086 mode of a foreign monitor with IOPL 3 and 0: there the answer must be the same, what lies
 * in memory too, and in every setting each other register, its upper half included, the segments, IF and DF as they were.
 */
#include "conformance.h"
#include "hw/pic.h"
#include "spec/edd.h"

struct answer {
    u16 ax, bx, cx, dx, flags, sum;
};
static struct answer answers[100];

static void prepare(void)
{
    for (u16 i = 0; i < DATA_BYTES; i++)
        far_write8(DATA, i, 0);
    for (u16 i = 0; i < 512; i += 4)
        far_write32(BUFFER, i, 0xEEEEEEEE);
    far_write8(DATA, AT_PACKET, EDD_PACKET_SIZE);
    far_write16(DATA, AT_PACKET + 2, 1);
    far_write16(DATA, AT_PACKET + 6, BUFFER);
    far_write32(DATA, AT_PACKET + 8, 1);
    far_write16(DATA, AT_PARAMS, EDD_PARAMS_SIZE_2);
    far_write32(DATA, AT_GDT + 0x10, 0x7C00FFFF);
    far_write32(DATA, AT_GDT + 0x14, 0x00009300);
    far_write32(DATA, AT_GDT + 0x18, 0x0000FFFF | (DATA << 4 & 0xFFFF) << 16);
    far_write32(DATA, AT_GDT + 0x1C, 0x00009300 | DATA >> 12);
}

/* Of what calls write: the BIOS' own descriptors of 87h depend on where its stack is. */
static u16 memory_sum(void)
{
    u16 sum = 0;

    for (u16 i = 0; i < AT_GDT; i++)
        sum = sum * 3 + far_read8(DATA, i);
    for (u16 i = 0; i < 512; i++)
        sum = sum * 3 + far_read8(BUFFER, i);
    return sum;
}

static bool kept(u32 before, u32 after, u16 changes, u16 low, u16 all)
{
    if ((changes & all) == all && all != low)
        return true;
    return changes & low ? before >> 16 == after >> 16 : before == after;
}

static bool preserved(const struct call *c, const struct regs *was, const struct regs *r)
{
    u16 m = c->changes;

    return kept(was->eax, r->eax, m, AX, EAX) && kept(was->ebx, r->ebx, m, BX, EBX) && kept(was->ecx, r->ecx, m, CX, ECX)
        && kept(was->edx, r->edx, m, DX, EDX) && was->esi == r->esi && kept(was->edi, r->edi, m, DI, DI)
        && (was->ebp == r->ebp || m & ES) && was->ds == r->ds && (was->es == r->es || m & ES) && was->fs == r->fs && was->gs == r->gs
        && !((was->flags ^ r->flags) & (FLAG_IF | FLAG_DF)) && r->sp_before == r->sp_after && stack_intact();
}

/* An input, its upper half filled unless the call wants all of it. */
static u32 input(u32 value, u32 fill, u16 changes, u16 all)
{
    return (changes & all) == all ? value : fill << 16 | value;
}

static struct regs registers(const struct call *c, u16 flags)
{
    u16 m = c->changes;

    return (struct regs){
        .eax = input(c->eax, 0xA1A1, m, EAX), .ebx = input(c->ebx, 0xB2B2, m, EBX), .ecx = input(c->ecx, 0xC3C3, m, ECX),
        .edx = input(c->edx, 0xD4D4, m, EDX), .esi = 0x51510000 | c->si, .edi = 0xD1D10000 | c->di, .ebp = 0xEBEBEBEB,
        .ds = DATA, .es = c->vector == 0x13 ? BUFFER : DATA, .fs = 0x3456, .gs = 0x4567, .flags = flags,
    };
}

static struct answer answer_of(const struct call *c, const struct regs *r)
{
    u16 m = c->answer, flags = c->vector == 0x16 ? 0 : r->flags & FLAG_CF;
    u16 ax = m & AL_ONLY ? r->al : r->ax;

    return (struct answer){ m & AX ? ax : 0, m & BX ? r->bx : 0, m & CX ? r->cx : 0, m & DX ? r->dx : 0, flags, memory_sum() };
}

static bool same_answer(const struct answer *a, const struct answer *b)
{
    return a->ax == b->ax && a->bx == b->bx && a->cx == b->cx && a->dx == b->dx && a->flags == b->flags && a->sum == b->sum;
}

static void print_answer(const struct call *c, const struct answer *a)
{
    put_text(c->name);
    put_text(":");
    if (c->answer & AX)
        put_value(" ax=", a->ax);
    if (c->answer & BX)
        put_value(" bx=", a->bx);
    if (c->answer & CX)
        put_value(" cx=", a->cx);
    if (c->answer & DX)
        put_value(" dx=", a->dx);
    put_value(" cf=", a->flags);
    put_text("\n");
}

/* Services that wait let interrupts in, and those need more than 32 bytes: none comes. */
static void call_without_interrupts(u8 vector, struct regs *r)
{
    u8 mask1 = inb(PIC1_DATA), mask2 = inb(PIC2_DATA);

    outb(PIC1_DATA, 0xFF);
    outb(PIC2_DATA, 0xFF);
    call_bios_small_stack(vector, r);
    outb(PIC1_DATA, mask1);
    outb(PIC2_DATA, mask2);
}

/* One pass over all calls. The first, in real mode, prints the answers that the others must give, too. */
static void pass(const char *setting, u16 flags, bool small_stack, bool first)
{
    bool passed = true;

    for (u32 i = 0; i < call_count; i++) {
        const struct call *c = &calls[i];
        struct regs r = registers(c, flags), was = r;
        struct answer a;

        prepare();
        small_stack_fill();
        if (small_stack && c->vector != 0x10)      /* video runs on its caller's stack */
            call_without_interrupts(c->vector, &r);
        else
            call_bios(c->vector, &r);
        a = answer_of(c, &r);
        if (first) {
            answers[i] = a;
            print_answer(c, &a);
        }
        if (preserved(c, &was, &r) && (c->answer & VARIES || same_answer(&a, &answers[i])))
            continue;
        passed = false;
        note("other, or registers lost:", a.sum);
        put_text("# ");
        print_answer(c, &a);
    }
    check(passed, setting);
}

void guest_main(u8 drive)
{
    pass("real mode", FLAG_IF, false, true);
    pass("real mode, DF set", FLAG_IF | FLAG_DF, false, false);
    pass("real mode, interrupts off, 32 bytes of stack", 0, true, false);
    big_real_enter();
    pass("big real mode", FLAG_IF, false, false);
    for (u16 iopl = 3; iopl <= 3; iopl -= 3) {
        vm86_enter(iopl);
        pass(iopl ? "VM86 of another monitor, IOPL 3" : "VM86 of another monitor, IOPL 0", FLAG_IF, false, false);
        pass(iopl ? "the same, DF set" : "the same with IOPL 0, DF set", FLAG_IF | FLAG_DF, false, false);
        pass(iopl ? "the same, interrupts off, 32 bytes of stack" : "the same with IOPL 0, interrupts off, 32 bytes of stack", 0, true, false);
        vm86_leave();
    }
    plan_done();
}
