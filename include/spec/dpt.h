/* SPDX-License-Identifier: BSD-2-Clause */
/* Diskette parameter table, INT 1Eh. IBM PS/2 and PC BIOS Interface Technical Reference, "Diskette parameter table". */
#ifndef SPEC_DPT_H
#define SPEC_DPT_H

#include "types.h"

struct dpt {
    u8 specify[2];         /* step rate and head unload; head load and DMA */
    u8 motor_ticks;        /* until the motor stops */
    u8 size_code;          /* 128 << n bytes a sector */
    u8 sectors;            /* a track */
    u8 gap;
    u8 data_length;        /* FFh if size_code says it */
    u8 format_gap;
    u8 format_fill;
    u8 head_settle_ms;
    u8 motor_start;        /* in 1/8 s */
} PACKED;
SIZE_ASSERT(struct dpt, 11);

#endif
