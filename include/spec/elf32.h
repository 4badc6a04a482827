/* SPDX-License-Identifier: BSD-2-Clause */
/* ELF32 as far as loading a program needs it. System V ABI, chapter 4 "Object Files" and 5 "Program Loading". */
#ifndef SPEC_ELF32_H
#define SPEC_ELF32_H

#include "types.h"

#define ELF_MAGIC    0x464C457Fu
#define ELF_PT_LOAD  1

struct elf32_header {
    u32 magic;
    u8  ident[12];
    u16 type, machine;
    u32 version, entry, phoff, shoff, flags;
    u16 ehsize, phentsize, phnum, shentsize, shnum, shstrndx;
} PACKED;

struct elf32_segment {
    u32 type, offset, vaddr, paddr, filesz, memsz, flags, align;
} PACKED;

#endif
