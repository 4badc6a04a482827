/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NVMe: the controller's registers through the window at E8000, and commands by one admin and one I/O queue in the DMA
 * area. A drive's `unit` is its namespace.
 */
#ifndef NVME_H
#define NVME_H

#include "disk.h"
#include "dma_area.h"
#include "hw/nvme.h"

/* Queues and lists, from DMA_QUEUES: a page each */
#define NVME_ADMIN_SQ  (DMA_QUEUES)
#define NVME_ADMIN_CQ  (DMA_QUEUES + 1 * NVME_PAGE)
#define NVME_IO_SQ     (DMA_QUEUES + 2 * NVME_PAGE)
#define NVME_IO_CQ     (DMA_QUEUES + 3 * NVME_PAGE)
#define NVME_PRP_LIST  (DMA_QUEUES + 4 * NVME_PAGE)

/* Reset the controller and give it our queues; a DISK_ code. */
u8 nvme_start(u16 bdf);

/* An admin command without data pointers but prp1; a DISK_ code. The controller must have been started. */
u8 nvme_admin(u8 opcode, u32 space, u32 address, u32 dword10, u32 dword11);

/* ---- the window (nvme_window.c) ---- */

/* Whether the controller's registers fit the window and can be moved there: on the first bus, in a machine whose map we know. */
bool nvme_window_fits(u16 bdf);

/* Move the registers there, and back to where an operating system finds them. No interrupt runs in between. FS = the window. */
void nvme_window_open(u16 bdf);
void nvme_window_close(u16 bdf);

#define NVME_REG(offset)  (*(volatile u32 __seg_fs *)(u32)(offset))

#endif
