/* SPDX-License-Identifier: BSD-2-Clause */
/* vmxloader/boot_order.c: lists of the command line, QEMU's device paths, CMOS. */
#include "fake_pci.h"
#include "lib/pci_config.c"
#include "lib/string.c"
#include "vmxloader/boot_order.c"
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static struct pci_function functions[] = {
    { .bdf = PCI_BDF(0, 1, 1), .class = PCI_CLASS_IDE },
    { .bdf = PCI_BDF(0, 1, 0), .class = PCI_CLASS_ISA },
    { .bdf = PCI_BDF(0, 3, 0), .class = 0x0200 },
    { .bdf = PCI_BDF(0, 4, 0), .class = 0x0100 },
    { .bdf = PCI_BDF(0, 5, 0), .class = PCI_CLASS_BRIDGE, .secondary = 2, .subordinate = 2 },
    { .bdf = PCI_BDF(2, 7, 0), .class = 0x0100 },
};
static const char *bootorder = "";

struct platform platform = { .fwcfg = true };
u32 ramdisk_size;

void print(const char *format, ...) { }

struct pci_function *pci_find_bdf(u16 bdf)
{
    for (u32 i = 0; i < ARRAY_SIZE(functions); i++)
        if (functions[i].bdf == bdf)
            return &functions[i];
    return NULL;
}

u32 fwcfg_find(const char *name, u16 *key)
{
    *key = 0;
    return (u32)strlen(bootorder);
}

void fwcfg_read(u16 key, void *to, u32 length) { memcpy(to, bootorder, length); }

static void expect(const struct boot_entry *e, u8 kind, u16 bdf, u8 channel, u8 unit)
{
    assert_int_equal(e->kind, kind);
    assert_int_equal(e->bdf, bdf);
    assert_int_equal(e->channel, channel);
    assert_int_equal(e->unit, unit);
}

static void lists(void **state)
{
    struct boot_entry list[4];

    assert_int_equal(parse_boot_list("cd,hd,bogus,,net", list, 4), 3);
    expect(&list[0], BOOT_CD, BOOT_ANY_BDF, BOOT_ANY, BOOT_ANY);
    assert_int_equal(list[1].kind, BOOT_DISK);
    assert_int_equal(list[2].kind, BOOT_NETWORK);
    assert_int_equal(parse_boot_list("fd,fd,fd,fd,fd,fd", list, 4), 4);
    assert_int_equal(parse_boot_list("", list, 4), 0);
}

static void paths(void **state)
{
    struct boot_entry list[HANDOFF_MAX_BOOT];

    bootorder = "/rom@genroms/kvmvapic.bin\n"
                "/pci@i0cf8/ide@1,1/drive@1/disk@0\n"
                "/pci@i0cf8/isa@1/fdc@03f0/floppy@1\n"
                "/pci@i0cf8/ethernet@3/ethernet-phy@0\n"
                "/pci@i0cf8/scsi@4/channel@0/disk@2,1\n"
                "/pci@i0cf8/pci-bridge@5/scsi@7/disk@0,0\n"
                "/pci@i0cf8/scsi@1f/disk@0,0\n"
                "HALT";
    fake_cmos[CMOS_BOOT12] = 0x32;
    assert_int_equal(boot_order(list, HANDOFF_MAX_BOOT), 7);
    expect(&list[0], BOOT_DRIVE, PCI_BDF(0, 1, 1), 1, 0);
    expect(&list[1], BOOT_FLOPPY, BOOT_ANY_BDF, BOOT_ANY, 1);
    expect(&list[2], BOOT_NETWORK, PCI_BDF(0, 3, 0), BOOT_ANY, BOOT_ANY);
    expect(&list[3], BOOT_DRIVE, PCI_BDF(0, 4, 0), BOOT_ANY, 2);
    assert_int_equal(list[3].lun, 1);
    expect(&list[4], BOOT_DRIVE, PCI_BDF(2, 7, 0), BOOT_ANY, 0);
    assert_int_equal(list[5].kind, BOOT_DISK);
    assert_int_equal(list[6].kind, BOOT_CD);
}

static void defaults(void **state)
{
    struct boot_entry list[HANDOFF_MAX_BOOT];

    bootorder = "";
    fake_cmos[CMOS_BOOT12] = fake_cmos[CMOS_BOOT3] = 0;
    ramdisk_size = 1440 * KIB;
    assert_int_equal(boot_order(list, HANDOFF_MAX_BOOT), 5);
    assert_int_equal(list[0].kind, BOOT_RAMDISK);
    assert_int_equal(list[1].kind, BOOT_DISK);
    ramdisk_size = 0;
    fake_cmos[CMOS_BOOT12] = 0x21;
    fake_cmos[CMOS_BOOT3] = 0x30;
    assert_int_equal(boot_order(list, HANDOFF_MAX_BOOT), 3);
    assert_int_equal(list[0].kind, BOOT_FLOPPY);
    assert_int_equal(list[2].kind, BOOT_CD);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(lists), cmocka_unit_test(paths), cmocka_unit_test(defaults) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
