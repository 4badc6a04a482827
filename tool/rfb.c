/* SPDX-License-Identifier: BSD-2-Clause */
/* RFC 6143 sections 7.1 to 7.6: version 3.3, no authentication, raw rectangles in the server's format. */
#include "rfb.h"
#include "message.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define PATIENCE      3       /* seconds */
#define VERSION_BYTES 12
#define LARGEST_SIDE  4096u

enum { SECURITY_NONE = 1, SET_ENCODINGS = 2, UPDATE_REQUEST = 3, KEY_EVENT = 4, ENCODING_RAW = 0 };
#define ENCODING_DESKTOP_SIZE 0xFFFFFF21u     /* -223: the server may change the size */
enum { UPDATE = 0, COLOR_MAP = 1, BELL = 2, CUT_TEXT = 3 };

static bool get(struct rfb *r, void *to, size_t bytes)
{
    return recv(r->fd, to, bytes, MSG_WAITALL) == (ssize_t)bytes;
}

static bool put(struct rfb *r, const void *from, size_t bytes)
{
    return send(r->fd, from, bytes, MSG_NOSIGNAL) == (ssize_t)bytes;
}

static uint16_t be16(const uint8_t *p) { return (uint16_t)(p[0] << 8 | p[1]); }
static uint32_t be32(const uint8_t *p) { return (uint32_t)be16(p) << 16 | be16(p + 2); }

static bool skip(struct rfb *r, uint32_t bytes)
{
    char data[256];

    while (bytes) {
        size_t part = bytes < sizeof(data) ? bytes : sizeof(data);
        if (!get(r, data, part))
            return false;
        bytes -= (uint32_t)part;
    }
    return true;
}

static bool handshake(struct rfb *r)
{
    uint8_t data[24], shared = 1;
    static const uint8_t encodings[12] = { SET_ENCODINGS, 0, 0, 2, 0, 0, 0, ENCODING_RAW, 0xFF, 0xFF, 0xFF, 0x21 };

    if (!get(r, data, VERSION_BYTES) || !put(r, "RFB 003.003\n", VERSION_BYTES))
        return false;
    if (!get(r, data, 4) || be32(data) != SECURITY_NONE || !put(r, &shared, 1) || !get(r, data, sizeof(data)))
        return false;
    r->width = be16(data);
    r->height = be16(data + 2);
    r->format.bits = data[4];
    r->format.big_endian = data[6];
    r->format.true_color = data[7];
    for (int i = 0; i < 3; i++) {
        r->format.max[i] = be16(data + 8 + 2 * i);
        r->format.shift[i] = data[14 + i] & 31;
    }
    return skip(r, be32(data + 20)) && put(r, encodings, sizeof(encodings));
}

bool rfb_open(struct rfb *r, unsigned port)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    const struct timeval patience = { .tv_sec = PATIENCE };

    *r = (struct rfb){ .fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) };
    if (r->fd < 0)
        return false;
    setsockopt(r->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    if (!connect(r->fd, (struct sockaddr *)&address, sizeof(address)) && handshake(r))
        return true;
    rfb_close(r);
    return false;
}

void rfb_close(struct rfb *r)
{
    if (r->fd >= 0)
        close(r->fd);
    r->fd = -1;
}

bool rfb_key(struct rfb *r, uint32_t keysym, bool down)
{
    uint8_t event[8] = { KEY_EVENT, down, 0, 0, (uint8_t)(keysym >> 24), (uint8_t)(keysym >> 16),
                         (uint8_t)(keysym >> 8), (uint8_t)keysym };

    return put(r, event, sizeof(event));
}

static uint8_t channel(const struct rfb *r, uint32_t pixel, int which)
{
    uint16_t max = r->format.max[which];

    return max ? (uint8_t)((pixel >> r->format.shift[which] & max) * 255 / max) : 0;
}

/* One rectangle of an update into the picture. */
static bool rectangle(struct rfb *r, struct picture *p)
{
    uint8_t head[12], pixel[4] = { 0 };
    unsigned bytes = r->format.bits / 8;

    if (!get(r, head, sizeof(head)))
        return false;
    if (be32(head + 8) == ENCODING_DESKTOP_SIZE) {
        r->width = be16(head + 4);
        r->height = be16(head + 6);
        return true;
    }
    if (be32(head + 8) != ENCODING_RAW || bytes < 1 || bytes > 4)
        return false;
    unsigned x0 = be16(head), y0 = be16(head + 2), width = be16(head + 4), height = be16(head + 6);
    uint8_t *row = allocate((size_t)width * bytes + 1, 1);
    bool good = true;
    for (unsigned y = 0; good && y < height; y++) {
        good = get(r, row, (size_t)width * bytes);
        for (unsigned x = 0; good && x < width; x++) {
            memcpy(pixel, row + x * bytes, bytes);
            uint32_t value = r->format.big_endian ? be32(pixel) >> (32 - 8 * bytes) :
                             pixel[0] | pixel[1] << 8 | pixel[2] << 16 | (uint32_t)pixel[3] << 24;
            if (x0 + x < p->width && y0 + y < p->height)
                for (int i = 0; i < 3; i++)
                    p->rgb[3 * ((size_t)(y0 + y) * p->width + x0 + x) + (size_t)i] = channel(r, value, i);
        }
    }
    free(row);
    return good;
}

static bool update(struct rfb *r, struct picture *p)
{
    uint8_t head[8];

    for (;;) {
        if (!get(r, head, 1))
            return false;
        if (head[0] == UPDATE)
            break;
        if (head[0] == COLOR_MAP && (!get(r, head + 1, 5) || !skip(r, 6u * be16(head + 4))))
            return false;
        if (head[0] == CUT_TEXT && (!get(r, head + 1, 7) || !skip(r, be32(head + 4))))
            return false;
    }
    if (!get(r, head + 1, 3))
        return false;
    for (unsigned n = be16(head + 2); n; n--)
        if (!rectangle(r, p))
            return false;
    return true;
}

static bool full_update(struct rfb *r, struct picture *p)
{
    uint8_t request[10] = { UPDATE_REQUEST, 0, 0, 0, 0, 0, (uint8_t)(r->width >> 8), (uint8_t)r->width,
                            (uint8_t)(r->height >> 8), (uint8_t)r->height };

    if (!r->format.true_color || !r->width || !r->height || r->width > LARGEST_SIDE || r->height > LARGEST_SIDE)
        return false;
    *p = (struct picture){ r->width, r->height, allocate((size_t)r->width * r->height, 3) };
    if (put(r, request, sizeof(request)) && update(r, p))
        return true;
    free(p->rgb);
    return false;
}

bool rfb_picture(struct rfb *r, struct picture *p)
{
    for (int tries = 0; tries < 3; tries++) {
        if (!full_update(r, p))
            return false;
        if (p->width == r->width && p->height == r->height)
            return true;
        free(p->rgb);            /* the answer was a new size: ask for all of it */
    }
    return false;
}
