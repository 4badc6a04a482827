/* SPDX-License-Identifier: BSD-2-Clause */
/* Registers of a virtio device, for the queue's sake: virtio_pci.c has them, virtio_queue.c uses them. */
#ifndef VIRTIO_REGISTERS_H
#define VIRTIO_REGISTERS_H

#include "virtio.h"

/* Device status, either interface; 0 resets. */
void virtio_status(const struct virtio *v, u8 status);

/* Modern interface: `bytes` at `offset` in a capability's structure, and in the common one. */
u32 virtio_read(const struct virtio *v, u8 capability, u32 offset, u8 bytes);
void virtio_write(const struct virtio *v, u32 offset, u8 bytes, u32 value);

/* Point the window there: each access to its data register is one to the structure. */
void virtio_aim(const struct virtio *v, u8 capability, u32 offset, u8 bytes);

#endif
