/* SPDX-License-Identifier: BSD-2-Clause */
/* Offsets into struct regs16 (m16/m16.h, which asserts them), for the assembly of the 16-bit rooms. */
#ifndef M16_FRAME_H
#define M16_FRAME_H

#define FRAME_GS      0
#define FRAME_FS      2
#define FRAME_ES      4
#define FRAME_DS      6
#define FRAME_EDI     8
#define FRAME_ESI     12
#define FRAME_EBP     16
#define FRAME_EBX     24
#define FRAME_EDX     28
#define FRAME_ECX     32
#define FRAME_EAX     36
#define FRAME_IP      40
#define FRAME_CS      42
#define FRAME_FLAGS   44
#define FRAME_ESP     48
#define FRAME_SS      52
#define FRAME_SIZE    56

#endif
