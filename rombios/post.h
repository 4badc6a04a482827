/* SPDX-License-Identifier: BSD-2-Clause */
/* The steps of POST, in the order post() takes them. */
#ifndef POST_H
#define POST_H

#include "bios.h"

void ivt_init(void);            /* interrupt vectors to the BIOS' entries */
void bda_init(void);            /* BIOS data area and EBDA; memory sizes from the E820 map */
void headers_init(void);        /* $PnP, $PMM, _32_ */
void pic_init(void);            /* IRQ 0-7 at vectors 08h-0Fh, 8-15 at 70h-77h */
void pit_init(void);            /* IRQ0 at 18.2 Hz */
void rtc_init(void);            /* real-time clock; time of day to 40:6C */
void fpu_init(void);            /* coprocessor: IRQ13, equipment bit 1 */
void ports_init(void);          /* COM1-4, LPT1-3 to the BDA */
void keyboard_init(void);       /* controller, keyboard, mouse */
void video_init(void);          /* VGA BIOS, or INT 10h on the serial port */
void option_roms_init(void);    /* option ROMs in C8000-DFFFF and on PCI cards; PMM while they start */
void trace_init(void);          /* what trace= asks for, before the services' entries */
void shadow_lock(void);         /* ROM areas become read-only */
void serial_console_init(void); /* mirror INT 10h to COM1, keys from it */

#endif
