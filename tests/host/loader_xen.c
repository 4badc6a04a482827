/* SPDX-License-Identifier: BSD-2-Clause */
/* vmxloader under Xen: the xenstore client against a daemon that answers here, and what a toolstack may pass damaged. */
#include "lib/string.c"
#include "lib/mem.c"
#include "vmxloader/machine/xen_store.c"
#include "vmxloader/tables/smbios_xen.c"
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <sys/mman.h>

#define PAGE  0x10000000u              /* where the ring lies: an address of 32 bits */

struct platform platform = { .machine = MACHINE_XEN };
static struct xenstore_ring *shared;
static bool silent;
static u32 messages;                   /* printed */
static u32 slice;                      /* bytes that the daemon moves at a time */
static char pending[8192];             /* its answer, not yet in the ring */
static u32 pending_at, pending_size;
static char value[4200];

void print(const char *format, ...) { messages++; }

static void take(void *to, u32 size)
{
    for (u8 *p = to; size; size--)
        *p++ = shared->request[shared->request_consumer++ % XENSTORE_RING];
}

static void answer(void)
{
    struct xenstore_message m;
    char path[256];

    take(&m, sizeof(m));
    take(path, m.length);
    m.type = strcmp(path, "there") ? strcmp(path, "long") ? XENSTORE_ERROR : XENSTORE_READ : XENSTORE_READ;
    m.length = !strcmp(path, "there") ? (u32)strlen(value) : !strcmp(path, "long") ? 3000 : 7;
    memcpy(pending, &m, sizeof(m));
    memcpy(pending + sizeof(m), m.type == XENSTORE_ERROR ? "ENOENT" : value, m.length);
    pending_at = 0;
    pending_size = sizeof(m) + m.length;
}

static void daemon_runs(void)
{
    struct xenstore_message m;
    u32 there = shared->request_producer - shared->request_consumer;

    if (silent)
        return;
    if (there >= sizeof(m)) {
        for (u32 i = 0; i < sizeof(m); i++)
            ((u8 *)&m)[i] = shared->request[(shared->request_consumer + i) % XENSTORE_RING];
        if (there >= sizeof(m) + m.length)
            answer();
    }
    for (u32 n = 0; n < slice && pending_at < pending_size && shared->response_producer - shared->response_consumer < XENSTORE_RING; n++)
        shared->response[shared->response_producer++ % XENSTORE_RING] = (u8)pending[pending_at++];
}

s32 xen_hypercall(u32 number, u32 operation, void *argument)
{
    if (number == XEN_MEMORY_OP)
        return -1;
    if (number == XEN_SCHED_OP)
        daemon_runs();
    if (number == XEN_SCHED_OP && shared->features & XENSTORE_RECONNECTS)
        shared->connection = 0;
    return 0;
}

u64 xen_get_param(u32 index)
{
    return index == HVM_PARAM_STORE_PFN ? PAGE / XEN_PAGE : 3;
}

static void set(const char *text)
{
    memcpy(value, text, strlen(text) + 1);
}

static int start(void **state)
{
    memset(shared, 0, sizeof(*shared));
    shared->request_consumer = shared->request_producer = 1020;        /* wraps at once */
    shared->response_consumer = shared->response_producer = 2040;
    silent = false;
    slice = 700;
    messages = pending_at = pending_size = 0;
    set("a value");
    return !xenstore_connect();
}

static void reads_and_stays_in_step(void **state)
{
    char text[16];

    for (int i = 0; i < 100; i++) {
        assert_true(xenstore_read("there", text, sizeof(text)));
        assert_string_equal(text, "a value");
        assert_false(xenstore_read("nowhere", text, sizeof(text)));
        slice = 1 + (u32)i;
    }
    memset(value, 'x', sizeof(value));
    assert_true(xenstore_read("long", text, sizeof(text)));            /* three times the ring, cut */
    assert_string_equal(text, "xxxxxxxxxxxxxxx");
    set("");
    assert_true(xenstore_read("there", text, sizeof(text)));
    assert_string_equal(text, "");
    assert_int_equal(messages, 0);
}

static void numbers(void **state)
{
    set("4096");
    assert_int_equal(xenstore_number("there", 7), 4096);
    set("0xfee0");
    assert_int_equal(xenstore_number("there", 7), 0xFEE0);
    assert_int_equal(xenstore_number("nowhere", 7), 7);
    set("many");
    assert_int_equal(xenstore_number("there", 7), 7);
    assert_int_equal(messages, 1);
}

static void a_dead_daemon_is_asked_once(void **state)
{
    char text[16];

    silent = true;
    assert_false(xenstore_read("there", text, sizeof(text)));
    assert_int_equal(messages, 1);
    assert_false(xenstore_read("there", text, sizeof(text)));
    assert_int_equal(messages, 1);
}

static void gives_the_ring_back(void **state)
{
    char text[16];

    xenstore_read("there", text, sizeof(text));
    xenstore_disconnect();
    assert_int_equal(shared->request_producer | shared->request_consumer, 0);
    assert_int_equal(shared->response_producer | shared->response_consumer, 0);
    start(state);
    shared->features = XENSTORE_RECONNECTS;
    xenstore_disconnect();
    assert_int_equal(shared->connection, 0);
    assert_int_equal(shared->request_producer, 1020);                  /* the daemon sets it, not we */
}

/* Two structures of 6 bytes, each behind its length; then what is left of the area is cut down. */
static void passed_structures(void **state)
{
    static const u8 good[] = { 6, 0, 0, 0, 11, 4, 1, 0, 0, 0,  6, 0, 0, 0, 22, 4, 2, 0, 0, 0 };
    static const u8 wild[] = { 6, 0, 0, 0, 11, 4, 1, 0, 0, 0,  6, 0, 0, 0, 22, 99, 2, 0, 0, 0 };
    u8 *area = (u8 *)(usize)(PAGE + XEN_PAGE);

    memcpy(area, good, sizeof(good));
    assert_int_equal(whole(PAGE + XEN_PAGE, sizeof(good)), sizeof(good));
    assert_int_equal(messages, 0);
    for (u32 cut = 11; cut < sizeof(good); cut++)
        assert_int_equal(whole(PAGE + XEN_PAGE, cut), 10);
    assert_int_equal(whole(PAGE + XEN_PAGE, 3), 0);
    assert_int_equal(messages, sizeof(good) - 11 + 1);
    memcpy(area, wild, sizeof(wild));
    assert_int_equal(whole(PAGE + XEN_PAGE, sizeof(wild)), 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(reads_and_stays_in_step, start), cmocka_unit_test_setup(numbers, start),
        cmocka_unit_test_setup(a_dead_daemon_is_asked_once, start), cmocka_unit_test_setup(gives_the_ring_back, start),
        cmocka_unit_test_setup(passed_structures, start),
    };

    shared = mmap((void *)(usize)PAGE, 2 * XEN_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (shared != (void *)(usize)PAGE)
        return 1;
    return cmocka_run_group_tests_name("loader_xen", tests, NULL, NULL);
}
