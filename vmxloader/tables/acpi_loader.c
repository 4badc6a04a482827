/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU's ACPI tables: fw_cfg file etc/table-loader is a list of commands that say which files to
 * load, and which pointers and checksums to set in them. QEMU hw/acpi/bios-linker-loader.c
 * is the interface's definition. The memory is reserved for good: devices write into some files.
 */
#include "tables.h"

#define LOADER_FILE       "etc/table-loader"
#define MAX_FILES         16
#define NAME_SIZE         56

#define COMMAND_ALLOCATE       1
#define COMMAND_ADD_POINTER    2
#define COMMAND_ADD_CHECKSUM   3
#define COMMAND_WRITE_POINTER  4
#define ZONE_FSEG              2

struct command {
    u32 command;
    union {
        struct { char file[NAME_SIZE]; u32 align; u8 zone; } PACKED allocate;
        struct { char file[NAME_SIZE]; char source[NAME_SIZE]; u32 offset; u8 size; } PACKED pointer;
        struct { char file[NAME_SIZE]; u32 offset, start, length; } PACKED checksum;
        struct { char file[NAME_SIZE]; char source[NAME_SIZE]; u32 offset, source_offset; u8 size; } PACKED write;
        u8 pad[124];
    };
} PACKED;
SIZE_ASSERT(struct command, 128);

struct file {
    char name[NAME_SIZE];
    u8 *data;
    u32 size;
};

static struct file files[MAX_FILES];
static u32 file_count;

static struct file *find(const char *name)
{
    for (u32 i = 0; i < file_count; i++)
        if (!strncmp(files[i].name, name, NAME_SIZE))
            return &files[i];
    return NULL;
}

static bool in_file(const struct file *f, u32 offset, u32 length)
{
    return f && offset <= f->size && length <= f->size - offset;
}

static bool allocate(const struct command *c)
{
    struct file *f = &files[file_count];
    u32 align = MAX(c->allocate.align, 16u);
    u16 key;

    if (file_count == MAX_FILES || align & (align - 1))
        return false;
    memcpy(f->name, c->allocate.file, NAME_SIZE - 1);
    f->size = fwcfg_find(f->name, &key);
    if (!f->size)
        return false;
    if (c->allocate.zone == ZONE_FSEG)
        f->data = fseg_take(f->size, align);
    else
        f->data = (u8 *)memory_take(ALIGN_UP(f->size, 4096), MAX(align, 4096u), E820_RESERVED);
    if (!f->data)
        return false;
    fwcfg_read(key, f->data, f->size);
    file_count++;
    return true;
}

static bool add_pointer(const struct command *c)
{
    struct file *f = find(c->pointer.file), *source = find(c->pointer.source);
    u64 value = 0;

    if (!source || c->pointer.size > sizeof(value) || !in_file(f, c->pointer.offset, c->pointer.size))
        return false;
    memcpy(&value, f->data + c->pointer.offset, c->pointer.size);
    value += (u32)source->data;
    memcpy(f->data + c->pointer.offset, &value, c->pointer.size);
    return true;
}

static bool add_checksum(const struct command *c)
{
    struct file *f = find(c->checksum.file);

    if (!in_file(f, c->checksum.offset, 1) || !in_file(f, c->checksum.start, c->checksum.length))
        return false;
    f->data[c->checksum.offset] -= sum8(f->data + c->checksum.start, c->checksum.length);
    return true;
}

/* Tell the VMM where a file went: the pointer is written into a fw_cfg file of its own. */
static bool write_pointer(const struct command *c)
{
    struct file *source = find(c->write.source);
    u64 value;
    u16 key;

    if (!source || c->write.size > sizeof(value) || !fwcfg_find(c->write.file, &key))
        return false;
    value = (u32)source->data + c->write.source_offset;
    return fwcfg_write(key, c->write.offset, &value, c->write.size);
}

static bool execute(const struct command *c)
{
    switch (c->command) {
    case COMMAND_ALLOCATE:      return allocate(c);
    case COMMAND_ADD_POINTER:   return add_pointer(c);
    case COMMAND_ADD_CHECKSUM:  return add_checksum(c);
    case COMMAND_WRITE_POINTER: return write_pointer(c);
    default:                    return true;   /* later QEMUs: optional by definition */
    }
}

const char *acpi_by_table_loader(void)
{
    u16 key;
    u32 size = platform.fwcfg ? fwcfg_find(LOADER_FILE, &key) : 0;
    struct command *list = (struct command *)SCRATCH_BASE;

    if (!size)
        return NULL;
    if (size > SCRATCH_SIZE)
        fatal("%s has %u bytes", LOADER_FILE, size);
    fwcfg_read(key, list, size);
    for (u32 i = 0; i < size / sizeof(*list); i++)
        if (!execute(&list[i]))
            print("vmxloader: %s: command %u (%u, %s) failed\n", LOADER_FILE, i, list[i].command, list[i].allocate.file);
    return "by fw_cfg table loader";
}
