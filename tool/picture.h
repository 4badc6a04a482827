/* SPDX-License-Identifier: BSD-2-Clause */
/* A picture of the screen: read as PPM, written as PPM or PNG. */
#ifndef PICTURE_H
#define PICTURE_H

#include <stddef.h>
#include <stdint.h>

struct picture {
    unsigned width, height;
    uint8_t *rgb;            /* 3 bytes a pixel, owned */
};

/* Take a binary PPM (P6, 255). Returns 0, or -1 if it is none. */
int picture_from_ppm(struct picture *p, const uint8_t *data, size_t bytes);

/* Write by the ending of `path` (.png, else PPM). Returns 0 or DFW_USAGE after one line. */
int picture_write(const struct picture *p, const char *path);

#endif
