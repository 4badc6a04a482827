/* SPDX-License-Identifier: BSD-2-Clause */
/* The disk that a booted CD pretends to be, or the floppy that is in RAM. */
#ifndef CD_EMULATION_H
#define CD_EMULATION_H

#include "drives.h"
#include "spec/eltorito.h"

struct cd_emulation {
    bool booted;                    /* 4Bh has something to tell */
    bool active;                    /* a floppy or hard disk is emulated */
    u8  cd;                         /* index in cds; EMULATES_RAM: ram_floppy */
    u32 catalog;                    /* sector */
    struct eltorito_packet packet;
};

#define EMULATES_RAM  0xFF

extern struct cd_emulation cd_emulation;

/* Begin to emulate what `packet` says, if it says so; false for a medium nobody knows. int13_cdrom.c */
bool cd_emulation_start(u8 cd, const struct eltorito_packet *packet);
/* ram_floppy is drive 00h from now on. */
void cd_emulation_ram_floppy(void);
void cd_emulation_stop(void);

/* INT 13h of the emulated drive: a DISK_ code. */
u8 cd_emulation_call(struct regs16 *r);

/* INT 13h AH=45h, 46h for CD drives, and 4Ah-4Dh: a DISK_ code. */
u8 int13_cdrom(struct regs16 *r, drive_t d);
u8 int13_4a_4d(struct regs16 *r);

#endif
