/* SPDX-License-Identifier: BSD-2-Clause */
/* The Bochs display interface ("DISPI") of Bochs' and QEMU's standard VGA. QEMU docs/specs/standard-vga. */
#ifndef HW_DISPI_H
#define HW_DISPI_H

#define DISPI_INDEX          0x1CE
#define DISPI_DATA           0x1CF

#define DISPI_ID             0x0
#define DISPI_ID0            0xB0C0
#define DISPI_ID2            0xB0C2   /* first with a linear frame buffer and 15-32 bits */
#define DISPI_ID5            0xB0C5   /* first that tells its memory size */
#define DISPI_XRES           0x1
#define DISPI_YRES           0x2
#define DISPI_BPP            0x3
#define DISPI_ENABLE         0x4
#define DISPI_ENABLE_ON      0x01
#define DISPI_ENABLE_CAPS    0x02     /* XRES, YRES, BPP read the limits */
#define DISPI_ENABLE_DAC8    0x20     /* 8 bits a colour in the DAC */
#define DISPI_ENABLE_LFB     0x40
#define DISPI_ENABLE_NOCLEAR 0x80
#define DISPI_BANK           0x5      /* 64 KiB units at A0000h */
#define DISPI_VIRT_WIDTH     0x6
#define DISPI_VIRT_HEIGHT    0x7
#define DISPI_X_OFFSET       0x8
#define DISPI_Y_OFFSET       0x9
#define DISPI_MEMORY_64K     0xA

#define DISPI_LFB_ISA        0xE0000000u  /* no PCI: Bochs' place */
#define DISPI_MEMORY_OLD     0x400000u    /* before ID5: 4 MiB */

#endif
