/* SPDX-License-Identifier: BSD-2-Clause */
#include "picture.h"
#include "message.h"
#include <ctype.h>
#include <errno.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST_SIDE 16384u

static unsigned ppm_number(const uint8_t **at, const uint8_t *end)
{
    unsigned value = 0;

    while (*at < end && isspace(**at))
        ++*at;
    while (*at < end && isdigit(**at) && value <= LARGEST_SIDE)
        value = value * 10 + (unsigned)(*(*at)++ - '0');
    return value;
}

int picture_from_ppm(struct picture *p, const uint8_t *data, size_t bytes)
{
    const uint8_t *at = data + 2, *end = data + bytes;

    if (bytes < 8 || memcmp(data, "P6", 2))
        return -1;
    unsigned width = ppm_number(&at, end), height = ppm_number(&at, end), top = ppm_number(&at, end);
    if (!width || !height || width > LARGEST_SIDE || height > LARGEST_SIDE || top != 255 || at >= end)
        return -1;
    size_t need = (size_t)width * height * 3;
    at++;
    if ((size_t)(end - at) < need)
        return -1;
    *p = (struct picture){ width, height, allocate(need, 1) };
    memcpy(p->rgb, at, need);
    return 0;
}

static int write_png(const struct picture *p, const char *path)
{
    png_image image = { .version = PNG_IMAGE_VERSION, .width = p->width, .height = p->height, .format = PNG_FORMAT_RGB };

    if (png_image_write_to_file(&image, path, 0, p->rgb, 0, NULL))
        return 0;
    return fault(DFW_USAGE, "%s: %s", path, image.message);
}

int picture_write(const struct picture *p, const char *path)
{
    size_t length = strlen(path), bytes = (size_t)p->width * p->height * 3;

    if (length > 4 && !strcmp(path + length - 4, ".png"))
        return write_png(p, path);
    FILE *file = fopen(path, "wbe");
    if (!file)
        return fault(DFW_USAGE, "%s: %s", path, strerror(errno));
    fprintf(file, "P6\n%u %u\n255\n", p->width, p->height);
    fwrite(p->rgb, 1, bytes, file);
    return fclose(file) ? fault(DFW_USAGE, "%s: %s", path, strerror(errno)) : 0;
}
