/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xenstore, read only: requests and answers go through a page that the guest shares with the daemon, an event channel
 * says that there is something to read. Xen docs/misc/xenstore-ring.txt and xenstore.txt; io/xs_wire.h.
 */
#include "xen.h"

#define WAIT_YIELDS   4000000u        /* each lets the daemon run: minutes, where it should take milliseconds */
#define SCRATCH_PFN   (XEN_RESERVED_BASE / XEN_PAGE)   /* a hole in every guest's memory */

static struct xenstore_ring *ring;
static u32 channel;

static void notify(void)
{
    xen_hypercall(XEN_EVENT_CHANNEL_OP, XEN_EVTCHNOP_SEND, &channel);
}

/* The daemon is gone: no use waiting again. */
static bool lost(void)
{
    print("vmxloader: xenstore does not answer\n");
    ring = NULL;
    return false;
}

static bool put(const void *from, u32 length)
{
    const u8 *p = from;

    for (; length; length--) {
        for (u32 wait = WAIT_YIELDS; ring->request_producer - ring->request_consumer >= XENSTORE_RING; wait--) {
            if (!wait)
                return lost();
            xen_hypercall(XEN_SCHED_OP, XEN_SCHEDOP_YIELD, NULL);
        }
        ring->request[ring->request_producer % XENSTORE_RING] = *p++;
        asm volatile("" ::: "memory");
        ring->request_producer++;
    }
    return true;
}

/* Take `length` bytes; what does not fit into `size` is dropped. */
static bool get(void *to, u32 length, u32 size)
{
    u8 *p = to;

    for (u32 i = 0; i < length; i++) {
        for (u32 wait = WAIT_YIELDS; ring->response_producer == ring->response_consumer; wait--) {
            if (!wait)
                return lost();
            xen_hypercall(XEN_SCHED_OP, XEN_SCHEDOP_YIELD, NULL);
        }
        if (i < size)
            p[i] = ring->response[ring->response_consumer % XENSTORE_RING];
        asm volatile("" ::: "memory");
        ring->response_consumer++;
        if (ring->response_consumer % XENSTORE_RING == 0)
            notify();                  /* room for the rest of a long answer */
    }
    return true;
}

bool xenstore_connect(void)
{
    u64 pfn = xen_get_param(HVM_PARAM_STORE_PFN);

    channel = (u32)xen_get_param(HVM_PARAM_STORE_EVTCHN);
    ring = pfn && pfn < FOUR_GIB / XEN_PAGE ? (void *)(usize)(pfn * XEN_PAGE) : NULL;
    return ring != NULL;
}

bool xenstore_read(const char *path, char *to, u32 size)
{
    struct xenstore_message m = { XENSTORE_READ, 0, 0, (u32)strlen(path) + 1 };

    to[0] = 0;
    if (!ring || !put(&m, sizeof(m)) || !put(path, m.length))
        return false;
    notify();
    if (!get(&m, sizeof(m), sizeof(m)))
        return false;
    if (m.length > XENSTORE_PAYLOAD_MAX)
        return lost();
    if (!get(to, m.length, size - 1))
        return false;
    notify();
    to[MIN(m.length, size - 1)] = 0;
    return m.type == XENSTORE_READ;
}

/* Decimal, or hexadecimal behind 0x. */
u32 xenstore_number(const char *path, u32 otherwise)
{
    char text[24];
    const char *p = text;
    bool hex;
    u32 value;

    if (!xenstore_read(path, text, sizeof(text)) || !text[0])
        return otherwise;
    hex = starts_with(text, "0x");
    p += hex ? 2 : 0;
    value = parse_number(&p, hex ? 16 : 10);
    if (*p || p == text) {
        print("vmxloader: xenstore: %s is \"%s\", no number\n", path, text);
        return otherwise;
    }
    return value;
}

/* The events that the daemon's answers left behind are none of the guest's. */
static void clear_events(void)
{
    struct xen_add_to_physmap map = { XEN_DOMID_SELF, 0, XENMAPSPACE_SHARED_INFO, 0, SCRATCH_PFN };
    struct xen_remove_from_physmap unmap = { XEN_DOMID_SELF, 0, SCRATCH_PFN };

    if (xen_hypercall(XEN_MEMORY_OP, XENMEM_ADD_TO_PHYSMAP, &map) < 0)
        return;
    memset((void *)(usize)(SCRATCH_PFN * XEN_PAGE), 0, XEN_SHARED_INFO_EVENTS);
    xen_hypercall(XEN_MEMORY_OP, XENMEM_REMOVE_FROM_PHYSMAP, &unmap);
}

void xenstore_disconnect(void)
{
    if (!ring)
        return;
    if (ring->features & XENSTORE_RECONNECTS) {
        ring->connection = XENSTORE_RECONNECT;
        notify();
        for (u32 wait = WAIT_YIELDS; wait && ring->connection == XENSTORE_RECONNECT; wait--)
            xen_hypercall(XEN_SCHED_OP, XEN_SCHEDOP_YIELD, NULL);
    } else {
        ring->request_consumer = ring->request_producer = 0;
        ring->response_consumer = ring->response_producer = 0;
    }
    clear_events();
    ring = NULL;
}
