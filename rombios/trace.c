/* SPDX-License-Identifier: BSD-2-Clause */
/* POST: the services that trace= names get an entry before their own; entry_trace.S. */
#include "post.h"
#include "abi/trace.h"

#define IVT ((struct farptr __seg_fs *)0)
#define ROM_SEGMENT  0xF000

extern ROM_EXT char trace_10[], trace_13[], trace_15[], trace_16[];

POSTVAR struct farptr trace_before[4];     /* who served them; entry_trace.S */

static void trace(u8 index, u8 vector, const __seg_gs char *entry)
{
    if (!(HANDOFF->trace & 1 << index))
        return;
    trace_before[index].offset = IVT[vector].offset;
    trace_before[index].segment = IVT[vector].segment;
    IVT[vector].offset = (u16)(u32)entry;
    IVT[vector].segment = ROM_SEGMENT;
}

void trace_init(void)
{
    if (!HANDOFF->trace || !HANDOFF->debug_port)
        return;
    fs_load(0);
    trace(0, 0x10, trace_10);
    trace(1, 0x13, trace_13);
    trace(2, 0x15, trace_15);
    trace(3, 0x16, trace_16);
}
