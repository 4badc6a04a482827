/* SPDX-License-Identifier: BSD-2-Clause */
/* Which writes move the A20 gate: IBM PS/2 Hardware Interface Technical Reference, "System Control Port A", "Keyboard Controller". */
#include "a20.h"
#include "hw/kbc.h"

bool a20_port(u16 port)
{
    return port == KBC_DATA || port == KBC_CMD || port == PORT_A;
}

static u8 gate(struct a20 *a, u8 value, u8 bit)
{
    a->off = !(value & bit);
    return value | bit;
}

u8 a20_write(struct a20 *a, u16 port, u8 value)
{
    u8 command = a->awaited;

    if (port == PORT_A)
        return gate(a, value, PORT_A_A20);
    if (port == KBC_CMD) {
        a->awaited = value == KBC_CMD_WRITE_OUTPUT || value == KBC_CMD_READ_OUTPUT ? value : 0;
        if (value == KBC_CMD_A20_OFF || value == KBC_CMD_A20_ON)
            a->off = value == KBC_CMD_A20_OFF;
        return value == KBC_CMD_A20_OFF ? KBC_CMD_A20_ON : value;
    }
    a->awaited = 0;
    return command == KBC_CMD_WRITE_OUTPUT ? gate(a, value, KBC_OUTPUT_A20) : value;
}

u8 a20_read(struct a20 *a, u16 port, u8 value)
{
    u8 bit = port == PORT_A ? PORT_A_A20 : port == KBC_DATA && a->awaited == KBC_CMD_READ_OUTPUT ? KBC_OUTPUT_A20 : 0;

    if (port == KBC_DATA && a->awaited == KBC_CMD_READ_OUTPUT)
        a->awaited = 0;
    return a->off ? value & ~bit : value;
}
