/* SPDX-License-Identifier: BSD-2-Clause */
/* DMA controllers. Intel 8237A data sheet (231466); page registers: IBM PC AT Technical Reference. */
#ifndef HW_DMA8237_H
#define HW_DMA8237_H

#define DMA1_ADDRESS_2       0x04    /* channel 2: the floppy controller's */
#define DMA1_COUNT_2         0x05    /* bytes - 1 */
#define DMA1_PAGE_2          0x81    /* address bits 23:16 */
#define DMA1_MASK            0x0A    /* bits 1:0 channel */
#define DMA1_MASK_SET        0x04
#define DMA1_MODE            0x0B
#define DMA1_MODE_SINGLE     0x40
#define DMA1_MODE_TO_MEMORY  0x04
#define DMA1_MODE_FROM_MEMORY 0x08
#define DMA1_CLEAR_FLIPFLOP  0x0C
#define DMA2_MASK            0xD4
#define DMA2_MODE            0xD6
#define DMA2_MODE_CASCADE    0xC0    /* channel 4 carries the first controller */

#endif
