/* SPDX-License-Identifier: BSD-2-Clause */
/* The interval timer. Intel 8254 data sheet (231164). */
#ifndef HW_PIT_H
#define HW_PIT_H

#define PIT_COUNTER0       0x40   /* IRQ0 */
#define PIT_COUNTER2       0x42   /* speaker */
#define PIT_CONTROL        0x43
#define PIT_CONTROL_0_RATE 0x34   /* counter 0, low then high byte, mode 2 */
#define PIT_LATCH_0        0x00   /* latch counter 0 */

#define PIT_HZ             1193182u

#define PORT_B             0x61   /* speaker gate, parity */
#define PORT_B_NMI_ERRORS  0xC0   /* bit 7 parity, bit 6 I/O channel check */

#endif
