/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Other processors in real mode: started by INIT and SIPI, each with its own state, while this one runs. The same
 * program passes in real mode by the processor. Intel SDM vol. 3A, 9.4.4.
 */
#include "processors.h"
#include "abi/partition.h"
#include "hw/cmos.h"
#include "hw/io.h"
#include "hw/lapic.h"

#define CMOS_OTHERS   0x5F           /* QEMU: how many there are beside this one */
#define TICKS_MOST    1100           /* a minute; then they do not come any more */
#define PAUSE         2000           /* port reads between the IPIs */
#define PORT_DELAY    0x80

struct other others[OTHERS_MOST + 1];
volatile u32 arrived, ready, irqs, finished, again, go;

static u32 ticks(void)
{
    return far_read32(0x40, 0x6C);
}

static bool reaches(volatile u32 *counter, u32 value)
{
    u32 start = ticks();

    while (*counter != value && ticks() - start < TICKS_MOST)
        spin_hint();
    return *counter == value;
}

static void send_to_others(u32 icr)
{
    poke(LAPIC_BASE + LAPIC_ICR, LAPIC_ICR_OTHERS | LAPIC_ICR_ASSERT | icr);
    for (u16 i = 0; i < PAUSE; i++)
        inb(PORT_DELAY);
}

static void start_at(u32 page, const u8 *code, u16 bytes)
{
    for (u16 i = 0; i < bytes; i++)
        far_write8(page >> 4, i, code[i]);
    send_to_others(LAPIC_ICR_INIT);
    send_to_others(LAPIC_ICR_STARTUP | page >> 12);
    send_to_others(LAPIC_ICR_STARTUP | page >> 12);
}

static u32 signature(void)
{
    return cpuid(1, 0).a;
}

static u32 others_there(void)
{
    struct partition p;

    if (cmos_read(CMOS_OTHERS))
        return cmos_read(CMOS_OTHERS);
    return partition_probe(&p) ? p.processors - 1 : 0;
}

static void check_starts(u32 n)
{
    bool data = true, real = true, edx = true, ints = true;

    for (u32 i = 1; i <= n; i++) {
        data &= others[i].data == 0;
        real &= !(others[i].msw & 1);
        edx &= others[i].edx == signature();
        ints &= others[i].ints == 2;
    }
    check(data, "data segments are 0 at the start");
    check(real, "SMSW shows real mode");
    check(edx, "EDX holds the processor's signature");
    check(ints, "MOV CR0, CLTS, WBINVD, LGDT, LIDT, STI, INT n on the others");
}

static void check_trips(u32 n)
{
    u32 wrong = 0, made = 0;

    go = 1;
    trips(TRIPS, 0, &others[0]);
    check(reaches(&finished, n), "all processors switch to protected mode and back at the same time");
    for (u32 i = 0; i <= n; i++) {
        made += others[i].trips;
        wrong += others[i].wrong;
    }
    check_equal(made, TRIPS * (n + 1), "no trip is lost");
    check_equal(wrong, 0, "every processor keeps its registers");
}

static void print_exits(void)
{
    u32 a = CPUID_PARTITION_EXITS, b, c = PARTITION_EXITS_DUMP, d;
    struct partition p;

    if (partition_probe(&p))
        asm volatile("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
}

void guest_main(u8 drive)
{
    u32 n = others_there();

    check(n > 0 && n <= OTHERS_MOST, "there are other processors");
    note("others:", n);
    far_write16(0, IPI_VECTOR * 4, (u16)(u32)on_ipi);
    far_write16(0, IPI_VECTOR * 4 + 2, 0);
    far_write16(0, INT_VECTOR * 4, (u16)(u32)on_int);
    far_write16(0, INT_VECTOR * 4 + 2, 0);
    start_at(START_PAGE, start_code, start_code_end - start_code);
    check(reaches(&arrived, n), "INIT and SIPI start them, CS:IP by the vector");
    check(reaches(&ready, n), "they run on to HLT");
    check_starts(n);
    send_to_others(IPI_VECTOR);
    check(reaches(&ready, 2 * n), "an interrupt ends HLT on each");
    check_equal(irqs, n, "by one interrupt of the vector table");
    check_trips(n);
    start_at(AGAIN_PAGE, again_code, again_code_end - again_code);
    check(reaches(&again, n), "INIT and SIPI start running ones once more");
    print_exits();
    plan_done();
}
