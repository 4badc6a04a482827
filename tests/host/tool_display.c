/* SPDX-License-Identifier: BSD-2-Clause */
/* The RFB client against a server that sends what Bochs sends, and what /proc tells of a connection. */
#include "tool/message.c"
#include "tool/proc_tcp.c"
#include "tool/rfb.c"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <sys/wait.h>

static int listen_anywhere(unsigned *port)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
    assert_int_equal(listen(fd, 1), 0);
    *port = port_of(fd, getsockname);
    return fd;
}

static void send_update(int fd, unsigned x, unsigned y, unsigned width, unsigned height, uint32_t encoding, uint8_t pixel)
{
    uint8_t message[4 + 12 + 64] = { UPDATE, 0, 0, 1, 0, (uint8_t)x, 0, (uint8_t)y, 0, (uint8_t)width, 0, (uint8_t)height,
                                     (uint8_t)(encoding >> 24), (uint8_t)(encoding >> 16), (uint8_t)(encoding >> 8), (uint8_t)encoding };
    size_t pixels = encoding == ENCODING_RAW ? width * height : 0;

    memset(message + 16, pixel, pixels);
    assert_int_equal(write(fd, message, 16 + pixels), 16 + pixels);
}

/* A screen of 4 by 2 pixels, 3 bits of red lowest, then green, 2 of blue. */
static void serve(int server)
{
    static const uint8_t init[] = { 0, 4, 0, 2, 8, 8, 1, 1, 0, 7, 0, 7, 0, 3, 0, 3, 6, 0, 0, 0, 0, 0, 0, 1, 'B' };
    uint8_t got[64];
    int fd = accept(server, NULL, NULL);

    bool good = write(fd, "RFB 003.003\n", 12) == 12 && read(fd, got, 12) == 12 && write(fd, "\0\0\0\1", 4) == 4 && read(fd, got, 1) == 1 &&
                write(fd, init, sizeof(init)) == sizeof(init) && recv(fd, got, 12, MSG_WAITALL) == 12 && got[0] == SET_ENCODINGS;
    send_update(fd, 1, 1, 2, 1, ENCODING_RAW, 0x07);
    good &= recv(fd, got, 10, MSG_WAITALL) == 10 && got[0] == UPDATE_REQUEST && got[7] == 4 && got[9] == 2;
    send_update(fd, 0, 0, 1, 1, ENCODING_RAW, 0x38);
    send_update(fd, 0, 0, 4, 2, ENCODING_RAW, 0xC0);
    send_update(fd, 0, 0, 6, 3, ENCODING_DESKTOP_SIZE, 0);
    send_update(fd, 0, 0, 6, 3, ENCODING_RAW, 0xFF);
    good &= write(fd, "\7", 1) == 1;             /* no message of RFB */
    good &= read(fd, got, 1) == 0;
    _exit(!good);
}

static void pictures(void **state)
{
    unsigned port;
    int server = listen_anywhere(&port), status;
    struct rfb r;
    pid_t child = fork();

    if (!child)
        serve(server);
    assert_true(rfb_open(&r, port));
    assert_int_equal(r.frame.width, 4);
    assert_true(rfb_receive(&r));
    assert_int_equal(r.frame.rgb[3 * 5], 0xFF);      /* row 1, column 1 is red */
    assert_int_equal(r.frame.rgb[3 * 4], 0);
    assert_false(r.whole);                           /* a part that nobody asked for is no picture */
    assert_true(rfb_ask(&r));
    assert_true(rfb_receive(&r));
    assert_false(r.whole);
    assert_int_equal(r.frame.rgb[1], 0xFF);
    assert_true(rfb_receive(&r));
    assert_true(r.whole);
    assert_int_equal(r.frame.rgb[3 * 7 + 2], 0xFF);
    assert_true(rfb_receive(&r));
    assert_int_equal(r.frame.width, 6);
    assert_false(r.whole);
    assert_true(rfb_receive(&r));
    assert_true(r.whole);
    assert_false(rfb_receive(&r));
    rfb_close(&r);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    close(server);
    assert_false(rfb_open(&r, port));
}

static void connections(void **state)
{
    unsigned port;
    int server = listen_anywhere(&port);
    struct rfb r = { .fd = socket(AF_INET, SOCK_STREAM, 0) };
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    char byte;

    assert_int_equal(tcp_listens_on(getpid()), port);
    assert_int_equal(connect(r.fd, (struct sockaddr *)&a, sizeof(a)), 0);
    int fd = accept(server, NULL, NULL);
    assert_int_equal(tcp_unread(r.fd), 0);
    assert_true(rfb_key(&r, 'a', true));
    assert_int_equal(tcp_unread(r.fd), 8);
    assert_int_equal(read(fd, &byte, 1), 1);
    assert_int_equal(tcp_unread(r.fd), 7);
    close(fd);
    close(server);
    assert_int_equal(tcp_unread(server), -1);
    assert_int_equal(tcp_listens_on(getpid()), 0);
    rfb_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(pictures), cmocka_unit_test(connections) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
