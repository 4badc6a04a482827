/* SPDX-License-Identifier: BSD-2-Clause */
/* Cirrus Logic GD5446. */
#define PCIR_VENDOR 0x1013
#define PCIR_DEVICE 0x00B8
#include "pcir.h"
