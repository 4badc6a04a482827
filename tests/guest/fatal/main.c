/* SPDX-License-Identifier: BSD-2-Clause */
/* A program that executes an invalid opcode: the BIOS must say so, with the registers. fatal.t reads it. */
#include "../guest.h"

void guest_main(u8 drive)
{
    asm volatile("movl $0x12345678, %eax; ud2");
}
