/* SPDX-License-Identifier: BSD-2-Clause */
/* POST: option ROMs. BIOS Boot Specification 1.01, 3.3; PCI Firmware Specification 3.0, chapter 5. */
#include "post.h"
#include "rom_header.h"

#define ROM_AREA_START  0xC800
#define ROM_AREA_END    0xE000
#define ROM_STEP        0x80     /* 2 KiB */
#define INIT_VECTOR     3

extern ROM_EXT char pnp_header[];

static u8 checksum(u16 segment, u32 bytes)
{
    u32 sum = 0;

    fs_load(segment);
    for (u32 i = 0; i < bytes; i += 4) {
        u32 v = *(u32 __seg_fs *)i;
        sum += (v & 0x00FF00FF) + (v >> 8 & 0x00FF00FF);
    }
    return sum + (sum >> 16);
}

bool rom_present(u16 segment)
{
    u8 blocks;

    fs_load(segment);
    if (ROM_HEADER->signature != ROM_SIGNATURE)
        return false;
    blocks = ROM_HEADER->blocks;
    return blocks && blocks <= 0x7F && (segment == VGA_ROM_SEGMENT || !checksum(segment, blocks * ROM_BLOCK));
}

void rom_call_init(u16 segment, u16 bdf)
{
    struct regs16 r = { .ax = bdf, .bx = 0xFFFF, .dx = 0xFFFF, .es = 0xF000, .cs = segment, .ip = INIT_VECTOR };

    r.di = (u16)(u32)pnp_header;
    call_far(&r);
}

void option_roms_init(void)
{
    for (u32 segment = ROM_AREA_START; segment < ROM_AREA_END;) {
        if (!rom_present(segment)) {
            segment += ROM_STEP;
            continue;
        }
        log_print(ROMSTR("option ROM at %04x\n"), segment);
        rom_call_init(segment, 0);
        fs_load(segment);
        segment = ALIGN_UP(segment + ROM_HEADER->blocks * (ROM_BLOCK / 16), ROM_STEP);
    }
}
