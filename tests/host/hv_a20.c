/* SPDX-License-Identifier: BSD-2-Clause */
/* hypervisor/a20.c: which accesses move the guest's A20 gate, and what machine and guest see of them. */
#include "hypervisor/a20.c"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void port_92(void **state)
{
    struct a20 a = { 0 };

    assert_int_equal(a20_write(&a, 0x92, 0x00), 0x02);      /* the machine's gate stays open */
    assert_true(a.off);
    assert_int_equal(a20_read(&a, 0x92, 0x02), 0x00);       /* and the guest reads what it wrote */
    assert_int_equal(a20_write(&a, 0x92, 0x03), 0x03);      /* the reset bit passes */
    assert_false(a.off);
    assert_int_equal(a20_read(&a, 0x92, 0x02), 0x02);
}

static void output_port(void **state)
{
    struct a20 a = { 0 };

    assert_int_equal(a20_write(&a, 0x60, 0xDD), 0xDD);      /* a byte for the keyboard */
    assert_false(a.off);
    assert_int_equal(a20_write(&a, 0x64, 0xD1), 0xD1);
    assert_int_equal(a20_write(&a, 0x60, 0xDD), 0xDF);
    assert_true(a.off);
    assert_int_equal(a20_write(&a, 0x60, 0xDF), 0xDF);      /* only the one byte behind the command */
    assert_true(a.off);
    assert_int_equal(a20_read(&a, 0x60, 0xFF), 0xFF);       /* a key */
    a20_write(&a, 0x64, 0xD0);
    assert_int_equal(a20_read(&a, 0x60, 0xDF), 0xDD);
    assert_int_equal(a20_read(&a, 0x60, 0xDF), 0xDF);
    a20_write(&a, 0x64, 0xD1);
    a20_write(&a, 0x60, 0xDF);
    assert_false(a.off);
}

static void single_commands(void **state)
{
    struct a20 a = { 0 };

    assert_int_equal(a20_write(&a, 0x64, 0xDD), 0xDF);
    assert_true(a.off);
    assert_int_equal(a20_write(&a, 0x64, 0xDF), 0xDF);
    assert_false(a.off);
    a20_write(&a, 0x64, 0xD1);
    a20_write(&a, 0x64, 0xAD);                              /* another command: the byte behind it is no gate */
    a20_write(&a, 0x60, 0x00);
    assert_false(a.off);
    assert_int_equal(a20_write(&a, 0x64, 0xFE), 0xFE);
}

static void ports(void **state)
{
    for (u32 port = 0; port < 0x10000; port++)
        assert_int_equal(a20_port(port), port == 0x60 || port == 0x64 || port == 0x92);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(port_92), cmocka_unit_test(output_port), cmocka_unit_test(single_commands), cmocka_unit_test(ports),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
