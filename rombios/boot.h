/* SPDX-License-Identifier: BSD-2-Clause */
/* What INT 19h tries, why each failed, and what the boot menu shows. */
#ifndef BOOT_H
#define BOOT_H

#include "drives.h"

#define MAX_TARGETS       16
#define MAX_BOOT_OPTIONS  8

/* A bootstrap entry vector of an option ROM (Plug and Play BIOS Specification 1.0A, 3.2 and 3.3). */
struct boot_option {
    u16 bdf;                    /* of the card, BOOT_ANY_BDF for ISA */
    struct farptr entry;        /* called far; returns when it cannot boot */
    struct farptr name;         /* product string, ends with 0; segment 0 = none */
};

/* Found by POST's option ROM scan. False when the table is full. */
bool boot_option_add(u16 bdf, struct farptr entry, struct farptr name);

/* Why a device did not boot. */
enum boot_reason {
    REASON_UNTRIED,
    REASON_ABSENT,
    REASON_UNREADABLE,
    REASON_NO_MEDIUM,
    REASON_TIMEOUT,
    REASON_UNSIGNED,            /* no 55AAh */
    REASON_BLANK,               /* floppy: all bytes alike */
    REASON_NO_CATALOG,          /* CD: no El Torito boot record */
    REASON_BAD_CATALOG,         /* CD: unreadable, or its key or header ID is wrong */
    REASON_NOT_BOOTABLE,        /* CD: default entry says 00h, or its image is nonsense */
    REASON_RETURNED,            /* the boot program gave up: INT 18h or RETF */
};

struct boot_target {
    u8 kind;                    /* enum boot_kind */
    u8 index;                   /* of disks, cds, boot_options, floppy drive */
    u8 reason;                  /* enum boot_reason */
};

extern struct boot_target targets[MAX_TARGETS];
extern u8 targets_found;
extern POSTVAR struct boot_option boot_options[MAX_BOOT_OPTIONS];
extern POSTVAR u8 boot_options_found;

void boot_list(void);                                  /* fills targets from the boot order. boot_list.c */
void boot_name(const struct boot_target *t);           /* print a target's name on the screen. boot_list.c */
void boot_tell(const struct boot_target *t);           /* a line: the target and why it did not boot. boot_failed.c */
void boot_failed(void);                                /* nothing bootable: table, then wait. boot_failed.c */
u8 boot_menu(void);                                    /* the target chosen, 0 if none was. boot_menu.c */
u8 boot_cd(u8 index);                                  /* El Torito: does not return if it boots. boot_cd.c */

void boot_cd_image(u8 index);                          /* load and enter the image of cd_emulation; returns on a read error */

/* Enter a loaded boot program with DL = drive; does not return. */
void boot_jump(u16 segment, u16 offset, u8 drive) NORETURN;

/* Text on the screen by INT 10h AH=0Eh (which mirrors to serial); \n is a new line. */
void screen_char(char c);
void screen_text(romstr s);
void screen_number(u32 n);

#endif
