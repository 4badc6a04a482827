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
#define STACK_BYTES    3072

#endif
