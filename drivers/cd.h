/* SPDX-License-Identifier: BSD-2-Clause */
/* CD drives: what INT 13h and El Torito need beyond struct disk_ops. */
#ifndef CD_H
#define CD_H

#include "disk.h"

#define CD_SECTOR     2048

/* struct disk_ops of CD drives, whatever carries their packets. */
u8 cd_transfer(drive_t d, struct transfer *t);

/* Wait, some seconds at most, until the drive has a readable medium; a DISK_ code. */
u8 cd_spin_up(drive_t d);

/* Lock or unlock the door, open it; a DISK_ code. */
u8 cd_lock(drive_t d, bool locked);
u8 cd_eject(drive_t d);

/* Sectors of 2048 bytes on the medium; a DISK_ code. */
u8 cd_capacity(drive_t d, u32 *sectors);

#endif
