/* SPDX-License-Identifier: BSD-2-Clause */
/* Floppy drives behind the 82077 controller. */
#ifndef FLOPPY_H
#define FLOPPY_H

#include "disk.h"

extern POSTVAR u8 floppies_found;

#endif
