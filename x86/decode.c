/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Prefixes, opcode, ModRM and SIB, immediates: SDM vol. 2, chapter 2. Leaves in struct insn what the row of the opcode
 * asks for; memory operands are an offset and a segment, not yet read.
 */
#include "insn.h"
#include "exec.h"

#define LENGTH_MAX 15

struct any32 { u32 v; } __attribute__((packed, may_alias));

/* Find the next code bytes: to the end of the page, the limit or 15 bytes. false: fault noted. */
static NOINLINE bool fetch_more(struct insn *i)
{
    const struct x86_segment *cs = &i->cpu->seg[X86_CS];
    u32 offset, linear, room;

    i->length += i->code - i->code_start;
    offset = i->eip + i->length;
    linear = cs->base + offset;
    room = segment_room(cs, offset);
    if (!room || i->length == LENGTH_MAX)
        fault_gp(i, 0);
    i->code_start = i->code = i->code_end = &i->code_byte;
    if (faulted(i))
        return false;
    i->code = reach(i, linear, X86_FETCH | i->user);
    if (i->code) {
        room = MIN(room, 0x1000 - (linear & 0xFFF));
    } else {
        i->code_byte = load_linear(i, linear, 1, X86_FETCH | i->user);
        i->code = &i->code_byte;
        room = 1;
    }
    i->code_start = i->code;
    i->code_end = i->code + MIN(room, LENGTH_MAX - (u32)i->length);
    return !faulted(i);
}

static inline u8 fetch_byte(struct insn *i)
{
    if (i->code == i->code_end && !fetch_more(i))
        return 0;
    return *i->code++;
}

static u32 fetch(struct insn *i, u8 bytes)
{
    u32 value = 0;

    if (i->code_end - i->code >= 4) {
        value = ((const struct any32 *)i->code)->v & size_mask(bytes);
        i->code += bytes;
        return value;
    }
    for (u8 n = 0; n < bytes; n++)
        value |= (u32)fetch_byte(i) << 8 * n;
    return value;
}

/* ---- prefixes --------------------------------------------------------------------------- */

static void prefix(struct insn *i, u8 what)
{
    u8 other = i->cpu->seg[X86_CS].access & SEG_DB ? 2 : 4;

    if (what < PREFIX_OPSIZE)
        i->segment = what;
    else if (what == PREFIX_OPSIZE)
        i->opsize = other;
    else if (what == PREFIX_ADSIZE)
        i->adsize = other;
    else if (what == PREFIX_LOCK)
        i->lock = true;
    else
        i->rep = i->opcode;
}

/* ---- ModRM ------------------------------------------------------------------------------ */

/* Base and index register of the eight 16-bit forms; 0 in the index: none (AX is never one). */
static const u8 base16[8] = { X86_EBX, X86_EBX, X86_EBP, X86_EBP, X86_ESI, X86_EDI, X86_EBP, X86_EBX };
static const u8 index16[8] = { X86_ESI, X86_EDI, X86_ESI, X86_EDI, 0, 0, 0, 0 };

static void address16(struct insn *i)
{
    const u32 *gpr = i->cpu->gpr;
    u8 mod = modrm_mod(i), rm = modrm_rm(i);
    u32 ea;

    if (mod == 0 && rm == 6) {
        i->ea = fetch(i, 2);
        return;
    }
    ea = gpr[base16[rm]];
    if (base16[rm] == X86_EBP)
        i->ea_segment = X86_SS;
    if (index16[rm])
        ea += gpr[index16[rm]];
    if (mod)
        ea += sign_extend(fetch(i, mod), mod);
    i->ea = ea & 0xFFFF;
}

/* POP [ESP + ...] finds its address with ESP already moved. */
static u32 base32(const struct insn *i, u8 base)
{
    u32 value = i->cpu->gpr[base];

    return base == X86_ESP && i->map == MAP_ONE && i->opcode == 0x8F ? value + i->opsize : value;
}

static void address32(struct insn *i)
{
    u8 mod = modrm_mod(i), base = modrm_rm(i);
    u32 ea = 0;

    if (base == 4) {
        u8 sib = fetch_byte(i);
        u8 index = sib >> 3 & 7;

        base = sib & 7;
        if (index != 4)
            ea = i->cpu->gpr[index] << (sib >> 6);
    }
    if (mod == 0 && base == 5) {
        i->ea = ea + fetch(i, 4);
        return;
    }
    if (base == X86_ESP || base == X86_EBP)
        i->ea_segment = X86_SS;
    ea += base32(i, base);
    if (mod == 1)
        ea += sign_extend(fetch_byte(i), 1);
    else if (mod == 2)
        ea += fetch(i, 4);
    i->ea = ea;
}

static void address(struct insn *i, bool memory)
{
    i->ea_segment = X86_DS;
    if (memory) {
        if (i->adsize == 2)
            address16(i);
        else
            address32(i);
    }
    if (i->segment != NO_SEGMENT)
        i->ea_segment = i->segment;
}

/* ---- rows ------------------------------------------------------------------------------- */

/* Eat prefixes and the opcode. */
static const struct row *find_row(struct insn *i)
{
    const struct row *row;

    i->opsize = i->adsize = i->cpu->seg[X86_CS].access & SEG_DB ? 4 : 2;
    i->map = MAP_ONE;
    for (;;) {
        i->opcode = fetch_byte(i);
        row = &table_one[i->opcode];
        if (row->exec != EXEC_prefix)
            break;
        prefix(i, row->operands);
    }
    if (i->opcode != 0x0F)
        return row;
    i->map = MAP_0F;
    i->opcode = fetch_byte(i);
    if (i->opcode != 0x38 && i->opcode != 0x3A)
        return &table_0f[i->opcode];
    i->map = i->opcode == 0x38 ? MAP_0F38 : MAP_0F3A;
    i->opcode = fetch_byte(i);
    return row_of_map3(i);
}

static inline bool wants_modrm(u8 operand)
{
    return operand >= OP_E && operand <= OP_X;
}

static void immediate(struct insn *i, u8 operand, u32 *value)
{
    switch (operand) {
    case OP_I:
        *value = fetch(i, i->size);
        break;
    case OP_IB:
        *value = sign_extend(fetch_byte(i), 1);
        break;
    case OP_IW:
        *value = fetch(i, 2);
        break;
    case OP_O:
        i->ea = fetch(i, i->adsize);
        i->ea_segment = i->segment != NO_SEGMENT ? i->segment : X86_DS;
        break;
    case OP_P:
        i->dst = fetch(i, i->opsize);
        i->src = fetch(i, 2);
        break;
    }
}

/* What the row forbids: #UD before #GP. */
static void check(struct insn *i, bool memory)
{
    const struct row *row = i->row;
    u8 need = row->flags >> 12;

    if (i->lock && !(row->flags & ROW_LOCK && memory && row->operands >> 4 == OP_E))
        fault_ud(i);
    if (row->flags & ROW_MEM && !memory)
        fault_ud(i);
    if (row->flags & ROW_REG && memory)
        fault_ud(i);
    if (row->flags & ROW_PM && !protected_mode(i->cpu))
        fault_ud(i);
    if (need && !(i->cpu->features >> (need - 1) & 1))
        fault_ud(i);
    if (row->flags & ROW_CPL0 && i->cpu->cpl)
        fault_gp(i, 0);
}

void decode(struct insn *i)
{
    const struct row *row = find_row(i);
    u8 dst = row->operands >> 4, src = row->operands & 15;
    bool modrm = row->exec == EXEC_group || wants_modrm(dst) || wants_modrm(src), memory = false;

    if (modrm)
        i->modrm = fetch_byte(i);
    if (row->exec == EXEC_group) {
        row = &table_groups[row->operands][modrm_reg(i)];
        dst = row->operands >> 4;
        src = row->operands & 15;
    }
    i->row = row;
    i->size = i->opsize;
    if (row->flags & ROW_BYTE || (row->flags & ROW_W && !(i->opcode & 1)))
        i->size = 1;
    else if (row->flags & ROW_WORD)
        i->size = 2;
    if (modrm && dst != OP_X && src != OP_X) {
        memory = modrm_mod(i) != 3;
        address(i, memory);
    }
    if (dst >= OP_I)
        immediate(i, dst, &i->dst);
    if (src >= OP_I)
        immediate(i, src, &i->src);
    if (row->flags & (ROW_I | ROW_IB))
        i->imm = row->flags & ROW_I ? fetch(i, i->size) : sign_extend(fetch_byte(i), 1);
    i->length += i->code - i->code_start;
    i->next = i->eip + i->length;
    if (!faulted(i) && (i->lock || row->flags & (ROW_MEM | ROW_REG | ROW_PM | ROW_CPL0 | ROW_NEED(15))))
        check(i, memory);
}
