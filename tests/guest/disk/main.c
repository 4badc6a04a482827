/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 13h: hard disk, floppy and CD, called as programs call them. The disk it boots from is written to. */
#include "disk.h"

struct edd_packet packet;
u8 status;

bool int13(struct regs *r, u16 ax, u8 drive)
{
    r->ax = ax;
    r->dl = drive;
    r->flags = FLAG_IF;
    call_bios(0x13, r);
    return !(r->flags & FLAG_CF);
}

bool edd(u8 function, u8 drive, u32 lba, u16 count, u16 segment, u16 offset)
{
    struct regs r = { .esi = (u32)&packet };
    bool done;

    packet.size = EDD_PACKET_SIZE;
    packet.count = count;
    packet.buffer.segment = segment;
    packet.buffer.offset = offset;
    packet.lba = lba;
    packet.lba_high = 0;
    done = int13(&r, function << 8, drive);
    status = r.ah;
    return done;
}

void fill(u16 segment, u16 offset, u16 bytes, u8 seed)
{
    while (bytes--) {
        far_write8(segment, offset, (u8)(offset * 7 + (offset >> 8) + seed));
        offset++;
    }
}

bool same(u16 segment, u16 offset, u16 bytes, u8 seed)
{
    for (u16 i = 0; i < bytes; i++)
        if (far_read8(segment + ((u32)offset + i) / 16, ((u32)offset + i) % 16) != (u8)(i * 7 + (i >> 8) + seed))
            return false;
    return true;
}

void guest_main(u8 drive)
{
    test_parameters(drive);
    test_edd(drive);
    test_chs(drive);
    test_errors(drive);
    test_floppy();
    test_interrupt();
    test_el_torito();
    test_cd();
    plan_done();
}
