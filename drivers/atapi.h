/* SPDX-License-Identifier: BSD-2-Clause */
/* CD drives: packet commands beyond struct disk_ops. */
#ifndef ATAPI_H
#define ATAPI_H

#include "disk.h"

/* Wait, some seconds at most, until the drive has a readable medium; a DISK_ code. */
u8 atapi_spin_up(drive_t d);

/* Lock or unlock the door, open it; a DISK_ code. */
u8 atapi_lock(drive_t d, bool locked);
u8 atapi_eject(drive_t d);

/* Sectors of 2048 bytes on the medium; a DISK_ code. */
u8 atapi_capacity(drive_t d, u32 *sectors);

#endif
