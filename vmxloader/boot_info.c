/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How we were started: command line, memory map and first module of a PVH, Multiboot or
 * Multiboot 2 boot loader. All is copied, because the originals may lie anywhere in RAM.
 */
#include "loader.h"
#include "spec/multiboot.h"
#include "spec/pvh.h"

struct boot_info boot;

extern const u8 loader_start[];   /* vmxloader.ld */

static void take_command_line(u64 address)
{
    const char *text = (const char *)(usize)address;
    usize n;

    if (!address || address >= FOUR_GIB)
        return;
    for (n = 0; text[n] && n < MAX_COMMAND_LINE - 1; n++)
        boot.command_line[n] = text[n];
    boot.command_line[n] = 0;
}

static void take_range(u64 base, u64 length, u32 type)
{
    if (boot.map_count < MAX_BOOT_MAP && length)
        boot.map[boot.map_count++] = (struct e820_entry){ base, length, type };
}

static void take_module(u64 base, u64 size)
{
    if (boot.module_size || base + size > FOUR_GIB)
        return;
    boot.module_base = (u32)base;
    boot.module_size = (u32)size;
}

/* Xen's toolstack gives hvmloader the BIOS and the network boot ROM to start, by these names: we are those. */
static bool is_firmware(const struct hvm_modlist_entry *module)
{
    const char *name = (const char *)(usize)module->cmdline;

    return name && module->cmdline < FOUR_GIB && (!strcmp(name, "firmware") || !strcmp(name, "ipxe"));
}

static void read_start_info(const struct hvm_start_info *info, const char *protocol)
{
    const struct hvm_memmap_entry *range = (void *)(usize)info->memmap;
    const struct hvm_modlist_entry *module = (void *)(usize)info->modlist;

    boot.protocol = protocol;
    take_command_line(info->cmdline);
    for (u32 i = 0; i < info->nr_modules; i++)
        if (!is_firmware(&module[i]))
            take_module(module[i].paddr, module[i].size);
    for (u32 i = 0; info->version >= 1 && range && i < info->memmap_entries; i++)
        take_range(range[i].addr, range[i].size, range[i].type);
}

static void read_multiboot(const struct multiboot_info *info)
{
    boot.protocol = "Multiboot";
    if (info->flags & MULTIBOOT_INFO_CMDLINE)
        take_command_line(info->cmdline);
    if (info->flags & MULTIBOOT_INFO_MODULES && info->mods_count) {
        const struct multiboot_module *module = (void *)info->mods_addr;

        take_module(module->start, module->end - module->start);
    }
    if (info->flags & MULTIBOOT_INFO_MMAP) {
        u32 at = info->mmap_addr, end = at + info->mmap_length;

        while (at < end) {
            const struct multiboot_mmap *range = (void *)at;

            take_range(range->base, range->length, range->type);
            at += range->size + sizeof(range->size);
        }
    }
}

static void read_multiboot2_mmap(const struct multiboot2_mmap *map)
{
    u32 at = (u32)(map + 1), end = (u32)map + map->tag.size;

    for (; at < end; at += map->entry_size) {
        const struct multiboot2_mmap_entry *range = (void *)at;

        take_range(range->base, range->length, range->type);
    }
}

static void read_multiboot2(const struct multiboot2_info *info)
{
    u32 at = (u32)(info + 1), end = (u32)info + info->total_size;

    boot.protocol = "Multiboot 2";
    while (at < end) {
        const struct multiboot2_tag *tag = (void *)at;
        const struct multiboot2_module *module = (void *)at;

        if (tag->type == MULTIBOOT2_TAG_END)
            return;
        if (tag->type == MULTIBOOT2_TAG_CMDLINE)
            take_command_line((u32)(tag + 1));
        else if (tag->type == MULTIBOOT2_TAG_MODULE)
            take_module(module->start, module->end - module->start);
        else if (tag->type == MULTIBOOT2_TAG_MMAP)
            read_multiboot2_mmap((void *)at);
        at += ALIGN_UP(tag->size, 8);
    }
}

static void read_rom(u32 image)
{
    const char *config = (const char *)-ROM_CONFIG_OFFSET;

    boot.protocol = "reset vector";
    boot.payload_delta = image - (u32)loader_start;
    if (!strncmp(config, ROM_CONFIG_MAGIC, ROM_CONFIG_TEXT))
        take_command_line((u32)config + ROM_CONFIG_TEXT);
}

void setup_boot_info(u32 magic, u32 information)
{
    if (magic == PVH_START_MAGIC)
        read_start_info((void *)information, "PVH");
    else if (magic == MULTIBOOT_BOOT_MAGIC)
        read_multiboot((void *)information);
    else if (magic == MULTIBOOT2_BOOT_MAGIC)
        read_multiboot2((void *)information);
    else if (magic == BOOT_MAGIC_ROM)
        read_rom(information);
    else if (xen_probe() && information && ((struct hvm_start_info *)information)->magic == PVH_START_MAGIC)
        read_start_info((void *)information, "Xen");
    else
        boot.protocol = "unknown boot loader";
    print("vmxloader: started by %s, command line \"%s\"\n", boot.protocol, boot.command_line);
}
