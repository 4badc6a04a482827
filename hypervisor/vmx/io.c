/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The three ports of the A20 gate: intercepted only where the processor ignores the real one in VMX operation, which is tried out at
 * the start, or where the word a20 asks for it.
 */
#include "vmx.h"
#include "a20.h"
#include "hw/io.h"
#include "hw/kbc.h"

#define PROBE      0x500            /* a dword of low memory, and the same above 1 MiB */
#define MIB        0x100000

static struct a20 a20;
static u8 *bitmap;                  /* two pages: ports to 7FFFh, and above */

/* Does memory above 1 MiB still show itself when the gate is shut. */
static bool gate_ignored(void)
{
    volatile u32 *low = guest_memory(PROBE, sizeof(u32)), *high = guest_memory(MIB + PROBE, sizeof(u32));
    u32 saved = *low, same = 0;
    u8 port_a = inb(PORT_A) & ~PORT_A_RESET;

    outb(PORT_A, port_a & ~PORT_A_A20);
    for (u32 value = 1; value <= 2; value++) {
        *low = value;
        same += *high == value;
    }
    *low = saved;
    outb(PORT_A, port_a | PORT_A_A20);
    return same < 2;
}

/* Also after a reset, which opens the gate. */
void vmx_setup_io(void)
{
    a20 = (struct a20){ 0 };
    bitmap = NULL;
    if (!hv.a20 && !gate_ignored())
        return;
    bitmap = pages_alloc(2);
    for (u32 port = 0; port < 0x100; port++)
        if (a20_port(port))
            bitmap[port / 8] |= 1 << port % 8;
    print("hypervisor: A20 by an alias of 100000-10FFFF\n");
}

/* The physical address of the bitmaps, or 0: no port exits. */
u64 vmx_io_bitmap(void)
{
    return bitmap ? physical(bitmap) : 0;
}

static void alias_a20(bool off)
{
    if (vmx_ops.nested_paging)
        nested_alias_a20(off);
    else
        identity_alias_a20(off);
}

void vmx_io(struct vcpu *v)
{
    u64 q = v->exit.value, mask;
    u16 port = IO_QUAL_PORT(q);
    u8 bytes = IO_QUAL_BYTES(q);
    bool was = a20.off;

    if (q & IO_QUAL_STRING)
        guest_dies(v, "string instruction at a port of the A20 gate");
    mask = bytes == 4 ? ~0ull : (1ull << 8 * bytes) - 1;
    if (q & IO_QUAL_IN) {
        u32 value = port_in(port, bytes);
        value = (value & ~0xFFu) | a20_read(&a20, port, value);
        v->gpr[RAX] = (v->gpr[RAX] & ~mask) | value;
    } else {
        port_out(port, (v->gpr[RAX] & ~0xFFull) | a20_write(&a20, port, v->gpr[RAX]), bytes);
    }
    if (a20.off != was)
        alias_a20(a20.off);
    advance(v);
}
