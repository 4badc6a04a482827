/* SPDX-License-Identifier: BSD-2-Clause */
/* Page tables: 32-bit paging with PSE and PAE paging. SDM vol. 3, 4.3, 4.4, 4.6 "Access Rights", 4.7, 4.8. */
#include "insn.h"

#define PTE_P    0x001u
#define PTE_W    0x002u
#define PTE_U    0x004u
#define PTE_A    0x020u
#define PTE_D    0x040u
#define PTE_PS   0x080u

#define PTE64_NX    0x8000000000000000ull
#define PTE64_FRAME 0x000FFFFFFFFFF000ull
#define PTE64_MBZ   0x7FF0000000000000ull   /* reserved in PAE paging */

#define PDPTE_MBZ   0xFFF00000000001E6ull

#define PF_PRESENT   0x01
#define PF_RESERVED  0x08

struct walk {
    struct x86_cpu *cpu;
    const struct x86_ops *ops;
    bool pae;
    u64 rights;       /* W, U: the AND of all levels */
    u64 no_execute;
    u64 entry;        /* of the level just read */
    paddr entry_at;
    bool reserved;
};

static bool entry_read(struct walk *w, paddr table, u32 index)
{
    w->entry_at = table + index * (w->pae ? 8 : 4);
    w->entry = physical_read(w->cpu, w->ops, w->entry_at, 4);
    if (w->pae)
        w->entry |= (u64)physical_read(w->cpu, w->ops, w->entry_at + 4, 4) << 32;
    return w->entry & PTE_P;
}

/* W, U and NX of a directory or table entry. */
static void entry_rights(struct walk *w)
{
    bool nxe = w->cpu->efer & EFER_NXE;

    w->rights &= w->entry;
    w->no_execute |= w->entry & PTE64_NX;
    w->reserved |= w->pae && w->entry & (nxe ? PTE64_MBZ : PTE64_MBZ | PTE64_NX);
}

static void entry_mark(struct walk *w, paddr at, u32 bits)
{
    u32 entry = physical_read(w->cpu, w->ops, at, 4);

    if (~entry & bits)
        physical_write(w->cpu, w->ops, at, entry | bits, 4);
}

static bool allowed(const struct walk *w, u8 access)
{
    const struct x86_cpu *cpu = w->cpu;

    if (access & X86_FETCH && w->no_execute)
        return false;
    if (access & X86_USER)
        return w->rights & PTE_U && (!(access & X86_WRITE) || w->rights & PTE_W);
    if (access & X86_WRITE && cpu->cr0 & CR0_WP && !(w->rights & PTE_W))
        return false;
    if (!(w->rights & PTE_U))
        return true;
    if (access & X86_FETCH)
        return !(cpu->cr4 & CR4_SMEP);
    return !(cpu->cr4 & CR4_SMAP) || cpu->eflags & EFLAGS_AC;
}

/* Frame of a large page: 2 MiB with PAE, else 4 MiB with bits 39:32 in 20:13 (PSE-36). */
static paddr large_frame(struct walk *w)
{
    if (w->pae) {
        w->reserved |= w->entry & 0x1FE000;
        return w->entry & PTE64_FRAME & ~0x1FFFFFull;
    }
    w->reserved |= w->entry & 0x200000;
    return (w->entry & 0xFFC00000u) | (w->entry & 0x1FE000) << 19;
}

/* false: some level is not present. */
static bool walk(struct walk *w, u32 linear, paddr *at, paddr *directory_at)
{
    u64 pdpte = w->cpu->pdpte[linear >> 30];
    paddr table = w->pae ? pdpte & PTE64_FRAME : w->cpu->cr3 & 0xFFFFF000u;

    if (w->pae && !(pdpte & PTE_P))
        return false;
    if (!entry_read(w, table, w->pae ? linear >> 21 & 0x1FF : linear >> 22))
        return false;
    entry_rights(w);
    *directory_at = w->entry_at;
    if (w->entry & PTE_PS && (w->pae || w->cpu->cr4 & CR4_PSE)) {
        *at = large_frame(w) | (linear & (w->pae ? 0x1FFFFF : 0x3FFFFF));
        return true;
    }
    if (w->reserved)
        return true;
    if (!entry_read(w, w->entry & PTE64_FRAME, linear >> 12 & (w->pae ? 0x1FF : 0x3FF)))
        return false;
    entry_rights(w);
    *at = (w->entry & PTE64_FRAME) | (linear & 0xFFF);
    return true;
}

bool page_walk(struct x86_cpu *cpu, const struct x86_ops *ops, u32 linear, u8 access, paddr *at, u32 *error)
{
    struct walk w = { cpu, ops, cpu->cr4 & CR4_PAE, PTE_W | PTE_U, 0, 0, 0, false };
    paddr directory_at;
    bool fetch_shown = (w.pae && cpu->efer & EFER_NXE) || cpu->cr4 & CR4_SMEP;

    *error = access & (X86_WRITE | X86_USER | (fetch_shown ? X86_FETCH : 0));
    if (!walk(&w, linear, at, &directory_at))
        return false;
    if (w.reserved) {
        *error |= PF_PRESENT | PF_RESERVED;
        return false;
    }
    if (!allowed(&w, access)) {
        *error |= PF_PRESENT;
        return false;
    }
    if (directory_at != w.entry_at)
        entry_mark(&w, directory_at, PTE_A);
    entry_mark(&w, w.entry_at, access & X86_WRITE ? PTE_A | PTE_D : PTE_A);
    return true;
}

/* SDM vol. 3, 4.4.1 "PDPTE Registers": all four or none. */
bool x86_load_pdptes(struct x86_cpu *cpu, const struct x86_ops *ops)
{
    struct walk w = { .cpu = cpu, .ops = ops, .pae = true };
    u64 entry[4];

    for (u8 n = 0; n < 4; n++) {
        if (entry_read(&w, cpu->cr3 & 0xFFFFFFE0u, n) && w.entry & PDPTE_MBZ)
            return false;
        entry[n] = w.entry;
    }
    __builtin_memcpy(cpu->pdpte, entry, sizeof(entry));
    return true;
}

bool x86_translate(struct x86_cpu *cpu, const struct x86_ops *ops, u32 linear, u8 access, paddr *at)
{
    u32 error;

    *at = linear;
    if (!(cpu->cr0 & CR0_PG) || page_walk(cpu, ops, linear, access, at, &error))
        return true;
    cpu->cr2 = linear;
    cpu->event = (struct x86_event){ VECTOR_PF, X86_FAULT, true, error };
    return false;
}
