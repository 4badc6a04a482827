/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * VEX-encoded instructions, which protected mode alone has: AVX, AVX2, FMA, BMI. SDM vol. 2, 2.3. Those that touch only a part
 * of their operand (masked moves, gathers) and those of AVX-512 and AMX are #UD.
 */
#include "exec.h"
#include "native.h"

static bool is_known(const struct insn *i)
{
    u8 op = i->opcode;

    if (i->map == MAP_0F)
        return (op >= 0x10 && op < 0x18) || (op >= 0x28 && op < 0x30) || (op >= 0x50 && op < 0x80) || (op >= 0xC2 && op != 0xF7) ||
               (op == 0xAE && (modrm_reg(i) & 6) == 2 && modrm_mod(i) != 3);
    if (i->map == MAP_0F3A)
        return op < 0x80 || (op >= 0xC8 && op < 0xE0) || op == 0xF0;
    return (op < 0x48 && (op & 0xFC) != 0x2C) || (op >= 0x50 && op < 0x5B) || op == 0x78 || op == 0x79 || (op >= 0x96 && op < 0xC0) ||
           (op >= 0xC8 && op < 0xE0) || op >= 0xF0;
}

struct operand_size { u8 opcode, bytes; };

static u32 listed(const struct operand_size *list, u8 entries, u8 opcode)
{
    for (u8 n = 0; n < entries; n++)
        if (list[n].opcode == opcode)
            return list[n].bytes;
    return 0;
}

/* Operands that do not grow with VEX.L; 0: it is not one of them. */
static u32 fixed_bytes(const struct insn *i)
{
    static const struct operand_size map38[] = {
        { 0x18, 4 }, { 0x19, 8 }, { 0x1A, 16 }, { 0x58, 4 }, { 0x59, 8 }, { 0x5A, 16 }, { 0x78, 1 }, { 0x79, 2 },
    };
    static const struct operand_size map3a[] = {
        { 0x0A, 4 }, { 0x0B, 8 }, { 0x14, 1 }, { 0x15, 2 }, { 0x16, 4 }, { 0x17, 4 }, { 0x18, 16 }, { 0x19, 16 },
        { 0x20, 1 }, { 0x21, 4 }, { 0x22, 4 }, { 0x38, 16 }, { 0x39, 16 }, { 0xF0, 4 },
    };
    u8 op = i->opcode;

    if (i->map == MAP_0F3A)
        return listed(map3a, ARRAY_SIZE(map3a), op);
    if (op >= 0xF0)
        return 4;                                                     /* BMI */
    if (op >= 0x96 && op < 0xC0 && op & 1 && op & 8)
        return i->vex & VEX_W ? 8 : 4;                                /* FMA of scalars */
    return listed(map38, ARRAY_SIZE(map38), op);
}

/* Conversions between widths: half a register. */
static bool is_half(const struct insn *i)
{
    return i->map == MAP_0F38 ? i->opcode == 0x13 : i->map == MAP_0F3A && i->opcode == 0x1D;
}

static u32 vex_bytes(const struct insn *i)
{
    u8 wide = i->vex & VEX_L ? 2 : 1;
    u32 bytes;

    if (i->map == MAP_0F) {
        bytes = sse_bytes(i);
        if (i->opcode == 0x12 && simd_prefix(i) == SIMD_F2)
            return wide == 2 ? 32 : 8;                                /* VMOVDDUP */
        if (bytes == 16 || (i->opcode == 0x5A && !i->rep && simd_prefix(i) == SIMD_NONE) || (i->opcode == 0xE6 && i->rep == REP_E))
            bytes *= wide;
        return bytes;
    }
    if (is_half(i))
        return 8 * wide;
    bytes = fixed_bytes(i);
    return bytes ? bytes : sse_bytes(i) * wide;
}

static bool vex_writes(const struct insn *i)
{
    u8 op = i->opcode;

    return sse_writes(i) || (i->map == MAP_0F3A && (op == 0x19 || op == 0x1D || op == 0x39));
}

/* BMI works on general registers: CR0.TS does not matter. */
static bool vex_denied(struct insn *i)
{
    bool general = i->map != MAP_0F && i->opcode >= 0xF0;

    if (!is_known(i) || (!general && !(i->cpu->cr4 & CR4_OSXSAVE)))
        fault_ud(i);
    else if (!general && i->cpu->cr0 & CR0_TS)
        fault(i, VECTOR_NM, 0);
    return faulted(i);
}

void exec_vex(struct insn *i)
{
    if (!vex_denied(i))
        native(i, vex_bytes(i), vex_writes(i) ? X86_WRITE : 0);
}

/* VZEROUPPER, VZEROALL */
void exec_vzero(struct insn *i)
{
    if (!vex_denied(i))
        native_plain(i, 0xC5, 0xF8 | (i->vex & VEX_L), 0x77, 3);
}
