/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory as instructions see it: segment checks, linear addresses, pages that a value may straddle.
 * SDM vol. 3, 5.3 "Limit Checking", 5.4 "Type Checking". An aligned value is moved in one access of its size: devices count them.
 */
#include "insn.h"

struct any64 { u64 v; } __attribute__((packed, may_alias));

static u32 host_read(const u8 *p, u8 bytes)
{
    if (bytes == 4)
        return ((const volatile struct any32 *)p)->v;
    return bytes == 2 ? ((const volatile struct any16 *)p)->v : *(const volatile u8 *)p;
}

static void host_write(u8 *p, u32 value, u8 bytes)
{
    if (bytes == 4)
        ((volatile struct any32 *)p)->v = value;
    else if (bytes == 2)
        ((volatile struct any16 *)p)->v = value;
    else
        *(volatile u8 *)p = value;
}

u32 physical_read(struct x86_cpu *cpu, const struct x86_ops *ops, paddr at, u8 bytes)
{
    const u8 *p = ops->ram(cpu, at, false);

    if (p)
        return host_read(p, bytes);
    return ops->read ? ops->read(cpu, at, bytes) & size_mask(bytes) : size_mask(bytes);
}

void physical_write(struct x86_cpu *cpu, const struct x86_ops *ops, paddr at, u32 value, u8 bytes)
{
    u8 *p = ops->ram(cpu, at, true);

    if (p)
        host_write(p, value, bytes);
    else if (ops->write)
        ops->write(cpu, at, value & size_mask(bytes), bytes);
}

/* ---- segments --------------------------------------------------------------------------- */

static bool expands_down(const struct x86_segment *s)
{
    return (s->access & (SEG_CODE | SEG_EXPAND_DOWN)) == SEG_EXPAND_DOWN;
}

u32 segment_room(const struct x86_segment *s, u32 offset)
{
    u32 last = s->limit;

    if (expands_down(s)) {
        if (offset <= s->limit)
            return 0;
        last = s->access & SEG_DB ? 0xFFFFFFFFu : 0xFFFF;
    }
    if (offset > last)
        return 0;
    return last - offset == 0xFFFFFFFFu ? last : last - offset + 1;
}

/* Null, execute-only, read-only. Real mode and VM86 look at none of it. */
static bool type_allows(const struct x86_cpu *cpu, const struct x86_segment *s, u8 access)
{
    if (s->access & SEG_UNUSABLE)
        return false;
    if (!protected_mode(cpu))
        return true;
    if (access & X86_WRITE)
        return (s->access & (SEG_CODE | SEG_WRITABLE)) == SEG_WRITABLE;
    return (s->access & (SEG_CODE | SEG_READABLE)) != SEG_CODE;
}

bool segment_check(struct insn *i, u8 segment, u32 offset, u32 bytes, u8 access)
{
    const struct x86_segment *s = &i->cpu->seg[segment];

    /* Most segments grow upwards. */
    if (!expands_down(s) && offset <= s->limit && s->limit - offset >= bytes - 1 && type_allows(i->cpu, s, access))
        return true;
    /* A 4 GiB limit is never exceeded: what runs over the top goes on at 0. */
    if (type_allows(i->cpu, s, access) &&
        (segment_room(s, offset) >= bytes || (s->limit == 0xFFFFFFFFu && !expands_down(s))))
        return true;
    if (segment == X86_SS)
        fault(i, VECTOR_SS, i->ss_error);
    else
        fault_gp(i, 0);
    return false;
}

/* ---- linear addresses --------------------------------------------------------------------- */

static bool walk_pages(struct insn *i, u32 linear, u8 access, paddr *at)
{
    u32 error;

    if (page_walk(i->cpu, i->ops, linear, access, at, &error))
        return true;
    if (!faulted(i))
        i->cpu->cr2 = linear;
    fault(i, VECTOR_PF, error);
    return false;
}

INLINE bool linear_to_physical(struct insn *i, u32 linear, u8 access, paddr *at)
{
    *at = linear;
    return !(i->cpu->cr0 & CR0_PG) || walk_pages(i, linear, access, at);
}

u8 *reach(struct insn *i, u32 linear, u8 access)
{
    paddr at;

    return linear_to_physical(i, linear, access, &at) ? i->ops->ram(i->cpu, at, access & X86_WRITE) : NULL;
}

static bool crosses_page(u32 linear, u8 bytes)
{
    return (linear & 0xFFF) + bytes > 0x1000;
}

bool probe(struct insn *i, u32 linear, u32 bytes, u8 access)
{
    paddr at;

    return linear_to_physical(i, linear, access, &at) &&
           ((linear & 0xFFF) + bytes <= 0x1000 || linear_to_physical(i, (linear | 0xFFF) + 1, access, &at));
}

u32 load_linear(struct insn *i, u32 linear, u8 bytes, u8 access)
{
    u32 value = 0;
    paddr at;

    if (crosses_page(linear, bytes)) {
        for (u8 n = 0; n < bytes; n++)
            value |= load_linear(i, linear + n, 1, access) << 8 * n;
        return value;
    }
    if (faulted(i) || !linear_to_physical(i, linear, access, &at))
        return 0;
    return physical_read(i->cpu, i->ops, at, bytes);
}

void store_linear(struct insn *i, u32 linear, u32 value, u8 bytes, u8 access)
{
    paddr at;

    access |= X86_WRITE;
    if (faulted(i))
        return;
    if (crosses_page(linear, bytes)) {
        if (probe(i, linear, bytes, access))
            for (u8 n = 0; n < bytes; n++)
                store_linear(i, linear + n, value >> 8 * n, 1, access);
        return;
    }
    if (!linear_to_physical(i, linear, access, &at))
        return;
    physical_write(i->cpu, i->ops, at, value, bytes);
}

/* ---- segment:offset ------------------------------------------------------------------------ */

static bool access_check(struct insn *i, u8 segment, u32 offset, u8 bytes, u8 access, u32 *linear)
{
    struct x86_cpu *cpu = i->cpu;

    if (faulted(i) || !segment_check(i, segment, offset, bytes, access))
        return false;
    *linear = cpu->seg[segment].base + offset;
    if (*linear & (bytes - 1) && cpu->cpl == 3 && cpu->eflags & EFLAGS_AC && cpu->cr0 & CR0_AM) {
        fault(i, VECTOR_AC, 0);
        return false;
    }
    breakpoint(i, access & X86_WRITE ? BREAK_WRITE : BREAK_ACCESS, *linear, bytes);
    return true;
}

/* The usual case in few steps: real mode, inside the limit, inside a page. NULL: it is not that case. */
INLINE u8 *direct(struct insn *i, u8 segment, u32 offset, u8 bytes, bool write)
{
    const struct x86_segment *s = &i->cpu->seg[segment];
    u32 linear = s->base + offset;

    if (i->slow || s->access & (SEG_UNUSABLE | SEG_EXPAND_DOWN) || faulted(i) || offset > s->limit ||
        s->limit - offset < bytes - 1u || crosses_page(linear, bytes))
        return NULL;
    return i->ops->ram(i->cpu, linear, write);
}

u32 load(struct insn *i, u8 segment, u32 offset, u8 bytes, u8 access)
{
    u8 *p = direct(i, segment, offset, bytes, access & X86_WRITE);
    u32 linear;

    if (p)
        return host_read(p, bytes);
    return access_check(i, segment, offset, bytes, access, &linear) ? load_linear(i, linear, bytes, access | i->user) : 0;
}

void store(struct insn *i, u8 segment, u32 offset, u32 value, u8 bytes)
{
    u8 *p = direct(i, segment, offset, bytes, true);
    u32 linear;

    if (p)
        host_write(p, value, bytes);
    else if (access_check(i, segment, offset, bytes, X86_WRITE, &linear))
        store_linear(i, linear, value, bytes, i->user);
}

static bool host_exchange(u8 *p, u32 old, u32 value, u8 bytes)
{
    bool equal;

    if (bytes == 4)
        asm volatile("lock cmpxchgl %k3, %1" : "=@ccz"(equal), "+m"(*(struct any32 *)p), "+a"(old) : "r"(value) : "memory");
    else if (bytes == 2)
        asm volatile("lock cmpxchgw %w3, %1" : "=@ccz"(equal), "+m"(*(struct any16 *)p), "+a"(old) : "r"(value) : "memory");
    else
        asm volatile("lock cmpxchgb %b3, %1" : "=@ccz"(equal), "+m"(*p), "+a"(old) : "q"(value) : "memory");
    return equal;
}

void store_locked(struct insn *i, u8 segment, u32 offset, u32 value, u8 bytes)
{
    u32 linear;
    u8 *p;

    if (!access_check(i, segment, offset, bytes, X86_WRITE, &linear))
        return;
    p = crosses_page(linear, bytes) ? NULL : reach(i, linear, X86_WRITE | i->user);
    if (!p)
        store_linear(i, linear, value, bytes, i->user);
    else if (!host_exchange(p, i->old, value, bytes))
        i->fault = FAULT_RETRY;
}

static u64 host_exchange8(u8 *p, u64 expected, u64 value)
{
    u32 low = (u32)expected, high = (u32)(expected >> 32);

    asm volatile("lock cmpxchg8b %0" : "+m"(*(struct any64 *)p), "+a"(low), "+d"(high)
                 : "b"((u32)value), "c"((u32)(value >> 32)) : "memory", "cc");
    return (u64)high << 32 | low;
}

/* It always writes, what it found if nothing else. */
u64 exchange8(struct insn *i, u64 expected, u64 value)
{
    u32 linear = i->cpu->seg[i->ea_segment].base + i->ea;
    u64 found;
    u8 *p;

    if (!segment_check(i, i->ea_segment, i->ea, 8, X86_WRITE))
        return 0;
    breakpoint(i, BREAK_WRITE, linear, 8);
    p = crosses_page(linear, 8) ? NULL : reach(i, linear, X86_WRITE | i->user);
    if (p)
        return host_exchange8(p, expected, value);
    found = load(i, i->ea_segment, i->ea, 4, X86_WRITE) | (u64)load(i, i->ea_segment, i->ea + 4, 4, X86_WRITE) << 32;
    if (found != expected)
        value = found;
    store(i, i->ea_segment, i->ea, (u32)value, 4);
    store(i, i->ea_segment, i->ea + 4, (u32)(value >> 32), 4);
    return found;
}
