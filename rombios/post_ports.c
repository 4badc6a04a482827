/* SPDX-License-Identifier: BSD-2-Clause */
/* POST: which serial and parallel ports there are. A port whose register holds what was written exists. */
#include "post.h"
#include "hw/io.h"
#include "hw/lpt.h"
#include "hw/uart.h"
#include "spec/bda.h"

ROM u16 com_ports[4] = { COM1_PORT, COM2_PORT, COM3_PORT, COM4_PORT };
ROM u16 lpt_ports[3] = { LPT1_PORT, LPT2_PORT, LPT3_PORT };

static bool com_exists(u16 port)
{
    outb(port + UART_IER, 0x02);
    bool there = inb(port + UART_IER) == 0x02;
    outb(port + UART_IER, 0);
    return there && inb(port + UART_IER) == 0;
}

static bool lpt_exists(u16 port)
{
    outb(port + LPT_DATA, 0xAA);
    if (inb(port + LPT_DATA) != 0xAA)
        return false;
    outb(port + LPT_CONTROL, LPT_CONTROL_INIT | LPT_CONTROL_SELECT);
    return true;
}

void ports_init(void)
{
    u8 coms = 0, lpts = 0;

    fs_load(SEG_BDA);
    for (u8 i = 0; i < ARRAY_SIZE(com_ports); i++)
        if (com_exists(com_ports[i]))
            BDA->com_port[coms++] = com_ports[i];
    for (u8 i = 0; i < ARRAY_SIZE(lpt_ports); i++)
        if (lpt_exists(lpt_ports[i]))
            BDA->lpt_port[lpts++] = lpt_ports[i];
    BDA->equipment |= coms << EQUIPMENT_COM_SHIFT | lpts << EQUIPMENT_LPT_SHIFT;
}
