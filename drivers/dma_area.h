/* SPDX-License-Identifier: BSD-2-Clause */
/* Who uses which part of the DMA area (abi/handoff.h); its first bytes are a ROM header. */
#ifndef DMA_AREA_H
#define DMA_AREA_H

#include "abi/handoff.h"

#define DMA_REQUEST      0x0200          /* virtio request: what is neither queue nor data */
#define DMA_AHCI_LIST    0x0400          /* 1 KiB aligned: slot 0 of the command list */
#define DMA_AHCI_TABLE   0x0480          /* 128 aligned: its command table, one region */
#define DMA_AHCI_FIS     0x0600          /* 256 aligned: received FIS */
#define DMA_BOUNCE       0x0800          /* 2 KiB: a CD sector that somebody wants a part of */
#define DMA_QUEUES       0x1000          /* page aligned, to 5FFFh: the queues of the controller in use, dma_owner */
#define DMA_COPY         0x6000          /* 8 KiB: data on its way where linear memory is not physical */
#define DMA_COPY_SIZE    0x2000
#define DMA_ADDRESS(offset)  (((u32)DMA_AREA_SEGMENT << 4) + (offset))

/* bdf of the virtio or NVMe function whose queues lie in the area; 0 for none. Who is used next takes it over. dma_copy.c */
extern u16 dma_owner;

/* A word of the area that a controller writes; FS = DMA_AREA_SEGMENT. */
typedef const volatile u16 __seg_fs *dma_word_t;

/* Look whether the bits `mask` of the word are `value`, again and again for as long as a fast device takes. dma_wait.c */
bool dma_spin(dma_word_t at, u16 mask, u16 value);

/* The same, then let interrupts run between looks, for `us` microseconds: DISK_OK or DISK_ETIMEOUT. */
u8 dma_wait(dma_word_t at, u16 mask, u16 value, u32 us);

#endif
