/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI IRQ routing table: Microsoft, "PCI IRQ Routing Table Specification", 1.0. */
#ifndef SPEC_PIR_H
#define SPEC_PIR_H

#include "types.h"

struct pir_header {
    char signature[4];        /* "$PIR" */
    u16  version, length;     /* 0100h; bytes of the whole table */
    u8   router_bus, router_devfn;
    u16  exclusive_irqs;
    u32  router_id;           /* a compatible router: vendor, device */
    u32  miniport;
    u8   reserved[11], checksum;
} PACKED;
SIZE_ASSERT(struct pir_header, 32);

struct pir_slot {
    u8 bus, devfn;
    struct { u8 link; u16 irqs; } PACKED pin[4];
    u8 slot, reserved;
} PACKED;
SIZE_ASSERT(struct pir_slot, 16);

#endif
