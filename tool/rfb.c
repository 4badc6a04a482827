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

#define PATIENCE      30      /* seconds for the rest of a message, on a busy host */
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

/* The frame of a new size, black until it is told. */
static bool resize(struct rfb *r, unsigned width, unsigned height)
{
    if (!width || !height || width > LARGEST_SIDE || height > LARGEST_SIDE)
        return false;
    free(r->frame.rgb);
    r->frame = (struct picture){ width, height, allocate((size_t)width * height, 3) };
    r->whole = false;
    return true;
}

bool rfb_encodings(struct rfb *r)
{
    static const uint8_t encodings[12] = { SET_ENCODINGS, 0, 0, 2, 0, 0, 0, ENCODING_RAW, 0xFF, 0xFF, 0xFF, 0x21 };

    return put(r, encodings, sizeof(encodings));
}

static bool handshake(struct rfb *r)
{
    uint8_t data[24], shared = 1;

    if (!get(r, data, VERSION_BYTES) || !put(r, "RFB 003.003\n", VERSION_BYTES))
        return false;
    if (!get(r, data, 4) || be32(data) != SECURITY_NONE || !put(r, &shared, 1) || !get(r, data, sizeof(data)))
        return false;
    r->format.bits = data[4];
    r->format.big_endian = data[6];
    r->format.true_color = data[7];
    for (int i = 0; i < 3; i++) {
        r->format.max[i] = be16(data + 8 + 2 * i);
        r->format.shift[i] = data[14 + i] & 31;
    }
    bool known = r->format.true_color && r->format.bits % 8 == 0 && r->format.bits >= 8 && r->format.bits <= 32;
    return known && resize(r, be16(data), be16(data + 2)) && skip(r, be32(data + 20)) && rfb_encodings(r);
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
    free(r->frame.rgb);
    *r = (struct rfb){ .fd = -1 };
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

static void put_row(struct rfb *r, const uint8_t *row, unsigned x0, unsigned y, unsigned width)
{
    unsigned bytes = r->format.bits / 8;

    for (unsigned x = x0; x < x0 + width && x < r->frame.width && y < r->frame.height; x++, row += bytes) {
        uint8_t pixel[4] = { 0 };
        memcpy(pixel, row, bytes);
        uint32_t value = r->format.big_endian ? be32(pixel) >> (32 - 8 * bytes) :
                         pixel[0] | pixel[1] << 8 | pixel[2] << 16 | (uint32_t)pixel[3] << 24;
        for (int i = 0; i < 3; i++)
            r->frame.rgb[3 * ((size_t)y * r->frame.width + x) + (size_t)i] = channel(r, value, i);
    }
}

/* One rectangle of an update. */
static bool rectangle(struct rfb *r)
{
    uint8_t head[12];

    if (!get(r, head, sizeof(head)))
        return false;
    unsigned x = be16(head), y = be16(head + 2), width = be16(head + 4), height = be16(head + 6);
    if (be32(head + 8) == ENCODING_DESKTOP_SIZE)
        return resize(r, width, height);
    if (be32(head + 8) != ENCODING_RAW)
        return false;
    uint8_t *row = allocate((size_t)width * r->format.bits / 8 + 1, 1);
    bool good = true;
    for (unsigned i = 0; good && i < height; i++) {
        good = get(r, row, (size_t)width * r->format.bits / 8);
        if (good)
            put_row(r, row, x, y + i, width);
    }
    free(row);
    r->whole |= good && !x && !y && width >= r->frame.width && height >= r->frame.height;
    return good;
}

bool rfb_receive(struct rfb *r)
{
    uint8_t head[8];

    if (!get(r, head, 1))
        return false;
    switch (head[0]) {
    case UPDATE:
        break;
    case COLOR_MAP:
        return get(r, head + 1, 5) && skip(r, 6u * be16(head + 4));
    case BELL:
        return true;
    case CUT_TEXT:
        return get(r, head + 1, 7) && skip(r, be32(head + 4));
    default:
        return false;
    }
    if (!get(r, head + 1, 3))
        return false;
    for (unsigned n = be16(head + 2); n; n--)
        if (!rectangle(r))
            return false;
    return true;
}

bool rfb_ask(struct rfb *r)
{
    unsigned width = r->frame.width, height = r->frame.height;
    uint8_t request[10] = { UPDATE_REQUEST, 0, 0, 0, 0, 0, (uint8_t)(width >> 8), (uint8_t)width, (uint8_t)(height >> 8), (uint8_t)height };

    r->whole = false;
    return put(r, request, sizeof(request));
}
