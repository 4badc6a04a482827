/* SPDX-License-Identifier: BSD-2-Clause */
/* The standard card of QEMU and Bochs. */
#define PCIR_VENDOR 0x1234
#define PCIR_DEVICE 0x1111
#include "pcir.h"
