/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Floppy drives: which there are, which data rate the medium wants, transfers track by track,
 * formatting, the change line. IBM PC AT Technical Reference, "Diskette BIOS"; the medium's
 * state is 40:90 (Ralf Brown's MEMORY.LST, "diskette drive media state").
 */
#include "floppy.h"
#include "dma_area.h"
#include "timer.h"
#include "hw/cmos.h"
#include "hw/dma8237.h"
#include "hw/fdc.h"
#include "hw/io.h"
#include "hw/pic.h"
#include "spec/bda.h"

#define MEDIA_RATE_SHIFT   6
#define MEDIA_DOUBLE_STEP  0x20
#define MEDIA_ESTABLISHED  0x10
#define MEDIA_KIND_OTHER   0x07
#define TRIES              2
#define BOUNCE_SECTORS     4
#define NO_FDC             0xFF
#define RATES_END          0xFF
#define STEP2              0x80          /* in floppy_rates: 40 tracks in an 80-track drive */

POSTVAR u8 floppies_found;
POSTVAR u8 floppy_types[MAX_FLOPPIES];

/* By type, the rates to try, fastest first: what the drive writes, and what it reads besides. */
ROM u8 floppy_rates[][5] = {
    [FLOPPY_NONE]     = { RATES_END },
    [FLOPPY_360]      = { FDC_RATE_250, RATES_END },
    [FLOPPY_1200]     = { FDC_RATE_500, FDC_RATE_300 | STEP2, FDC_RATE_300, FDC_RATE_250, RATES_END },
    [FLOPPY_720]      = { FDC_RATE_250, RATES_END },
    [FLOPPY_1440]     = { FDC_RATE_500, FDC_RATE_250, FDC_RATE_300, RATES_END },
    [FLOPPY_2880_OLD] = { FDC_RATE_1000, FDC_RATE_500, FDC_RATE_250, RATES_END },
    [FLOPPY_2880]     = { FDC_RATE_1000, FDC_RATE_500, FDC_RATE_250, RATES_END },
};

void floppy_find(void)
{
    u8 types = cmos_read(CMOS_FLOPPY_TYPES);

    floppies_found = 0;
    if (types == 0xFF || inb(FDC_MSR) == NO_FDC)
        return;
    floppy_types[0] = types >> 4 <= FLOPPY_2880 ? types >> 4 : FLOPPY_NONE;
    floppy_types[1] = (types & 15) <= FLOPPY_2880 ? types & 15 : FLOPPY_NONE;
    floppies_found = floppy_types[1] ? 2 : floppy_types[0] ? 1 : 0;
    if (!floppies_found)
        return;
    fs_load(SEG_BDA);
    BDA->equipment |= 1 | (floppies_found - 1) << 6;
    BDA->floppy_info = floppies_found > 1 ? 0x77 : 0x07;     /* both kinds of track count, change line, known */
    outb(DMA2_MODE, DMA2_MODE_CASCADE);
    outb(DMA2_MASK, 0);
    pic_unmask(IRQ_FLOPPY);
    if (floppy_reset())
        floppies_found = 0;
}

u8 floppy_reset(void)
{
    return fdc_reset();
}

void floppy_set_medium(u8 drive, u8 rate, bool double_step)
{
    fs_load(SEG_BDA);
    BDA->floppy_media[drive] = rate << MEDIA_RATE_SHIFT | (double_step ? MEDIA_DOUBLE_STEP : 0) | MEDIA_ESTABLISHED | MEDIA_KIND_OTHER;
}

/* A line that stays active after the heads moved belongs to an empty drive. */
static u8 change_line(u8 drive)
{
    u8 known, code;

    if (!(inb(FDC_DIR) & FDC_DIR_CHANGED) || floppy_types[drive] == FLOPPY_360)
        return DISK_OK;
    fs_load(SEG_BDA);
    known = BDA->floppy_media[drive] & MEDIA_ESTABLISHED;
    BDA->floppy_media[drive] = 0;
    BDA->floppy_recalibrate &= (u8)~(1 << drive);
    code = fdc_seek(drive, 1);
    if (!code)
        code = fdc_seek(drive, 0);
    if (code)
        return code;
    if (inb(FDC_DIR) & FDC_DIR_CHANGED)
        return DISK_ETIMEOUT;
    return known ? DISK_ECHANGED : DISK_OK;
}

static u8 prepare(u8 drive, const struct dpt *p, bool *cold)
{
    u8 code;

    *cold = fdc_motor_on(drive);
    code = fdc_specify(p);
    return code ? code : change_line(drive);
}

u8 floppy_changed(u8 drive)
{
    struct dpt p = dpt_read();
    bool cold;
    u8 code = prepare(drive, &p, &cold);

    fdc_motor_timeout(p.motor_ticks);
    return code;
}

/* Sectors on one track and head at the data rate that is set. */
static u8 track_transfer(struct floppy_call *c, const struct dpt *p, u8 sector, u8 head, u8 n, u32 address)
{
    bool read = c->operation != DISK_WRITE;
    const u8 command[] = {
        read ? FDC_READ : FDC_WRITE, head << 2 | c->drive, c->cylinder, head, sector,
        p->size_code, MAX(p->sectors, sector + n - 1), p->gap, p->data_length,
    };
    u8 code = fdc_dma(address, (u16)n << (7 + p->size_code), read);

    return code ? code : fdc_run(command, sizeof command);
}

/* The whole call at one data rate; c->count counts down what is left. */
static u8 transfer_at(struct floppy_call *c, const struct dpt *p, u8 rate, u8 left)
{
    u8 sector = c->sector + (c->count - left), head = c->head, code;

    outb(FDC_CCR, rate & 3);
    code = fdc_seek(c->drive, rate & STEP2 ? c->cylinder * 2 : c->cylinder);
    while (!code && left) {
        u8 room, n;
        u32 address = c->address + ((u32)(c->count - left) << (7 + p->size_code));

        if (sector > p->sectors && p->sectors >= c->sector && !head) {
            sector -= p->sectors;
            head = 1;
        }
        room = sector <= p->sectors ? p->sectors - sector + 1 : left;
        n = MIN(left, room);
        if (c->operation == DISK_VERIFY) {
            n = MIN(n, BOUNCE_SECTORS >> (p->size_code > 2 ? p->size_code - 2 : 0));
            address = DMA_ADDRESS(DMA_BOUNCE);
        }
        code = track_transfer(c, p, sector, head, n, address);
        if (!code) {
            left -= n;
            sector += n;
        }
    }
    c->count -= left;
    return code;
}

static u8 established_rate(u8 drive)
{
    fs_load(SEG_BDA);
    u8 media = BDA->floppy_media[drive];

    return media & MEDIA_ESTABLISHED ? media >> MEDIA_RATE_SHIFT | (media & MEDIA_DOUBLE_STEP ? STEP2 : 0) : RATES_END;
}

/* Try the medium's rate, or each that the drive has until one reads; the first that does is the medium's. */
static u8 transfer_any_rate(struct floppy_call *c, const struct dpt *p, u8 count)
{
    u8 rate = established_rate(c->drive), code = DISK_EMEDIA;

    if (rate != RATES_END) {
        c->count = count;
        return transfer_at(c, p, rate, count);
    }
    for (const u8 __seg_gs *r = floppy_rates[floppy_types[c->drive]]; *r != RATES_END; r++) {
        c->count = count;
        code = transfer_at(c, p, *r, count);
        if (!code || c->count || code == DISK_EPROTECTED || code == DISK_EBOUNDARY || code == DISK_ETIMEOUT) {
            if (code != DISK_ETIMEOUT && code != DISK_EBOUNDARY)
                floppy_set_medium(c->drive, *r & 3, *r & STEP2);
            break;
        }
    }
    return code;
}

u8 floppy_transfer(struct floppy_call *c)
{
    struct dpt p = dpt_read();
    u8 count = c->count, code;
    bool cold;

    code = prepare(c->drive, &p, &cold);
    c->count = 0;
    if (!code && cold && c->operation == DISK_WRITE)
        timer_wait(p.motor_start * 125 * MS);
    for (u8 tries = TRIES; !code && tries; tries--) {
        code = transfer_any_rate(c, &p, count);
        if (!code || code == DISK_EPROTECTED || code == DISK_EBOUNDARY || tries == 1)
            break;
        if (cold)                        /* reading starts before the motor has its speed */
            timer_wait(p.motor_start * 125 * MS);
        if (code == DISK_ETIMEOUT && fdc_reset())
            break;
        fs_load(SEG_BDA);
        BDA->floppy_recalibrate &= (u8)~(1 << c->drive);
        fdc_specify(&p);
        code = DISK_OK;
    }
    fdc_motor_timeout(p.motor_ticks);
    return code;
}

u8 floppy_format(struct floppy_call *c)
{
    struct dpt p = dpt_read();
    const u8 command[] = { FDC_FORMAT, c->head << 2 | c->drive, p.size_code, p.sectors, p.format_gap, p.format_fill };
    u8 rate, code;
    bool cold;

    code = prepare(c->drive, &p, &cold);
    if (!code) {
        if (cold)
            timer_wait(p.motor_start * 125 * MS);
        rate = established_rate(c->drive);
        if (rate == RATES_END)
            rate = floppy_rates[floppy_types[c->drive]][0];
        outb(FDC_CCR, rate & 3);
        code = fdc_seek(c->drive, rate & STEP2 ? c->cylinder * 2 : c->cylinder);
    }
    if (!code) {
        timer_wait(p.head_settle_ms * MS);
        code = fdc_dma(c->address, p.sectors * 4, false);
    }
    if (!code)
        code = fdc_run(command, sizeof command);
    fdc_motor_timeout(p.motor_ticks);
    return code;
}
