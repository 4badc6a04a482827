/* SPDX-License-Identifier: BSD-2-Clause */
/* What dfw finds in image files: good ones, cut ones, and noise. */
#include "tool/argv.c"
#include "tool/guess_loader.c"
#include "tool/image.c"
#include "tool/image_cd.c"
#include "tool/image_container.c"
#include "tool/image_disk.c"
#include "tool/message.c"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <sys/mman.h>

#define MIB (1u << 20)

static struct image image;
static char path[64];
static int fd;

static void begin(size_t size)
{
    fd = memfd_create("image", MFD_CLOEXEC);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    assert_int_equal(ftruncate(fd, (off_t)size), 0);
}

static void put(uint64_t at, const void *data, size_t bytes)
{
    assert_int_equal(pwrite(fd, data, bytes, (off_t)at), bytes);
}

static void put8(uint64_t at, uint8_t value)
{
    put(at, &value, 1);
}

static void put32(uint64_t at, uint32_t value)
{
    put(at, &value, 4);
}

static int probe(void)
{
    int code = image_probe(path, &image);

    close(fd);
    return code;
}

static void put_signature(void)
{
    put(510, "\x55\xAA", 2);
}

static void put_partition(int index, uint8_t flag, uint8_t type, uint32_t first, uint32_t sectors)
{
    uint64_t at = 446 + 16 * (uint64_t)index;

    put8(at, flag);
    put8(at + 4, type);
    put32(at + 8, first);
    put32(at + 12, sectors);
}

static void put_iso(uint32_t catalog)
{
    put(16 * 2048, "\1CD001\1", 7);
    put(16 * 2048 + 40, "TESTCD                          ", 32);
    put(17 * 2048, "\0CD001\1EL TORITO SPECIFICATION", 30);
    put32(17 * 2048 + 71, catalog);
    put(18 * 2048, "\377CD001\1", 7);
}

static void put_catalog(uint32_t at)
{
    uint8_t c[64] = { [0] = 1, [30] = 0x55, [31] = 0xAA, [32] = 0x88, [38] = 4, [40] = 30 };
    uint16_t sum = 0;

    for (int i = 0; i < 32; i += 2)
        sum = (uint16_t)(sum + le16(c + i));
    c[28] = (uint8_t)(0x10000 - sum);
    c[29] = (uint8_t)((0x10000 - sum) >> 8);
    put((uint64_t)at * 2048, c, sizeof(c));
}

static void mbr_disk(void **state)
{
    begin(8 * MIB);
    put_signature();
    put(3, "GRUB \0Geom", 10);
    put_partition(0, 0x80, 0x83, 2048, 8192);
    put_partition(2, 0, 0x82, 10240, 1024);
    put(2048 * 512 + 3, "EXTLINUX", 8);
    assert_int_equal(probe(), 0);
    assert_int_equal(image.kind, IMAGE_DISK);
    assert_int_equal(image.part_count, 2);
    assert_true(image.parts[0].active);
    assert_false(image.parts[1].active);
    assert_string_equal(image.parts[0].loader, "EXTLINUX");
    assert_string_equal(image.loader, "GRUB 2");
}

static void gpt_disk(void **state)
{
    begin(8 * MIB);
    put_signature();
    put_partition(0, 0, 0xEE, 1, 16383);
    put(512, "EFI PART", 8);
    put32(512 + 72, 2);
    put32(512 + 80, 128);
    put32(512 + 84, 128);
    put(1024, "TYPE", 4);
    put32(1024 + 32, 2048);
    put32(1024 + 40, 4095);
    put32(1024 + 48, 4);
    put(1024 + 56, "b\0o\0o\0t\0", 8);
    assert_int_equal(probe(), 0);
    assert_true(image.gpt);
    assert_int_equal(image.part_count, 1);
    assert_true(image.parts[0].active);
    assert_int_equal(image.parts[0].sectors, 2048);
    assert_string_equal(image.parts[0].name, "boot");
}

static void gpt_with_wild_header(void **state)
{
    begin(MIB);
    put_signature();
    put_partition(0, 0, 0xEE, 1, 0xFFFFFFFF);
    put(512, "EFI PART", 8);
    put(512 + 72, "\377\377\377\377\377\377\377\377\377\377\377\377\377\377\377\377", 16);
    assert_int_equal(probe(), 0);
    assert_int_equal(image.kind, IMAGE_DISK);
    assert_false(image.gpt);
}

static void floppy_without_signature(void **state)
{
    begin(1440 * 1024);
    assert_int_equal(probe(), 0);
    assert_int_equal(image.kind, IMAGE_FLOPPY);
    assert_false(image.signature);
}

static void boot_sector_alone(void **state)
{
    begin(512);
    put_signature();
    assert_int_equal(probe(), 0);
    assert_int_equal(image.kind, IMAGE_DISK);
}

static void fat_stick(void **state)
{
    uint8_t bpb[40] = { 0xEB, 0x3C, 0x90, 'S', 'Y', 'S', 'L', 'I', 'N', 'U', 'X', 0, 2, 4, 1, 0, 2, 0, 2, 0, 0, 0xF8, 64, 0, 63, 0, 16 };

    begin(64 * MIB);
    put_signature();
    put(0, bpb, sizeof(bpb));
    put(450, "garbage that looks like a table", 31);
    assert_int_equal(probe(), 0);
    assert_int_equal(image.kind, IMAGE_DISK);
    assert_int_equal(image.part_count, 0);
    assert_string_equal(image.loader, "SYSLINUX");
}

static void bootable_cd(void **state)
{
    begin(MIB);
    put_iso(20);
    put_catalog(20);
    put(30 * 2048 + 100, "ISOLINUX 6.04", 13);
    assert_int_equal(probe(), 0);
    assert_int_equal(image.kind, IMAGE_CD);
    assert_int_equal(image.eltorito_count, 1);
    assert_int_equal(image.eltorito[0].lba, 30);
    assert_string_equal(image.loader, "ISOLINUX");
    assert_string_equal(image.volume, "TESTCD");
    assert_false(image.hybrid);
}

static void hybrid_cd(void **state)
{
    begin(MIB);
    put_iso(20);
    put_catalog(20);
    put_signature();
    put_partition(0, 0x80, 0x17, 0, 2048);
    assert_int_equal(probe(), 0);
    assert_int_equal(image.kind, IMAGE_CD);
    assert_true(image.hybrid);
}

static void cd_with_bad_catalog(void **state)
{
    begin(MIB);
    put_iso(0xFFFFFFF0);
    assert_int_equal(probe(), 0);
    assert_int_equal(image.kind, IMAGE_CD);
    assert_int_equal(image.eltorito_count, 0);
    assert_non_null(strstr(image.what, "corrupt"));
}

static void containers_by_header(void **state)
{
    static const struct { const char *magic; unsigned at; const char *format; } c[] = {
        { "QFI\373", 0, "qcow2" }, { "KDMV", 0, "vmdk" }, { "\177\020\332\276", 64, "vdi" },
        { "conectix", 0, "vpc" }, { "vhdxfile", 0, "vhdx" }, { "conectix", MIB - 512, "vpc" },
    };

    for (size_t i = 0; i < sizeof(c) / sizeof(c[0]); i++) {
        begin(MIB);
        put(c[i].at, c[i].magic, strlen(c[i].magic));
        assert_int_equal(probe(), 0);
        assert_int_equal(image.kind, IMAGE_DISK);
        assert_string_equal(image.format, c[i].format);
    }
}

static void no_image_at_all(void **state)
{
    begin(4096);
    put(0, "\177ELF", 4);
    assert_int_equal(probe(), 0);
    assert_int_equal(image.kind, IMAGE_UNKNOWN);
    assert_non_null(strstr(image.what, "ELF"));
    begin(0);
    assert_int_equal(probe(), DFW_USAGE);
    assert_int_equal(image_probe("/nowhere/at.all", &image), DFW_USAGE);
    assert_int_equal(image_probe("/", &image), DFW_USAGE);
}

/* Nothing in a file, however wild or short, may lead a probe astray: the sanitizers watch. */
static void noise_and_cuts(void **state)
{
    unsigned seed = 1;

    for (int round = 0; round < 300; round++) {
        size_t size = 1 + (size_t)rand_r(&seed) % (40 * 2048);
        begin(size);
        for (int i = 0; i < 400; i++)
            put8((uint64_t)rand_r(&seed) % size, (uint8_t)rand_r(&seed));
        if (size > 512)
            put_signature();
        if (size > 19 * 2048 && round % 2) {
            put_iso((uint32_t)rand_r(&seed) % 40);
            put_catalog(19);
            assert_int_equal(ftruncate(fd, (off_t)size), 0);
        }
        if (size > 1024 && round % 3 == 0) {
            put_partition(0, 0, 0xEE, 1, 1);
            put(512, "EFI PART", 8);
            put32(512 + 80, (uint32_t)rand_r(&seed));
        }
        assert_int_equal(probe(), 0);
        assert_in_range(image.part_count, 0, MAX_PARTS);
        assert_in_range(image.eltorito_count, 0, MAX_ELTORITO);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mbr_disk), cmocka_unit_test(gpt_disk), cmocka_unit_test(gpt_with_wild_header),
        cmocka_unit_test(floppy_without_signature), cmocka_unit_test(boot_sector_alone), cmocka_unit_test(fat_stick),
        cmocka_unit_test(bootable_cd), cmocka_unit_test(hybrid_cd), cmocka_unit_test(cd_with_bad_catalog),
        cmocka_unit_test(containers_by_header), cmocka_unit_test(no_image_at_all), cmocka_unit_test(noise_and_cuts),
    };
    return cmocka_run_group_tests_name("tool_image", tests, NULL, NULL);
}
