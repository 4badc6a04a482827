/* SPDX-License-Identifier: BSD-2-Clause */
/* Serial port. National PC16550D data sheet. */
#ifndef HW_UART_H
#define HW_UART_H

#define UART_DATA           0
#define UART_DLL            0      /* with LCR_DLAB */
#define UART_IER            1
#define UART_DLM            1      /* with LCR_DLAB */
#define UART_IIR            2
#define UART_FCR            2
#define UART_FCR_ENABLE     0x01
#define UART_FCR_CLEAR      0x06
#define UART_LCR            3
#define UART_LCR_8N1        0x03
#define UART_LCR_DLAB       0x80
#define UART_MCR            4
#define UART_MCR_DTR        0x01
#define UART_MCR_RTS        0x02
#define UART_MCR_OUT2       0x08
#define UART_LSR            5
#define UART_LSR_DR         0x01   /* a byte was received */
#define UART_LSR_THRE       0x20   /* room for a byte to send */
#define UART_MSR            6
#define UART_MSR_CTS        0x10
#define UART_MSR_DSR        0x20
#define UART_SCR            7

#define UART_CLOCK          115200u   /* divisor 1 */

#define COM1_PORT           0x3F8
#define COM2_PORT           0x2F8
#define COM3_PORT           0x3E8
#define COM4_PORT           0x2E8

#endif
