/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * LOADALL, an option (ops->loadall286, loadall386): 0F 05 of the 286, 102 bytes at 800h, and 0F 07 of the 386, 204 bytes at
 * ES:EDI, which Intel never documented. They load all registers and descriptor caches, unchecked. After R. Collins, "The
 * LOADALL Instruction", 1991.
 */
#include "exec.h"

#define IMAGE286_AT     0x800
#define IMAGE286_BYTES  102
#define IMAGE386_BYTES  204

/* Offsets of a segment register's selector and cache. */
struct place { u8 reg, selector, cache; };

static u32 word(const u8 *image, u8 at)
{
    return ((const struct any16 *)(image + at))->v;
}

static u32 dword(const u8 *image, u8 at)
{
    return ((const struct any32 *)(image + at))->v;
}

/* false: fault noted. */
static bool image_read(struct insn *i, u32 linear, u8 *image, u32 bytes)
{
    for (u32 n = 0; n < bytes; n++)
        image[n] = load_linear(i, linear + n, 1, 0);
    return !faulted(i);
}

static u32 rights(u32 access)
{
    return access & SEG_P ? access : access | SEG_UNUSABLE;
}

static void finish(struct insn *i, u32 cr0, u32 flags, u32 eip)
{
    struct x86_cpu *cpu = i->cpu;
    u32 old = cpu->cr0;

    cpu->cr0 = cr0 | CR0_ET;
    cpu->cpl = flags & EFLAGS_VM ? 3 : (cpu->seg[X86_SS].access & SEG_DPL) >> SEG_DPL_SHIFT;
    i->flags = flags | EFLAGS_ONE;
    i->next = eip;
    i->result = X86_MODE;
    control_written(i, 0, old);
}

/* 286 cache: base in 24 bits, rights, limit in 16. */
void x86_loadall286(struct insn *i)
{
    static const struct place places[] = {
        { X86_TR, 0x16, 0x60 }, { X86_LDTR, 0x1C, 0x54 }, { X86_DS, 0x1E, 0x48 },
        { X86_SS, 0x20, 0x42 }, { X86_CS, 0x22, 0x3C }, { X86_ES, 0x24, 0x36 },
    };
    struct x86_cpu *cpu = i->cpu;
    u8 m[IMAGE286_BYTES];
    u32 low = CR0_MP | CR0_EM | CR0_TS;

    if (!image_read(i, IMAGE286_AT, m, sizeof(m)))
        return;
    for (u8 n = 0; n < ARRAY_SIZE(places); n++) {
        const struct place *p = &places[n];

        cpu->seg[p->reg] = (struct x86_segment){ word(m, p->selector), word(m, p->cache + 4), dword(m, p->cache) & 0xFFFFFF, rights(m[p->cache + 3]) };
    }
    for (u8 n = 0; n < 8; n++)
        reg_put(cpu, X86_EDI - n, 0xFFFF, word(m, 0x26 + 2 * n));
    cpu->gdtr = (struct x86_table){ dword(m, 0x4E) & 0xFFFFFF, word(m, 0x52) };
    cpu->idtr = (struct x86_table){ dword(m, 0x5A) & 0xFFFFFF, word(m, 0x5E) };
    finish(i, (cpu->cr0 & ~low) | (word(m, 0x06) & (low | CR0_PE)), word(m, 0x18), word(m, 0x1A));
}

/* 386 cache: rights as in a descriptor's upper half, base, limit in bytes. */
void x86_loadall386(struct insn *i)
{
    static const struct place places[] = {
        { X86_TR, 0x34, 0x54 }, { X86_LDTR, 0x38, 0x78 }, { X86_GS, 0x3C, 0x84 }, { X86_FS, 0x40, 0x90 },
        { X86_DS, 0x44, 0x9C }, { X86_SS, 0x48, 0xA8 }, { X86_CS, 0x4C, 0xB4 }, { X86_ES, 0x50, 0xC0 },
    };
    struct x86_cpu *cpu = i->cpu;
    u8 m[IMAGE386_BYTES];

    if (!image_read(i, cpu->seg[X86_ES].base + cpu->gpr[X86_EDI], m, sizeof(m)))
        return;
    for (u8 n = 0; n < ARRAY_SIZE(places); n++) {
        const struct place *p = &places[n];

        cpu->seg[p->reg] = (struct x86_segment){ word(m, p->selector), dword(m, p->cache + 8), dword(m, p->cache + 4),
                                                 rights(dword(m, p->cache) >> 8 & 0xF0FF) };
    }
    for (u8 n = 0; n < 8; n++)
        cpu->gpr[X86_EDI - n] = dword(m, 0x0C + 4 * n);
    cpu->dr[6] = dword(m, 0x2C);
    cpu->dr[7] = dword(m, 0x30);
    cpu->idtr = (struct x86_table){ dword(m, 0x64), dword(m, 0x68) & 0xFFFF };
    cpu->gdtr = (struct x86_table){ dword(m, 0x70), dword(m, 0x74) & 0xFFFF };
    finish(i, dword(m, 0), dword(m, 0x04), dword(m, 0x08));
}
