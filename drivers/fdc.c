/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The floppy controller: command and result bytes, IRQ6, seeks, DMA channel 2.
 * Intel 82077AA data sheet, sections 4-6. Every wait is bounded and lets interrupts run.
 */
#include "floppy.h"
#include "timer.h"
#include "hw/dma8237.h"
#include "hw/fdc.h"
#include "hw/io.h"
#include "spec/bda.h"

#define FIFO_TIMEOUT   (100 * MS)
#define IRQ_TIMEOUT    (2000 * MS)
#define IRQ_POLLS      16              /* between two looks at the clock */
#define IRQ_SEEN       0x80             /* in 40:3E */
#define MAX_TRACK      80

static u16 specified;                   /* the two SPECIFY bytes that the controller has */

struct dpt dpt_read(void)
{
    struct dpt p;
    struct farptr at;

    fs_load(0);
    at = ((struct farptr __seg_fs *)0)[0x1E];
    fs_load(at.segment);
    p = *(const struct dpt __seg_fs *)(u32)at.offset;
    return p;
}

INLINE bool fifo_is(u8 direction)
{
    return (inb(FDC_MSR) & (FDC_MSR_RQM | FDC_MSR_DIO)) == (FDC_MSR_RQM | direction);
}

static NOINLINE bool fifo_wait(u8 direction)
{
    struct timer t;

    timer_start(&t, FIFO_TIMEOUT);
    do {
        if (fifo_is(direction))
            return true;
        wait_irq();
    } while (!timer_done(&t));
    return false;
}

/* RQM with the direction wanted: between bytes the controller takes microseconds at most. */
INLINE bool fifo_ready(u8 direction)
{
    return fifo_is(direction) || fifo_wait(direction);
}

static void irq_forget(void)
{
    fs_load(SEG_BDA);
    BDA->floppy_recalibrate &= (u8)~IRQ_SEEN;
}

/* Polls of memory, not of a port: what IRQ6 leaves at 40:3E. */
static bool irq_came(void)
{
    for (u8 n = IRQ_POLLS; n; n--) {
        wait_irq();
        fs_load(SEG_BDA);
        if (BDA->floppy_recalibrate & IRQ_SEEN) {
            BDA->floppy_recalibrate &= (u8)~IRQ_SEEN;
            return true;
        }
    }
    return false;
}

/* The clock is a port, and starts when the interrupt is not there at once. */
static u8 irq_wait(void)
{
    struct timer t;

    if (irq_came())
        return DISK_OK;
    timer_start(&t, IRQ_TIMEOUT);
    while (!irq_came())
        if (timer_done(&t))
            return DISK_ETIMEOUT;
    return DISK_OK;
}

u8 fdc_command(const u8 *bytes, u8 count)
{
    for (const u8 *end = bytes + count; bytes != end; bytes++) {
        if (!fifo_ready(0))
            return DISK_ETIMEOUT;
        outb(FDC_FIFO, *bytes);
    }
    return DISK_OK;
}

u8 fdc_result(void)
{
    u8 st1;

    for (u8 i = 0; i < sizeof BDA->floppy_result; i++) {
        if (!fifo_ready(FDC_MSR_DIO))
            return DISK_ETIMEOUT;
        fs_load(SEG_BDA);
        BDA->floppy_result[i] = inb(FDC_FIFO);
    }
    if (!(BDA->floppy_result[0] & FDC_ST0_IC))
        return DISK_OK;
    st1 = BDA->floppy_result[1];
    return st1 & FDC_ST1_NW ? DISK_EPROTECTED : st1 & FDC_ST1_DE ? DISK_EDATA
         : st1 & FDC_ST1_OR ? DISK_EOVERRUN : st1 & FDC_ST1_MA ? DISK_EMARK
         : st1 & (FDC_ST1_ND | FDC_ST1_EN) ? DISK_ESECTOR : DISK_ECONTROLLER;
}

static u8 sense_interrupt(u8 *st0, u8 *track)
{
    const u8 command = FDC_SENSE_INTERRUPT;
    u8 code = fdc_command(&command, 1);

    if (code)
        return code;
    if (!fifo_ready(FDC_MSR_DIO))
        return DISK_ETIMEOUT;
    *st0 = inb(FDC_FIFO);
    if ((*st0 & FDC_ST0_IC) == FDC_ST0_IC_INVALID)
        return DISK_OK;
    if (!fifo_ready(FDC_MSR_DIO))
        return DISK_ETIMEOUT;
    *track = inb(FDC_FIFO);
    return DISK_OK;
}

u8 fdc_reset(void)
{
    u8 dor, st0, track;

    specified = 0;
    fs_load(SEG_BDA);
    BDA->floppy_recalibrate = 0;
    dor = FDC_DOR_DMA | (BDA->floppy_motor & 3) << 4 | (BDA->floppy_motor >> 4 & 3);
    outb(FDC_DOR, dor);
    timer_wait(5);
    outb(FDC_DOR, dor | FDC_DOR_NORESET);
    if (irq_wait())
        return DISK_ERESET;
    for (u8 i = 0; i < 4; i++)          /* one interrupt, four drives to report */
        if (sense_interrupt(&st0, &track))
            return DISK_ERESET;
    return DISK_OK;
}

u8 fdc_specify(const struct dpt *p)
{
    const u8 command[] = { FDC_SPECIFY, p->specify[0], p->specify[1] };
    u16 now = p->specify[0] | p->specify[1] << 8;
    u8 code = DISK_OK;

    if (now != specified) {
        code = fdc_command(command, sizeof command);
        specified = code ? 0 : now;
    }
    return code;
}

/* Run a seek or recalibrate to its interrupt. */
static u8 step(const u8 *command, u8 count)
{
    u8 st0 = 0, track, code;

    irq_forget();
    code = fdc_command(command, count);
    if (!code)
        code = irq_wait();
    if (!code)
        code = sense_interrupt(&st0, &track);
    if (!code && (st0 & FDC_ST0_IC || !(st0 & FDC_ST0_SEEK_END)))
        code = DISK_ESEEK;
    return code;
}

u8 fdc_seek(u8 drive, u8 track)
{
    const u8 recalibrate[] = { FDC_RECALIBRATE, drive }, seek[] = { FDC_SEEK, drive, track };
    u8 code;

    fs_load(SEG_BDA);
    if (!(BDA->floppy_recalibrate & 1 << drive)) {
        code = step(recalibrate, sizeof recalibrate);
        if (code == DISK_ESEEK)          /* 80 tracks take more steps than one recalibrate makes */
            code = step(recalibrate, sizeof recalibrate);
        if (code)
            return code;
        fs_load(SEG_BDA);
        BDA->floppy_recalibrate |= 1 << drive;
        BDA->floppy_track[drive] = 0;
    }
    if (BDA->floppy_track[drive] == track)
        return DISK_OK;
    code = step(seek, sizeof seek);
    fs_load(SEG_BDA);
    if (code)
        BDA->floppy_recalibrate &= (u8)~(1 << drive);
    else
        BDA->floppy_track[drive] = track;
    return code;
}

bool fdc_motor_on(u8 drive)
{
    u8 motor, wanted = 1 << drive | drive << 4;

    fs_load(SEG_BDA);
    BDA->floppy_motor_count = 0xFF;
    motor = BDA->floppy_motor;
    if ((motor & 0x30) == drive << 4 && motor & 1 << drive)
        return false;
    BDA->floppy_motor = wanted;
    outb(FDC_DOR, FDC_DOR_MOTOR(drive) | FDC_DOR_DMA | FDC_DOR_NORESET | drive);
    return !(motor & 1 << drive);
}

void fdc_motor_timeout(u8 ticks)
{
    fs_load(SEG_BDA);
    BDA->floppy_motor_count = ticks;
}

u8 fdc_run(const u8 *bytes, u8 count)
{
    u8 code;

    irq_forget();
    code = fdc_command(bytes, count);
    if (!code)
        code = irq_wait();
    return code ? code : fdc_result();
}

u8 fdc_dma(u32 address, u16 bytes, bool to_memory)
{
    u16 count = bytes - 1;

    if ((address & 0xFFFF) + count > 0xFFFF)
        return DISK_EBOUNDARY;
    outb(DMA1_MASK, DMA1_MASK_SET | 2);
    outb(DMA1_MODE, DMA1_MODE_SINGLE | (to_memory ? DMA1_MODE_TO_MEMORY : DMA1_MODE_FROM_MEMORY) | 2);
    outb(DMA1_CLEAR_FLIPFLOP, 0);
    outb(DMA1_ADDRESS_2, address);
    outb(DMA1_ADDRESS_2, address >> 8);
    outb(DMA1_PAGE_2, address >> 16);
    outb(DMA1_COUNT_2, count);
    outb(DMA1_COUNT_2, count >> 8);
    outb(DMA1_MASK, 2);
    return DISK_OK;
}
