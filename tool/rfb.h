/* SPDX-License-Identifier: BSD-2-Clause */
/* The client's side of RFB (RFC 6143), as much as Bochs' display needs: keys, and the screen as the server tells it. */
#ifndef RFB_H
#define RFB_H

#include "picture.h"
#include <stdbool.h>

struct rfb {
    int fd;                      /* -1: not connected */
    struct { uint8_t bits, depth, big_endian, true_color; uint16_t max[3]; uint8_t shift[3]; } format;
    struct picture frame;        /* the screen as it was told last */
    bool whole;                  /* all of it was told since rfb_ask */
};

/*
 * Connect to 127.0.0.1:`port`; false when nobody answers. The server sends updates from now on, asked for or not, and waits
 * when they are not taken: call rfb_receive whenever `fd` has something to read.
 */
bool rfb_open(struct rfb *r, unsigned port);
void rfb_close(struct rfb *r);

/* Name the encodings that we take; rfb_open did, and Bochs logs it each time. */
bool rfb_encodings(struct rfb *r);

/* Press or release the key with this X keysym. */
bool rfb_key(struct rfb *r, uint32_t keysym, bool down);

/* Ask for the whole screen. */
bool rfb_ask(struct rfb *r);

/* Take one message of the server into the frame. False: the connection is lost, or the server speaks what it should not. */
bool rfb_receive(struct rfb *r);

#endif
