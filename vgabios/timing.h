/* SPDX-License-Identifier: BSD-2-Clause */
/* The CRTC for a picture of any size. timing.c */
#ifndef TIMING_H
#define TIMING_H

#include "card.h"

/* Up to 2048x1024 dots; a higher picture is shown interlaced, which is the card's affair. The line length is not set. */
void timing_set(const struct vbe_mode *m);

#endif
