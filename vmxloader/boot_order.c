/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The boot order: QEMU's fw_cfg file `bootorder` (Open Firmware device paths, one a line, most
 * wanted first), then the classes that CMOS 38h and 3Dh name. Paths as QEMU's
 * qdev_fw_name() functions write them: name@unit-address, all numbers hexadecimal.
 */
#include "loader.h"
#include "hw/cmos.h"
#include "hw/pci.h"

#define MAX_BOOTORDER  4096

static const struct { const char *word; u8 kind; } boot_words[] = {
    { "fd", BOOT_FLOPPY }, { "hd", BOOT_DISK }, { "cd", BOOT_CD }, { "net", BOOT_NETWORK }, { "ram", BOOT_RAMDISK },
};

static struct boot_entry any(u8 kind)
{
    return (struct boot_entry){ kind, BOOT_ANY, BOOT_ANY, BOOT_ANY, BOOT_ANY_BDF };
}

u32 parse_boot_list(const char *text, struct boot_entry *list, u32 max)
{
    u32 count = 0;

    while (*text) {
        const char *end = strchr(text, ',');
        usize n = end ? (usize)(end - text) : strlen(text);
        u32 i;

        for (i = 0; i < ARRAY_SIZE(boot_words); i++)
            if (strlen(boot_words[i].word) == n && !strncmp(text, boot_words[i].word, n))
                break;
        if (i == ARRAY_SIZE(boot_words))
            print("vmxloader: boot device \"%s\" unknown: fd, hd, cd, net or ram\n", text);
        else if (count < max)
            list[count++] = any(boot_words[i].kind);
        text += n;
        if (*text == ',')
            text++;
    }
    return count;
}

/* One step of a path: "name@first,second". Returns the text behind it, NULL at the end. */
struct node {
    const char *name;
    u32 first, second;
};

static const char *next_node(const char *path, struct node *node)
{
    if (*path != '/')
        return NULL;
    node->name = ++path;
    node->first = node->second = 0;
    while (*path && *path != '@' && *path != '/')
        path++;
    if (*path == '@') {
        path++;
        node->first = parse_number(&path, 16);
        if (*path == ',') {
            path++;
            node->second = parse_number(&path, 16);
        }
    }
    while (*path && *path != '/')
        path++;
    return path;
}

/* Follow bridges: on return *path stands behind the function that holds the device. */
static bool find_function(const char **path, u16 *bdf)
{
    u8 bus = 0;
    struct node node;

    for (;;) {
        const struct pci_function *f;
        const char *behind = next_node(*path, &node);

        if (!behind)
            return false;
        *bdf = PCI_BDF(bus, node.first & 31, node.second & 7);
        *path = behind;
        f = pci_find_bdf(*bdf);
        if (!f)
            return false;
        if (!f->secondary)
            return true;
        bus = f->secondary;
    }
}

/* What hangs on the function: ".../drive@1/disk@0", ".../floppy@0", ".../disk@0,0", ".../ethernet-phy@0". */
static void place_device(const char *path, u16 class, struct boot_entry *e)
{
    struct node node;

    while ((path = next_node(path, &node)) != NULL) {
        if (starts_with(node.name, "drive@")) {
            e->channel = (u8)node.first;
        } else if (starts_with(node.name, "floppy@")) {
            e->kind = BOOT_FLOPPY;
            e->unit = (u8)node.first;
            e->bdf = BOOT_ANY_BDF;
        } else if (starts_with(node.name, "disk@") || starts_with(node.name, "namespace@")) {
            e->unit = (u8)node.first;
            e->lun = (u8)node.second;
        }
    }
    if (class >> 8 == PCI_BASE_NETWORK)
        e->kind = BOOT_NETWORK;
}

/* False for lines that name no device of ours (option ROM files, "HALT"). */
static bool parse_path(const char *path, struct boot_entry *e)
{
    const struct pci_function *f;
    struct node root;
    u16 bdf;

    path = next_node(path, &root);
    if (!path || !starts_with(root.name, "pci@") || !find_function(&path, &bdf))
        return false;
    *e = any(BOOT_DRIVE);
    e->bdf = bdf;
    f = pci_find_bdf(bdf);
    place_device(path, f->class, e);
    return true;
}

static u32 from_bootorder(struct boot_entry *list, u32 max)
{
    static char text[MAX_BOOTORDER] SECTION(".noinit");
    char *line = text;
    u32 count = 0, size;
    u16 key;

    size = platform.fwcfg ? fwcfg_find("bootorder", &key) : 0;
    size = MIN(size, sizeof(text) - 1);
    if (!size)
        return 0;
    fwcfg_read(key, text, size);
    text[size] = 0;
    while (*line && count < max) {
        char *end = strchr(line, '\n');

        if (end)
            *end = 0;
        if (parse_path(line, &list[count]))
            count++;
        if (!end)
            break;
        line = end + 1;
    }
    return count;
}

/* CMOS: one digit a device, 1 floppy, 2 disk, 3 CD, 4 network. */
static u32 from_cmos(struct boot_entry *list, u32 max)
{
    static const u8 kinds[] = { BOOT_NONE, BOOT_FLOPPY, BOOT_DISK, BOOT_CD, BOOT_NETWORK };
    u32 digits = cmos_read(CMOS_BOOT12) | (u32)(cmos_read(CMOS_BOOT3) >> 4) << 8, count = 0;

    for (; digits && count < max; digits >>= 4)
        if ((digits & 15) && (digits & 15) < ARRAY_SIZE(kinds))
            list[count++] = any(kinds[digits & 15]);
    return count;
}

u32 boot_order(struct boot_entry *list, u32 max)
{
    static const u8 usual[] = { BOOT_DISK, BOOT_CD, BOOT_FLOPPY, BOOT_NETWORK };
    u32 count = from_bootorder(list, max), classes;

    if (ramdisk_size && count < max)
        list[count++] = any(BOOT_RAMDISK);
    classes = from_cmos(list + count, max - count);
    count += classes;
    for (u32 i = 0; !classes && i < ARRAY_SIZE(usual) && count < max; i++)
        list[count++] = any(usual[i]);
    return count;
}
