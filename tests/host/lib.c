/* SPDX-License-Identifier: BSD-2-Clause */
/* lib/: checksums against the plain definition, and what print() writes. */
#include "types.h"
#undef NULL
#include "lib/checksum.c"
#include "lib/print.c"
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static char written[256];
static usize length;

void print_char(char c)
{
    written[length++] = c;
    written[length] = 0;
}

bool starts_with(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

u32 parse_number(const char **s, u32 base)
{
    return (u32)strtoul(*s, (char **)s, (int)base);
}

static void expect(const char *text)
{
    assert_string_equal(written, text);
    length = 0;
}

static void sums(void **state)
{
    static u32 data[1200];
    u8 *bytes = (u8 *)data;

    for (int round = 0; round < 200; round++) {
        u32 n = (u32)rand() % sizeof(data), words = n & ~3u;
        u8 plain = 0;
        u32 plain32 = 0;

        for (u32 i = 0; i < n; i++)
            plain += bytes[i] = round < 2 ? 0xFF : (u8)rand();
        for (u32 i = 0; i < words / 4; i++)
            plain32 += data[i];
        assert_int_equal(sum8(data, n), plain);
        assert_int_equal(sum32(data, words), plain32);
    }
}

static void numbers(void **state)
{
    print("%d %u %x", -5, 4294967295u, 0xABCDEFu);
    expect("-5 4294967295 abcdef");
    print("%08x|%4d|%-4d|", 0x1Fu, 42, 7);
    expect("0000001f|  42|7   |");
    print("%llx %llu %lld", 0x123456789ABCDEFull, 18446744073709551615ull, -1000000000000ll);
    expect("123456789abcdef 18446744073709551615 -1000000000000");
}

static void texts(void **state)
{
    print("[%s] [%6s] [%-6s] %c%%", "ab", "cd", "ef", 'x');
    expect("[ab] [    cd] [ef    ] x%");
    print_silent = true;
    print("nobody hears %s", "this");
    print_silent = false;
    expect("[ab] [    cd] [ef    ] x%");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(sums), cmocka_unit_test(numbers), cmocka_unit_test(texts) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
