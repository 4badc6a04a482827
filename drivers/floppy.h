/* SPDX-License-Identifier: BSD-2-Clause */
/* Floppy drives on the 82077 and DMA channel 2. Their state is the BDA's: 40:3E-48, 8B, 8F-95. */
#ifndef FLOPPY_H
#define FLOPPY_H

#include "disk.h"
#include "spec/dpt.h"

#define MAX_FLOPPIES  2

/* A drive's type as CMOS 10h and INT 13h AH=08h name it. */
enum floppy_type { FLOPPY_NONE, FLOPPY_360, FLOPPY_1200, FLOPPY_720, FLOPPY_1440, FLOPPY_2880_OLD, FLOPPY_2880 };

extern POSTVAR u8 floppies_found;
extern POSTVAR u8 floppy_types[MAX_FLOPPIES];

struct floppy_call {
    u8  drive, operation;           /* operation: enum disk_operation */
    u8  cylinder, head, sector;
    u8  count;                      /* in: wanted; out: done */
    u32 address;
};

/* Detection in POST: drive types, equipment word. */
void floppy_find(void);

/* All return a DISK_ code. */
u8 floppy_reset(void);
u8 floppy_transfer(struct floppy_call *c);
u8 floppy_format(struct floppy_call *c);
u8 floppy_changed(u8 drive);        /* DISK_ECHANGED if the change line is active, DISK_ETIMEOUT if nothing is in it */

/* Choose the data rate of the medium to format: `rate` FDC_RATE_..., `double_step`: 40 tracks in an 80-track drive. */
void floppy_set_medium(u8 drive, u8 rate, bool double_step);

/* ---- controller (fdc.c) ---- */

struct dpt dpt_read(void);                               /* what INT 1Eh points to now */
u8 fdc_command(const u8 *bytes, u8 count);               /* a DISK_ code */
u8 fdc_result(void);                                     /* seven bytes to 40:42; a DISK_ code */
u8 fdc_reset(void);
u8 fdc_seek(u8 drive, u8 track);                         /* recalibrates first if need be */
bool fdc_motor_on(u8 drive);                             /* true if it was off */
void fdc_motor_timeout(u8 ticks);
u8 fdc_specify(const struct dpt *p);
u8 fdc_run(const u8 *bytes, u8 count);                   /* command, IRQ6, result; a DISK_ code */
u8 fdc_dma(u32 address, u16 bytes, bool to_memory);      /* a DISK_ code */

#endif
