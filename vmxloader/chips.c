/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The board's old chips, made quiet: earlier firmware may have left interrupts, DMA and a
 * serial port running. POST of the BIOS sets them up.
 */
#include "loader.h"
#include "hw/io.h"
#include "hw/pic.h"

#define PORT_92            0x92
#define PORT_92_RESET      0x01
#define PORT_92_A20        0x02
#define DMA1_MASTER_CLEAR  0x0D
#define DMA2_MASTER_CLEAR  0xDA
#define COM1_IER           0x3F9
#define COM1_FCR           0x3FA
#define FCR_CLEAR_BOTH     0x06   /* and FIFO off */

void setup_chips(void)
{
    outb(PIC1_DATA, 0xFF);
    outb(PIC2_DATA, 0xFF);
    outb(DMA1_MASTER_CLEAR, 0);
    outb(DMA2_MASTER_CLEAR, 0);
    outb(COM1_IER, 0);
    outb(COM1_FCR, FCR_CLEAR_BOTH);
    outb(PORT_92, (inb(PORT_92) | PORT_92_A20) & ~PORT_92_RESET);
}
