/* SPDX-License-Identifier: BSD-2-Clause */
/* Code page 437, the character set of the PC's text screen. */
#ifndef CP437_H
#define CP437_H

#include <stddef.h>
#include <stdint.h>

/* Write `c` as UTF-8 to `to` (at most 3 bytes, no final 0); returns the bytes written. 00h and FFh are blanks. */
size_t cp437_utf8(uint8_t c, char *to);

#endif
