/* SPDX-License-Identifier: BSD-2-Clause */
/* POST: checksums of the structures that systems scan for: all bytes add up to 0. */
#include "post.h"

extern POSTVAR u8 pnp_header[], pmm_header[], bios32_header[];

static void seal(u8 __seg_gs *header, u8 length, u8 checksum)
{
    u8 sum = 0;

    header[checksum] = 0;
    for (u8 i = 0; i < length; i++)
        sum += header[i];
    header[checksum] = -sum;
}

void headers_init(void)
{
    seal(pnp_header, 0x21, 8);
    seal(pmm_header, 0x10, 6);
    seal(bios32_header, 0x10, 10);
}
