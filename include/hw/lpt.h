/* SPDX-License-Identifier: BSD-2-Clause */
/* Parallel port. IBM PC AT Technical Reference, "Parallel Port". */
#ifndef HW_LPT_H
#define HW_LPT_H

#define LPT_DATA            0
#define LPT_STATUS          1
#define LPT_STATUS_BUSY     0x80   /* 0 = busy */
#define LPT_STATUS_ACK      0x40   /* 0 = acknowledge */
#define LPT_CONTROL         2
#define LPT_CONTROL_STROBE  0x01
#define LPT_CONTROL_INIT    0x04   /* 0 = initialise */
#define LPT_CONTROL_SELECT  0x08

#define LPT1_PORT           0x378
#define LPT2_PORT           0x278
#define LPT3_PORT           0x3BC

#endif
