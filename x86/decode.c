/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Prefixes, opcode, ModRM and SIB, immediates: SDM vol. 2, chapter 2. Leaves in struct insn what the row of the opcode
 * asks for; memory operands are an offset and a segment, not yet read.
 */
#include "insn.h"
#include "exec.h"
#include "groups.h"

#define LENGTH_MAX 15

/* ---- code bytes -------------------------------------------------------------------------- */

/*
 * Put what else may be fetched, to the end of the page, the limit or 15 bytes, behind the bytes of i->copy that are there;
 * code that is not in memory comes byte by byte. false: fault noted.
 */
static NOINLINE bool code_more(struct insn *i)
{
    const struct x86_segment *cs = &i->cpu->seg[X86_CS];
    u32 offset = i->eip + i->room, linear = cs->base + offset, n;
    const u8 *at;

    if (offset > cs->limit || i->room == LENGTH_MAX) {
        fault_gp(i, 0);
        return false;
    }
    n = MIN(MIN(cs->limit - offset, LENGTH_MAX - 1u - i->room), ~linear & 0xFFF) + 1;
    at = reach(i, linear, X86_FETCH | i->user);
    if (at) {
        __builtin_memcpy(i->copy + i->room, at, n);
    } else {
        i->copy[i->room] = load_linear(i, linear, 1, X86_FETCH | i->user);
        n = 1;
    }
    i->room += n;
    return !faulted(i);
}

/* The usual case in few steps: within limit and page, and no paging. */
static inline const u8 *code_in_place(struct insn *i)
{
    const struct x86_segment *cs = &i->cpu->seg[X86_CS];
    u32 linear = cs->base + i->eip;

    if (i->cpu->cr0 & CR0_PG || i->eip > cs->limit || cs->limit - i->eip < LENGTH_MAX - 1 || (linear & 0xFFF) > 0x1000 - CODE_BYTES)
        return NULL;
    return i->ops->ram(i->cpu, linear, false);
}

static inline u8 fetch_byte(struct insn *i)
{
    return *i->code++;
}

static u32 fetch(struct insn *i, u8 bytes)
{
    u32 value = ((const struct any32 *)i->code)->v & size_mask(bytes);

    i->code += bytes;
    return value;
}

/* Operand and address size that CS gives, 2 or 4. */
static inline u8 code_size(const struct x86_cpu *cpu)
{
    return 2 + (cpu->seg[X86_CS].access / (SEG_DB / 2) & 2);
}

/* ---- prefixes --------------------------------------------------------------------------- */

static void prefix(struct insn *i, u8 what)
{
    u8 other = 6 - code_size(i->cpu);

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

/* The memory operand of ModRM. */
static void address(struct insn *i)
{
    i->ea_segment = X86_DS;
    if (i->adsize == 2)
        address16(i);
    else
        address32(i);
    if (i->segment != NO_SEGMENT)
        i->ea_segment = i->segment;
}

/* ---- rows ------------------------------------------------------------------------------- */

/* Eat prefixes, as many as an instruction can have, and the opcode. */
static const struct row *find_row(struct insn *i)
{
    const struct row *row;

    for (;;) {
        i->opcode = fetch_byte(i);
        row = &table_one[i->opcode];
        if (row->exec != EXEC_prefix || i->code - i->code_start > LENGTH_MAX)
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

/* What the row calls undefined here. */
static NOINLINE void check(struct insn *i, bool memory)
{
    const struct row *row = i->row;
    u8 need = row->flags >> 12;

    if ((i->lock && !(row->flags & ROW_LOCK && memory && row->operands >> 4 == OP_E)) ||
        row->flags & (memory ? ROW_REG : ROW_MEM) || (row->flags & ROW_PM && !protected_mode(i->cpu)) ||
        (need && !(i->cpu->features >> (need - 1) & 1)))
        fault_ud(i);
}

/*
 * C4 or C5 and what would be a ModRM byte of a register, which LES and LDS cannot have: a VEX prefix. Leaves map, opcode and
 * what the prefix stands for; bit 3 of vvvv, R, X and B belong to 64-bit mode.
 */
static void vex_prefix(struct insn *i)
{
    u8 other = 6 - code_size(i->cpu), map = MAP_0F, last = i->modrm & 0x7F;

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
        if (!(i->row->flags & ROW_MODRM))
            return false;
        i->modrm = fetch_byte(i);
    }
    memory = modrm_mod(i) != 3;
    if (i->row->exec == EXEC_group)
        i->row = &table_groups[i->row->operands + (i->row->operands >= GROUP_7 && !memory)][modrm_reg(i)];
    if (!memory || (i->row->operands & 15) == OP_X || i->row->operands >> 4 == OP_X)
        return false;
    address(i);
    return true;
}

static u8 operand_size(const struct insn *i, u16 flags)
{
    if (!(flags & ROW_SIZE) || ((flags & ROW_SIZE) == ROW_W && i->opcode & 1))
        return i->opsize;
    return (flags & ROW_SIZE) == ROW_WORD ? 2 : 1;
}

/* Decode the bytes at i->code_start, as if there were enough of them. true: ModRM names memory. */
static bool parse(struct insn *i)
{
    bool memory = false;
    u16 flags;
    u8 operands;

    i->code = i->code_start;
    i->opsize = i->adsize = code_size(i->cpu);
    i->segment = NO_SEGMENT;
    i->map = i->rep = i->lock = i->vex = 0;
    i->row = find_row(i);
    if (i->row->flags & ROW_MODRM)
        memory = modrm(i);
    flags = i->row->flags;
    operands = i->row->operands;
    i->size = operand_size(i, flags);
    if (operands >= OP_I << 4)
        immediate(i, operands >> 4, &i->dst);
    if ((operands & 15) >= OP_I)
        immediate(i, operands & 15, &i->src);
    if (flags & (ROW_I | ROW_IB))
        i->imm = flags & ROW_I ? fetch(i, i->size) : sign_extend(fetch_byte(i), 1);
    i->length = i->code - i->code_start;
    return memory;
}

/*
 * Where they do not lie in place: the bytes that there are may call for more, and then mean something else. false: they
 * cannot be fetched.
 */
static NOINLINE bool parse_copy(struct insn *i, bool *memory)
{
    __builtin_memset(i->copy, 0, sizeof(i->copy));
    i->code_start = i->copy;
    i->room = i->length = 0;
    do {
        i->fault = NO_FAULT;
        if (!code_more(i))
            return false;
        *memory = parse(i);
    } while (i->length > i->room);
    return true;
}

void decode(struct insn *i)
{
    bool memory;
    u16 flags;

    i->code_start = code_in_place(i);
    if (i->code_start)
        memory = parse(i);
    else if (!parse_copy(i, &memory))
        return;
    i->next = i->eip + i->length;
    if (i->length > LENGTH_MAX)
        fault_gp(i, 0);
    flags = i->row->flags;
    if (i->lock || flags & (ROW_MEM | ROW_REG | ROW_PM | ROW_NEED(15)))
        check(i, memory);
    if (flags & ROW_CPL0 && i->cpu->cpl)
        fault_gp(i, 0);
}
