/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 76h and 77h: a program that drives an IDE channel by itself, its interrupt on, finds 40:8E set. */
#include "disk.h"
#include "hw/ata.h"
#include "hw/pic.h"

#define DISK_IRQ  0x8E      /* 40:8E: FFh by the interrupt */
#define PATIENCE  1000000u

static u8 in_service(u16 port)
{
    outb(port, PIC_READ_ISR);
    return inb(port);
}

/* IDENTIFY DEVICE ends with an interrupt on a disk and on a CD, which refuses it. */
static void test_channel(u16 port, u16 control, const char *what)
{
    outb(port + ATA_DEVICE, ATA_DEVICE_OBSOLETE);
    u8 ready = inb(port + ATA_STATUS);
    if (!ready || ready & ATA_STATUS_BSY)
        return;
    far_write8(BDA, DISK_IRQ, 0);
    asm volatile("sti");
    outb(control, ATA_CONTROL_HS3);
    outb(port + ATA_COMMAND, ATA_IDENTIFY);
    for (u32 n = PATIENCE; n && !far_read8(BDA, DISK_IRQ); n--)
        ;
    check_equal(far_read8(BDA, DISK_IRQ), 0xFF, what);
    check(!in_service(PIC1_CMD) && !in_service(PIC2_CMD), "INT 76h: ends the interrupt at both controllers");
    while (inb(port + ATA_STATUS) & ATA_STATUS_DRQ)
        inw(port);
}

void test_interrupt(void)
{
    test_channel(ATA1_COMMAND_BLOCK, ATA1_CONTROL_BLOCK, "INT 76h: IRQ14 sets 40:8E");
    test_channel(ATA2_COMMAND_BLOCK, ATA2_CONTROL_BLOCK, "INT 76h: IRQ15 sets 40:8E");
}
