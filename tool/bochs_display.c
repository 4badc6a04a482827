/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bochs' RFB display: keys to it, the screen from it. Its server is a thread of its own, which shares what it is told with the
 * guest's processor without a lock that works (Bochs 2.7, gui/rfb.cc): a key or a request that meets the processor at work can be
 * lost. So both are sent while the guest is paused, and the guest goes on when the server has read them.
 */
#include "bochs.h"
#include "bochs_command.h"
#include "message.h"
#include "proc_tcp.h"
#include "typing.h"
#include <string.h>

#define HEADER_BAR     32u               /* pixels of Bochs' own above and below the guest's screen */
#define STATUS_BAR     18u
#define KEY_MS         20                /* of the guest's time, in which it takes a key */
#define TICK_MS        5

/* The server answers nothing. One more message, and when that is read all before it is done. */
static bool await_server(struct run *r)
{
    struct bochs *b = r->state;
    double until = message_seconds() + BOCHS_PATIENCE;
    bool sent = rfb_encodings(&b->rfb);

    while (sent && tcp_unread(b->rfb.fd) && r->display_fd >= 0 && !r->signal && message_seconds() < until)
        run_pump(r, TICK_MS);
    return sent && r->display_fd >= 0 && message_seconds() < until;
}

/* Bochs takes the first port that is free, and does not say reliably which. */
bool bochs_display_open(struct run *r)
{
    struct bochs *b = r->state;
    double until = message_seconds() + BOCHS_PATIENCE;
    unsigned port;

    while (!(port = tcp_listens_on(r->child.pid)) && !r->signal && !child_ended(&r->child) && message_seconds() < until)
        run_pump(r, TICK_MS);
    if (!port || !rfb_open(&b->rfb, port))
        return false;
    r->display_fd = b->rfb.fd;
    return await_server(r);
}

void bochs_display(struct run *r)
{
    struct bochs *b = r->state;

    if (rfb_receive(&b->rfb))
        return;
    detail("Bochs' display is lost");
    rfb_close(&b->rfb);
    r->display_fd = -1;
}

/* Cut Bochs' bars off. */
static struct picture crop(const struct picture *frame)
{
    unsigned bars = frame->height > HEADER_BAR + STATUS_BAR ? HEADER_BAR + STATUS_BAR : 0;
    struct picture p = { .width = frame->width, .height = frame->height - bars };

    p.rgb = allocate((size_t)p.width * p.height, 3);
    memcpy(p.rgb, frame->rgb + 3 * (size_t)p.width * (bars ? HEADER_BAR : 0), 3 * (size_t)p.width * p.height);
    return p;
}

bool bochs_picture(struct run *r, struct picture *p)
{
    struct bochs *b = r->state;
    double until = message_seconds() + BOCHS_PATIENCE;

    if (r->display_fd < 0 || !bochs_pause(r))
        return false;
    bool asked = rfb_ask(&b->rfb) && await_server(r);
    bochs_go_on(b);
    while (asked && !b->rfb.whole && r->display_fd >= 0 && !r->signal && message_seconds() < until)
        run_pump(r, 20);
    if (r->display_fd < 0 || !b->rfb.whole)
        return false;
    *p = crop(&b->rfb.frame);
    return true;
}

bool bochs_takes_keys(struct run *r)
{
    struct bochs *b = r->state;

    return !bios_buffer_crowded(r) && b->ticks - b->key_ticks >= KEY_MS * (BOCHS_IPS / 1000ull);
}

void bochs_press(struct run *r, const struct key_step *chord)
{
    struct bochs *b = r->state;
    bool sent = r->display_fd >= 0 && bochs_pause(r);

    for (int i = 0; sent && i < chord->count; i++)
        sent = rfb_key(&b->rfb, chord->chord[i].keysym, true);
    for (int i = chord->count; sent && i--;)
        sent = rfb_key(&b->rfb, chord->chord[i].keysym, false);
    if (!sent || !await_server(r))
        detail("Bochs' display does not answer: key lost");
    b->key_ticks = b->ticks;
    bochs_go_on(b);
}
