/* SPDX-License-Identifier: BSD-2-Clause */
/* Selectors of the loader's GDT (enter_real.S). */
#ifndef SELECTORS_H
#define SELECTORS_H

#define SELECTOR_CODE32  0x08
#define SELECTOR_DATA32  0x10
#define SELECTOR_CODE16  0x18
#define SELECTOR_DATA16  0x20

#endif
