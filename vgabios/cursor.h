/* SPDX-License-Identifier: BSD-2-Clause */
/* The cursor. int10_01_cursor.c. */
#ifndef CURSOR_H
#define CURSOR_H

#include "vgabios.h"

/* Start line (high byte) and end line; scaled to the font unless BDA 87h bit 0 forbids. Leaves FS low. */
void cursor_set_type(u16 type);

/* Move the hardware cursor to the active page's position. FS must be low. */
void cursor_show(void);

#endif
