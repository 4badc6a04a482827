/* SPDX-License-Identifier: BSD-2-Clause */
/* The handlers that entry.S calls: INT 10h by AH, the ROM's init entry, the VBE window function. */
#ifndef SERVICES_H
#define SERVICES_H

#include "vgabios.h"

FOR_ASSEMBLY void init(struct frame *r);
FOR_ASSEMBLY void int10_00(struct frame *r);
FOR_ASSEMBLY void int10_01(struct frame *r);
FOR_ASSEMBLY void int10_02(struct frame *r);
FOR_ASSEMBLY void int10_03(struct frame *r);
FOR_ASSEMBLY void int10_04(struct frame *r);
FOR_ASSEMBLY void int10_05(struct frame *r);
FOR_ASSEMBLY void int10_06(struct frame *r);
FOR_ASSEMBLY void int10_07(struct frame *r);
FOR_ASSEMBLY void int10_08(struct frame *r);
FOR_ASSEMBLY void int10_09(struct frame *r);
FOR_ASSEMBLY void int10_0a(struct frame *r);
FOR_ASSEMBLY void int10_0b(struct frame *r);
FOR_ASSEMBLY void int10_0c(struct frame *r);
FOR_ASSEMBLY void int10_0d(struct frame *r);
FOR_ASSEMBLY void int10_0e(struct frame *r);
FOR_ASSEMBLY void int10_0f(struct frame *r);
FOR_ASSEMBLY void int10_10(struct frame *r);
FOR_ASSEMBLY void int10_11(struct frame *r);
FOR_ASSEMBLY void int10_12(struct frame *r);
FOR_ASSEMBLY void int10_13(struct frame *r);
FOR_ASSEMBLY void int10_1a(struct frame *r);
FOR_ASSEMBLY void int10_1b(struct frame *r);
FOR_ASSEMBLY void int10_1c(struct frame *r);
FOR_ASSEMBLY void int10_4f(struct frame *r);
FOR_ASSEMBLY void vbe_window(struct frame *r);

#endif
