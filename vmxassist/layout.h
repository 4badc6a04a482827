/* SPDX-License-Identifier: BSD-2-Clause */
/* Constants that the doors share with C. */
#ifndef LAYOUT_H
#define LAYOUT_H

/* Selectors, as 2005's vmxassist had them */
#define TSS_SELECTOR   0x08
#define CODE           0x10
#define DATA           0x18

#define VECTOR_BYTES   5              /* CALL rel32 */
#define NO_ERROR       0x80000000
#define NO_IRQ         (-1)

/*
 * What belongs to one processor lies in a block aligned to its size, with its ring-0 stack: ESP tells which block.
 * Offsets in it (struct processor).
 */
#define PROCESSORS       4
#define PROCESSOR_BYTES  2048
#define STACK_BYTES      1600
#define FIXUP            0
#define FIXUP_ESP        4
#define FRAME_BYTES      68
#define FRAME            (PROCESSOR_BYTES - FRAME_BYTES)
#define FRAME_EAX        (FRAME + 28)
#define FRAME_EIP        (FRAME + 32)

#endif
