/* SPDX-License-Identifier: BSD-2-Clause */
/* The client's side of RFB (RFC 6143), as much as Bochs' display needs: keys and one full picture. */
#ifndef RFB_H
#define RFB_H

#include "picture.h"
#include <stdbool.h>

struct rfb {
    int fd;                      /* -1: not connected */
    unsigned width, height;
    struct { uint8_t bits, depth, big_endian, true_color; uint16_t max[3]; uint8_t shift[3]; } format;
};

/* Connect to 127.0.0.1:`port`; false when nobody answers within 3 s. */
bool rfb_open(struct rfb *r, unsigned port);
void rfb_close(struct rfb *r);

/* Press or release the key with this X keysym. */
bool rfb_key(struct rfb *r, uint32_t keysym, bool down);

/* The whole screen; waits at most 3 s for it. */
bool rfb_picture(struct rfb *r, struct picture *p);

#endif
