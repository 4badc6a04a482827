/* SPDX-License-Identifier: BSD-2-Clause */
/* Who uses which part of the DMA area (abi/handoff.h); its first bytes are a ROM header. */
#ifndef DMA_AREA_H
#define DMA_AREA_H

#include "abi/handoff.h"

#define DMA_BOUNCE       0x0800          /* 2 KiB: a CD sector that somebody wants a part of */
#define DMA_VIRTIO       0x1000          /* one page and more: virtqueue and request */
#define DMA_ADDRESS(offset)  (((u32)DMA_AREA_SEGMENT << 4) + (offset))

#endif
