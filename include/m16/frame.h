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
#define FRAME_EBX     20
#define FRAME_EDX     24
#define FRAME_ECX     28
#define FRAME_EAX     32
#define FRAME_IP      36
#define FRAME_CS      38
#define FRAME_FLAGS   40
#define FRAME_ESP     44
#define FRAME_SS      48
#define FRAME_SIZE    52

#endif
