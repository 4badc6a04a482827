/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the BIOS keeps its data and its stack: for C and assembly. */
#ifndef EBDA_LAYOUT_H
#define EBDA_LAYOUT_H

#define BDA_SEGMENT       0x0040
#define BDA_EBDA_SEGMENT  0x000E   /* 40:0E, segment of the EBDA */

/*
 * The EBDA is the BIOS' own data segment: fields that programs know, the .bss of rombios,
 * and the stack, in that order.
 */
#define EBDA_SEGMENT      0x9F80   /* where POST puts it; an option ROM may move it */
#define EBDA_SIZE         0x0800   /* 2 KiB: INT 12h reports 638 */
#define STACK_TOP         EBDA_SIZE
#define POST_STACK        0x7C00   /* in segment 0: option ROMs and boot sectors start here */

#endif
