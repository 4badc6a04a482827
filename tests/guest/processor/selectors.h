/* SPDX-License-Identifier: BSD-2-Clause */
/* The GDT and IDT of the processor test. */
#ifndef SELECTORS_H
#define SELECTORS_H

#define USER_CODE     0x2B
#define USER_DATA     0x33
#define TSS_MAIN      0x38
#define TSS_OTHER     0x40
#define TSS_HANDLER   0x48
#define TSS_16        0x50
#define GATE_OTHER    0x58
#define LDT_OTHER     0x60

#define USER_EXIT     0x30     /* INT n */
#define TASK_INT      0x31
#define IDT_ENTRIES   0x32

#endif
