/* SPDX-License-Identifier: BSD-2-Clause */
/* VBE modes of the Cirrus card. */
#include "card.h"

ROM_EXT struct vbe_mode vbe_modes[] = {
    { 0 },
};
