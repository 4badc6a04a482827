/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The FPU's pointers to its last instruction and operand (SDM vol. 1, 8.1.8): an instruction that was run for the guest leaves
 * those of the copy, and the monitor's processor is in protected mode, whose environment has another form (8.1.10).
 */
#include "native.h"

/* An environment in the 32-bit protected-mode format. */
enum { INSTRUCTION_OFFSET = 3, INSTRUCTION_SELECTOR, OPERAND_OFFSET, OPERAND_SELECTOR, ENVIRONMENT_WORDS };
#define OPCODE  0x07FF0000   /* in the word of INSTRUCTION_SELECTOR */

static void environment_read(struct insn *i, u32 *environment)
{
    native_environment(i, 6, environment);
    native_environment(i, 4, environment);      /* FNSTENV has masked the exceptions */
}

void x87_point_to_guest(struct insn *i)
{
    const struct x86_segment *seg = i->cpu->seg;
    u32 environment[ENVIRONMENT_WORDS] = { 0 };

    native_environment(i, 6, environment);
    environment[INSTRUCTION_OFFSET] = i->eip;
    environment[INSTRUCTION_SELECTOR] = ((i->opcode & 7u) << 8 | i->modrm) << 16 | seg[X86_CS].selector;
    if (modrm_mod(i) != 3) {
        environment[OPERAND_OFFSET] = i->ea;
        environment[OPERAND_SELECTOR] = seg[i->ea_segment].selector;
    }
    native_environment(i, 4, environment);
}

/* The real-mode form: a linear address, 16 bits of it in one word, the others from bit 12 on in the next, above the opcode. */
static void put_pointer(struct insn *i, u8 word, u32 linear, u32 opcode)
{
    u8 size = i->opsize;
    u32 high = (linear & (size == 4 ? 0xFFFF0000 : 0xF0000)) >> 4;

    store(i, i->ea_segment, ea_after(i, word * size), 0xFFFF0000 | linear, size);
    store(i, i->ea_segment, ea_after(i, (word + 1) * size), high | opcode, size);
}

static u32 get_pointer(struct insn *i, u8 word)
{
    u32 low = load(i, i->ea_segment, ea_after(i, word * i->opsize), 2, 0);
    u32 high = load(i, i->ea_segment, ea_after(i, (word + 1) * i->opsize), i->opsize, 0);

    return low | (high & 0x0FFFF000) << 4;
}

void x87_store_real(struct insn *i, u32 bytes)
{
    u32 e[ENVIRONMENT_WORDS] = { 0 };

    environment_read(i, e);
    native(i, bytes, X86_WRITE);
    put_pointer(i, INSTRUCTION_OFFSET, (e[INSTRUCTION_SELECTOR] & 0xFFFF) * 16 + e[INSTRUCTION_OFFSET],
                (e[INSTRUCTION_SELECTOR] & OPCODE) >> 16);
    put_pointer(i, OPERAND_OFFSET, (e[OPERAND_SELECTOR] & 0xFFFF) * 16 + e[OPERAND_OFFSET], 0);
}

void x87_load_real(struct insn *i, u32 bytes)
{
    u32 e[ENVIRONMENT_WORDS] = { 0 };

    native(i, bytes, 0);
    if (faulted(i))
        return;
    native_environment(i, 6, e);
    e[INSTRUCTION_OFFSET] = get_pointer(i, INSTRUCTION_OFFSET);
    e[INSTRUCTION_SELECTOR] = load(i, i->ea_segment, ea_after(i, INSTRUCTION_SELECTOR * i->opsize), 2, 0) << 16 & OPCODE;
    e[OPERAND_OFFSET] = get_pointer(i, OPERAND_OFFSET);
    e[OPERAND_SELECTOR] = 0;
    native_environment(i, 4, e);
}
