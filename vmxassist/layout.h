/* SPDX-License-Identifier: BSD-2-Clause */
/* Constants that the doors share with C. */
#ifndef LAYOUT_H
#define LAYOUT_H

/* Selectors, as 2005's vmxassist had them */
#define TSS_SELECTOR   0x08
#define CODE           0x10
#define DATA           0x18

/* Vectors 0 up: PUSH imm8, JMP rel8 each, to a JMP rel32 behind every group. */
#define VECTOR_BYTES   4
#define VECTOR_GROUP   32
#define GROUP_BYTES    (VECTOR_GROUP * VECTOR_BYTES + 5)

#define NO_ERROR       0x80000000
#define NO_IRQ         (-1)

/*
 * What belongs to one processor lies in a block of a power of two, with its ring-0 stack: ESP tells which block.
 * Offsets in it (struct processor).
 */
#define PROCESSORS       4
#define PROCESSOR_BYTES  2048
#define STACK_BYTES      1600
#define GPR_EAX          0
#define GPR_ECX          4
#define GPR_EDX          8
#define GPR_EBX          12
#define GPR_EBP          20
#define GPR_ESI          24
#define GPR_EDI          28
#define FRAME_BYTES      36
#define FRAME            (PROCESSOR_BYTES - FRAME_BYTES)
#define DEBUG_SEEN       (FRAME - STACK_BYTES - 16)
#define FIXUP            (FRAME - STACK_BYTES - 8)
#define FIXUP_ESP        (FRAME - STACK_BYTES - 4)

#endif
