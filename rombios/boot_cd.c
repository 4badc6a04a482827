/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Boot from CD: boot record, catalog, the first bootable entry for the PC, its image.
 * Entered by INT 19h, and by INT 13h AH=4Ch with the image chosen. El Torito 1.0, chapters 2 and 5.
 */
#include "cd.h"
#include "boot.h"
#include "cd_emulation.h"

#define MEMORY_TOP   0x9F800u         /* the EBDA starts here */
#define SCRATCH      ((u32)SCRATCH_SEGMENT << 4)
#define RECORD       ((struct eltorito_record __seg_fs *)0)        /* FS = SCRATCH_SEGMENT */
#define ENTRY(n)     ((struct eltorito_entry __seg_fs *)((n) * 32u))
#define SECTION_AT(n) ((struct eltorito_section __seg_fs *)((n) * 32u))

static u8 read(drive_t d, u32 sector, u16 count, u32 address)
{
    struct transfer t = { .lba = sector, .count = count, .address = address, .operation = DISK_READ };
    u8 code = d->ops->transfer(d, &t);

    fs_load(SCRATCH_SEGMENT);
    return code;
}

static bool record_valid(void)
{
    romstr id = ROMSTR(ELTORITO_IDENTIFIER);

    if (RECORD->type)
        return false;
    for (u8 i = 0; id[i]; i++)
        if (RECORD->identifier[i] != id[i])
            return false;
    return true;
}

/* The key decides; a wrong checksum is common enough that no BIOS minds it. */
static bool catalog_valid(void)
{
    const struct eltorito_validation __seg_fs *v = (struct eltorito_validation __seg_fs *)0;

    return v->id == ELTORITO_VALIDATION_ID && v->key == ELTORITO_VALIDATION_KEY;
}

/* The entry to boot: the default one, or the first of a PC section; 0 for none. */
static u8 choose_entry(void)
{
    if (((struct eltorito_validation __seg_fs *)0)->platform == ELTORITO_PLATFORM_X86 && ENTRY(1)->bootable == ELTORITO_BOOTABLE)
        return 1;
    for (u16 n = 2; n < ELTORITO_CATALOG_ENTRIES; n += SECTION_AT(n)->entries + 1) {
        u8 id = SECTION_AT(n)->id;

        if (id != ELTORITO_SECTION && id != ELTORITO_SECTION_LAST)
            break;
        if (SECTION_AT(n)->platform == ELTORITO_PLATFORM_X86)
            for (u16 i = n + 1; i <= n + SECTION_AT(n)->entries && i < ELTORITO_CATALOG_ENTRIES; i++)
                if (ENTRY(i)->bootable == ELTORITO_BOOTABLE)
                    return i;
        if (id == ELTORITO_SECTION_LAST)
            break;
    }
    return 0;
}

static struct eltorito_packet packet_of(u8 entry, u8 index)
{
    u8 media = ENTRY(entry)->media & ELTORITO_MEDIA_MASK;

    return (struct eltorito_packet){
        .media = media,
        .drive = media == ELTORITO_MEDIA_NONE ? FIRST_CD + index : media == ELTORITO_MEDIA_DISK ? 0x80 : 0x00,
        .controller = cds[index].channel,
        .device = cds[index].unit,
        .sector = ENTRY(entry)->sector,
        .load_segment = ENTRY(entry)->load_segment ? ENTRY(entry)->load_segment : ELTORITO_LOAD_SEGMENT,
        .count = ENTRY(entry)->count ? ENTRY(entry)->count : media ? 1 : CD_SECTOR_SIZE / 512,
    };
}

void boot_cd_image(u8 index)
{
    const struct eltorito_packet *p = &cd_emulation.packet;
    u32 address = (u32)p->load_segment << 4;
    u16 sectors = (p->count + 3) / 4;

    if (address + (u32)sectors * CD_SECTOR_SIZE > MEMORY_TOP)
        sectors = (MEMORY_TOP - address) / CD_SECTOR_SIZE;
    if (read(&cds[index], p->sector, sectors, address))
        return;
    boot_jump(p->load_segment, 0, p->drive);
}

static u8 reason_of(u8 code)
{
    return code == DISK_ENOMEDIUM ? REASON_NO_MEDIUM : code == DISK_ETIMEOUT || code == DISK_ENOTREADY ? REASON_TIMEOUT : REASON_UNREADABLE;
}

u8 boot_cd(u8 index)
{
    drive_t d = &cds[index];
    struct eltorito_packet packet;
    u8 code, entry;

    code = cd_spin_up(d);
    if (!code)
        code = read(d, ELTORITO_RECORD_SECTOR, 1, SCRATCH);
    if (code)
        return reason_of(code);
    if (!record_valid())
        return REASON_NO_CATALOG;
    cd_emulation.catalog = RECORD->catalog;
    if (read(d, cd_emulation.catalog, 1, SCRATCH) || !catalog_valid())
        return REASON_BAD_CATALOG;
    entry = choose_entry();
    if (!entry)
        return REASON_NOT_BOOTABLE;
    packet = packet_of(entry, index);
    if (!cd_emulation_start(index, &packet))
        return REASON_NOT_BOOTABLE;
    boot_cd_image(index);
    cd_emulation_stop();
    return REASON_UNREADABLE;
}
