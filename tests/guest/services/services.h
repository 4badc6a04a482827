/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts of the service test, in the order main.c runs them. */
#ifndef SERVICES_TEST_H
#define SERVICES_TEST_H

#include "../guest.h"

#define BDA  0x0040
#define F    0xF000

void test_data(void);       /* what programs know by address */
void test_memory(void);     /* INT 12h, INT 15h E820 E801 88 87 24xx C0 C1 */
void test_clock(void);      /* INT 1Ah, IRQ0, INT 15h 83 86 */
void test_keyboard(void);   /* INT 09h, INT 16h */
void test_pci(void);        /* INT 1Ah B1xx, BIOS32, APM, PnP */
void test_ports(void);      /* INT 14h, 17h, 11h, C2xx */
void test_callers(void);    /* every service with odd registers, flags and a small stack */

#endif
