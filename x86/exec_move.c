/* SPDX-License-Identifier: BSD-2-Clause */
/* Moves, exchanges, extensions, segment register loads. */
#include "exec.h"

void exec_nop(struct insn *i)
{
}

void exec_mov(struct insn *i)
{
    i->dst = i->src;
}

/* The source had the row's size; the destination has the operand size. */
void exec_movzx(struct insn *i)
{
    i->dst = i->src;
    i->size = i->opsize;
}

void exec_movsx(struct insn *i)
{
    i->dst = sign_extend(i->src, i->size);
    i->size = i->opsize;
}

/* Either operand may be memory: the write to dst comes last and is locked, so that a race starts all over. */
void exec_xchg(struct insn *i)
{
    u8 reg = i->row->operands >> 4 == OP_R ? (u8)X86_EAX : modrm_reg(i);

    reg_write(i->cpu, reg, i->size, i->dst);
    i->dst = i->src;
    i->lock = i->row->operands >> 4 == OP_E && modrm_mod(i) != 3;
}

void exec_lea(struct insn *i)
{
    reg_write(i->cpu, modrm_reg(i), i->opsize, i->ea);
}

void exec_cbw(struct insn *i)
{
    reg_write(i->cpu, X86_EAX, i->opsize, sign_extend(i->cpu->gpr[X86_EAX], i->opsize / 2));
}

void exec_cwd(struct insn *i)
{
    u32 sign = i->cpu->gpr[X86_EAX] >> (8 * i->opsize - 1) & 1;

    reg_write(i->cpu, X86_EDX, i->opsize, -sign);
}

void exec_salc(struct insn *i)
{
    reg_write(i->cpu, X86_EAX, 1, i->flags & EFLAGS_CF ? 0xFF : 0);
}

void exec_xlat(struct insn *i)
{
    u32 offset = (i->cpu->gpr[X86_EBX] + reg_read(i->cpu, X86_EAX, 1)) & size_mask(i->adsize);

    reg_write(i->cpu, X86_EAX, 1, load(i, i->segment != NO_SEGMENT ? i->segment : X86_DS, offset, 1, 0));
}

void exec_cmov(struct insn *i)
{
    if (condition(i->flags, i->opcode & 15))
        i->dst = i->src;
}

void exec_setcc(struct insn *i)
{
    i->dst = condition(i->flags, i->opcode & 15);
}

void exec_movbe(struct insn *i)
{
    i->dst = __builtin_bswap32(i->src) >> (32 - 8 * i->size);
}

void exec_mov_seg(struct insn *i)
{
    u8 reg = modrm_reg(i);

    if (reg == X86_CS || reg > X86_GS) {
        fault_ud(i);
        return;
    }
    segment_load(i, reg, rm_read(i, 0));
    if (reg == X86_SS)
        i->shadow |= X86_SHADOW_MOVSS;
}

/* Memory gets the word; a register as much as the operand size says. */
void exec_mov_from_seg(struct insn *i)
{
    if (modrm_reg(i) > X86_GS)
        fault_ud(i);
    i->dst = i->src;
    if (modrm_mod(i) != 3)
        i->size = 2;
}

/* LES, LDS, LSS, LFS, LGS. */
void exec_load_far(struct insn *i)
{
    u8 reg = i->opcode == 0xC4 ? X86_ES : i->opcode == 0xC5 ? X86_DS : i->opcode & 7;
    u32 offset = load(i, i->ea_segment, i->ea, i->opsize, 0);
    u32 selector = load(i, i->ea_segment, ea_after(i, i->opsize), 2, 0);

    segment_load(i, reg, selector);
    reg_write(i->cpu, modrm_reg(i), i->opsize, offset);
}
