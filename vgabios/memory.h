/* SPDX-License-Identifier: BSD-2-Clause */
/* Block moves on far memory and runs of port writes. memory.S. Offsets wrap at 64 KiB. */
#ifndef MEMORY_H
#define MEMORY_H

#include "m16/m16.h"

void far_copy(struct farptr to, struct farptr from, u16 bytes);

/* Byte by byte in ascending order: the VGA's latches hold the last byte read. */
void far_copy_bytes(struct farptr to, struct farptr from, u16 bytes);

/* Fill with `value`, repeated from its low byte on. */
void far_fill(struct farptr to, u32 value, u16 bytes);
void far_fill_bytes(struct farptr to, u8 value, u16 bytes);

/* `count` (not 0) glyphs of 16 bytes, to places 32 bytes apart. */
void load_glyphs16(struct farptr to, struct farptr from, u16 count);

/*
 * `count` (not 0) characters of a string into text cells, up to the first of codes 0-13, which 0Eh and 13h may have to obey; returns
 * how many. `style`: the attribute of all, or TEXT_RUN_PAIRS: the string holds character, attribute, ...
 */
#define TEXT_RUN_PAIRS 0x100
u32 text_run(struct farptr to, struct farptr from, u32 count, u32 style);

/* Registers 0, 1, ... of an index/data pair: `count` (not 0) bytes. */
void outs_indexed(u16 port, struct farptr from, u16 count);

/* Attribute controller registers 0, 1, ...; it must expect an index. */
void outs_attr(struct farptr from, u16 count);

void outs_bytes(u16 port, struct farptr from, u16 count);
void ins_bytes(u16 port, struct farptr to, u16 count);

#endif
