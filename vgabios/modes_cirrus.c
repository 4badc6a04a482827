/* SPDX-License-Identifier: BSD-2-Clause */
/* VBE modes of the Cirrus card. */
#include "card.h"

bool card_mode(u32 *next, struct vbe_mode *m)
{
    return false;
}
