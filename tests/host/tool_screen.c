/* SPDX-License-Identifier: BSD-2-Clause */
/* Code page 437, the text screen, the transcript of COM1, and pictures. */
#include "tool/cp437.c"
#include "tool/message.c"
#include "tool/picture.c"
#include "tool/textscreen.c"
#include "tool/transcript.c"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <unistd.h>

static void code_page(void **state)
{
    static const struct { uint8_t c; const char *utf8; } pairs[] = {
        { 'A', "A" }, { 0, " " }, { 0xFF, " " }, { 0x80, "\u00c7" }, { 0xE1, "\u00df" }, { 0xC9, "\u2554" }, { 0xDB, "\u2588" },
        { 0x01, "\u263a" }, { 0x7F, "\u2302" }, { 0xFE, "\u25a0" }, { 0xB3, "\u2502" },
    };

    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        char to[4] = "";
        to[cp437_utf8(pairs[i].c, to)] = 0;
        assert_string_equal(to, pairs[i].utf8);
    }
    for (int c = 0; c < 256; c++) {
        char to[4];
        assert_in_range(cp437_utf8((uint8_t)c, to), 1, 3);
    }
}

static uint8_t window[TEXT_BYTES];

static void write_at(unsigned start, unsigned columns, unsigned row, unsigned column, const char *text)
{
    for (; *text; text++, column++)
        window[(start + 2 * (row * columns + column)) % TEXT_BYTES] = (uint8_t)*text;
}

static void second_page(void **state)
{
    uint8_t bda[BDA_BYTES] = { [0x49] = 3, [0x4A] = 80, [0x4E] = 0x00, [0x4F] = 0x10, [0x62] = 1, [0x84] = 24, [0x52] = 5, [0x53] = 2 };
    struct screen_shape s = screen_shape(bda);

    memset(window, 0, sizeof(window));
    write_at(0x1000, 80, 0, 2, "first");
    write_at(0x1000, 80, 1, 76, "long");
    write_at(0x1000, 80, 2, 0, "er");
    write_at(0x1000, 80, 60, 0, "scrolled");
    assert_true(s.text);
    assert_int_equal(s.cursor_row, 2);
    assert_int_equal(s.cursor_column, 5);
    char *text = screen_text(&s, window), *flow = screen_flow(&s, window);
    assert_non_null(strstr(text, "  first\n"));
    assert_null(strstr(text, "longer"));
    assert_non_null(strstr(flow, "longer"));
    assert_null(strstr(text, "scrolled"));
    assert_non_null(strstr(flow, "scrolled"));
    free(text);
    free(flow);
}

static void wild_bda(void **state)
{
    uint8_t bda[BDA_BYTES];

    memset(window, 0xDB, sizeof(window));
    for (int fill = 0; fill < 256; fill++) {
        memset(bda, fill, sizeof(bda));
        struct screen_shape s = screen_shape(bda);
        char *text = screen_text(&s, window), *flow = screen_flow(&s, window);
        assert_in_range(s.columns, 20, SCREEN_MAX_COLS);
        free(text);
        free(flow);
    }
}

static void transcript(void **state)
{
    struct transcript t = { 0 };

    transcript_add(&t, "\033[2J\033[1;1Hlo", 12);
    transcript_add(&t, "gin: \033", 6);
    transcript_add(&t, "[0mroot\r\nlogin: ", 16);
    size_t behind = transcript_find(&t, 0, "login: ");
    assert_int_equal(behind, 7);
    assert_int_equal(transcript_find(&t, behind, "login: "), t.length);
    assert_int_equal(transcript_find(&t, t.length, "login: "), 0);
    assert_string_equal(t.text, "login: root\nlogin: ");
    free(t.text);
}

static void pictures(void **state)
{
    static const uint8_t good[] = "P6\n2 1\n255\nabcdef";
    static const char *const bad[] = { "P5\n2 1\n255\nabcdef", "P6\n2 1\n255\nabc", "P6\n0 1\n255\nabc", "P6\n99999 99999\n255\n", "P6" };
    struct picture p;

    assert_int_equal(picture_from_ppm(&p, good, sizeof(good) - 1), 0);
    assert_int_equal(p.width, 2);
    assert_memory_equal(p.rgb, "abcdef", 6);
    char name[] = "/tmp/dfw-test-XXXXXX.png";
    close(mkstemps(name, 4));
    assert_int_equal(picture_write(&p, name), 0);
    unlink(name);
    assert_int_equal(picture_write(&p, "/nowhere/x.png"), DFW_USAGE);
    assert_int_equal(picture_write(&p, "/nowhere/x.ppm"), DFW_USAGE);
    free(p.rgb);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(picture_from_ppm(&p, (const uint8_t *)bad[i], strlen(bad[i])), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_page), cmocka_unit_test(second_page), cmocka_unit_test(wild_bda),
        cmocka_unit_test(transcript), cmocka_unit_test(pictures),
    };
    return cmocka_run_group_tests_name("tool_screen", tests, NULL, NULL);
}
