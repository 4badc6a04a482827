/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keyboard controller and the devices behind it. Intel 8042; IBM PS/2 Hardware Interface
 * Technical Reference, "Keyboard and Auxiliary Device Controller".
 */
#ifndef HW_KBC_H
#define HW_KBC_H

#define KBC_DATA             0x60
#define KBC_STATUS           0x64
#define KBC_STATUS_OBF       0x01   /* a byte waits in KBC_DATA */
#define KBC_STATUS_IBF       0x02   /* the controller is busy with our byte */
#define KBC_STATUS_AUX       0x20   /* the waiting byte is the mouse's */
#define KBC_CMD              0x64
#define KBC_CMD_READ_MODE    0x20
#define KBC_CMD_WRITE_MODE   0x60
#define KBC_CMD_DISABLE_AUX  0xA7
#define KBC_CMD_ENABLE_AUX   0xA8
#define KBC_CMD_SELF_TEST    0xAA   /* answers 55h */
#define KBC_CMD_DISABLE_KBD  0xAD
#define KBC_CMD_ENABLE_KBD   0xAE
#define KBC_CMD_READ_OUTPUT  0xD0
#define KBC_CMD_WRITE_OUTPUT 0xD1
#define KBC_CMD_WRITE_AUX    0xD4   /* next byte goes to the mouse */
#define KBC_CMD_A20_OFF      0xDD   /* some controllers: the gate without a byte behind */
#define KBC_CMD_A20_ON       0xDF
#define KBC_CMD_RESET        0xFE   /* pulse the reset line */
#define KBC_SELF_TEST_OK     0x55
#define KBC_MODE_KBD_IRQ     0x01
#define KBC_MODE_AUX_IRQ     0x02
#define KBC_MODE_SYSTEM      0x04
#define KBC_MODE_KBD_OFF     0x10
#define KBC_MODE_AUX_OFF     0x20
#define KBC_MODE_TRANSLATE   0x40   /* set 2 to set 1 */
#define KBC_OUTPUT_A20       0x02

#define PORT_A               0x92   /* system control port A */
#define PORT_A_RESET         0x01
#define PORT_A_A20           0x02

#define KBD_CMD_LEDS         0xED
#define KBD_CMD_TYPEMATIC    0xF3
#define KBD_CMD_ENABLE       0xF4
#define KBD_CMD_DEFAULTS     0xF6
#define KBD_ACK              0xFA
#define KBD_RESEND           0xFE

#define AUX_CMD_SCALE_1_1    0xE6
#define AUX_CMD_SCALE_2_1    0xE7
#define AUX_CMD_RESOLUTION   0xE8
#define AUX_CMD_STATUS       0xE9
#define AUX_CMD_GET_ID       0xF2
#define AUX_CMD_RATE         0xF3
#define AUX_CMD_ENABLE       0xF4
#define AUX_CMD_DISABLE      0xF5
#define AUX_CMD_DEFAULTS     0xF6
#define AUX_CMD_RESET        0xFF
#define AUX_BAT_OK           0xAA
#define AUX_ID_WHEEL         0x03

#endif
