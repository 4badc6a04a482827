/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Prefixes, opcode, ModRM and SIB, immediates: SDM vol. 2, chapter 2. Leaves in struct insn what the row of the opcode
 * asks for; memory operands are an offset and a segment, not yet read.
 */
#include "insn.h"
#include "exec.h"
#include "groups.h"

#define LENGTH_MAX 15

/* The usual case in few steps: 15 bytes of plain real mode within limit and page. Else fetch_more() does it. */
static inline void fetch_first(struct insn *i)
{
    const struct x86_segment *cs = &i->cpu->seg[X86_CS];
    u32 linear = cs->base + i->eip;
    const u8 *at;

    if (i->slow || i->eip > cs->limit || cs->limit - i->eip < LENGTH_MAX - 1 || (linear & 0xFFF) > 0x1000 - LENGTH_MAX)
        return;
    at = i->ops->ram(i->cpu, linear, false);
    if (!at)
        return;
    i->code_start = i->code = at;
    i->code_end = at + LENGTH_MAX;
}

/* The bytes of CS, after the one at `offset`, that may be fetched with it. */
static u32 code_room(struct insn *i, u32 offset)
{
    const struct x86_segment *cs = &i->cpu->seg[X86_CS];

    if (offset > cs->limit || i->length >= LENGTH_MAX)
        fault_gp(i, 0);
    return MIN(cs->limit - offset, LENGTH_MAX - 1u - i->length);
}

/* Find the next code bytes, to the end of the page, the limit or 15 bytes, and take the first; 0 after a fault. */
static NOINLINE u8 fetch_more(struct insn *i)
{
    u32 offset, linear, room;
    const u8 *at = NULL;

    i->length += i->code - i->code_start;
    offset = i->eip + i->length;
    room = code_room(i, offset);
    linear = i->cpu->seg[X86_CS].base + offset;
    if (!faulted(i))
        at = reach(i, linear, X86_FETCH | i->user);
    room = MIN(room, ~linear & 0xFFF);
    if (!at) {
        i->code_byte = load_linear(i, linear, 1, X86_FETCH | i->user);
        at = &i->code_byte;
        room = 0;
    }
    i->code_start = i->code = i->code_end = at;
    if (faulted(i))
        return 0;
    i->code_end = at + room + 1;
    return *i->code++;
}

static u8 fetch_byte(struct insn *i)
{
    return i->code == i->code_end ? fetch_more(i) : *i->code++;
}

static u32 fetch(struct insn *i, u8 bytes)
{
    u32 value = 0;

    if (i->code_end >= i->code + 4) {
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

    if ((i->lock && !(row->flags & ROW_LOCK && memory && row->operands >> 4 == OP_E)) ||
        row->flags & (memory ? ROW_REG : ROW_MEM) || (row->flags & ROW_PM && !protected_mode(i->cpu)) ||
        (need && !(i->cpu->features >> (need - 1) & 1)))
        fault_ud(i);
    if (row->flags & ROW_CPL0 && i->cpu->cpl)
        fault_gp(i, 0);
}

static inline bool has_modrm(const struct row *row)
{
    return row->operands && (row->exec == EXEC_group || wants_modrm(row->operands >> 4) || wants_modrm(row->operands & 15));
}

/*
 * C4 or C5 and what would be a ModRM byte of a register, which LES and LDS cannot have: a VEX prefix. Leaves map, opcode and
 * what the prefix stands for; bit 3 of vvvv, R, X and B belong to 64-bit mode.
 */
static void vex_prefix(struct insn *i)
{
    u8 other = i->cpu->seg[X86_CS].access & SEG_DB ? 2 : 4, map = MAP_0F, last = i->modrm & 0x7F;

    if (i->lock || i->rep || i->opsize == other)
        fault_ud(i);
    if (i->opcode == 0xC4) {
        map = i->modrm & 31;
        last = fetch_byte(i);
    }
    if (map < MAP_0F || map > MAP_0F3A)
        fault_ud(i);
    i->map = map;
    i->vex = (last & (VEX_W | VEX_L)) | (~last & VEX_VVVV) | VEX;
    if ((last & 3) == 1)
        i->opsize = other;
    else if (last & 3)
        i->rep = last & 1 ? REP_NE : REP_E;
    i->opcode = fetch_byte(i);
    i->row = row_of_vex(i);
}

/* ModRM, and the row it leads to. true: its r/m is memory. */
static bool modrm(struct insn *i)
{
    bool memory;

    i->modrm = fetch_byte(i);
    if (modrm_mod(i) == 3 && i->row->exec == EXEC_load_far && i->map == MAP_ONE && protected_mode(i->cpu)) {
        vex_prefix(i);
        if (!has_modrm(i->row))
            return false;
        i->modrm = fetch_byte(i);
    }
    memory = modrm_mod(i) != 3;
    if (i->row->exec == EXEC_group)
        i->row = &table_groups[i->row->operands + (i->row->operands >= GROUP_7 && !memory)][modrm_reg(i)];
    if ((i->row->operands & 15) == OP_X)
        return false;
    address(i, memory);
    return memory;
}

static u8 operand_size(const struct insn *i, u16 flags)
{
    if (flags & ROW_BYTE || (flags & ROW_W && !(i->opcode & 1)))
        return 1;
    return flags & ROW_WORD ? 2 : i->opsize;
}

void decode(struct insn *i)
{
    bool memory = false;
    u16 flags;
    u8 operands;

    fetch_first(i);
    i->row = find_row(i);
    if (has_modrm(i->row))
        memory = modrm(i);
    flags = i->row->flags;
    operands = i->row->operands;
    i->size = operand_size(i, flags);
    if (operands) {
        immediate(i, operands >> 4, &i->dst);
        immediate(i, operands & 15, &i->src);
    }
    if (flags & (ROW_I | ROW_IB))
        i->imm = flags & ROW_I ? fetch(i, i->size) : sign_extend(fetch_byte(i), 1);
    i->length += i->code - i->code_start;
    i->next = i->eip + i->length;
    if (i->lock || flags & (ROW_MEM | ROW_REG | ROW_PM | ROW_CPL0 | ROW_NEED(15)))
        check(i, memory);
}
