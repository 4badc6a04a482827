/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 19h tries the boot order from its start, INT 18h goes on behind the device that gave up.
 * A floppy's boot sector needs no signature (none of the early systems wrote one); a hard disk's does.
 * BIOS Boot Specification 1.01, chapters 5 and 6; PnP BIOS Specification 1.0A, 3.5: ES:DI = $PnP.
 */
#include "boot.h"
#include "cd_emulation.h"
#include "services.h"
#include "abi/phase_codes.h"
#include "hw/io.h"
#include "spec/mbr.h"

#define BOOT_TRIES  3
#define BOOT_AX     0xAA55      /* what peers leave in AX */
#define SECTOR      ((struct mbr __seg_fs *)0)

extern ROM_EXT char pnp_header[];

static u8 position;             /* in targets */

static struct farptr pnp(void)
{
    return far_make(0xF000, (u16)(u32)pnp_header);
}

void boot_jump(u16 segment, u16 offset, u8 drive)
{
    struct regs16 r = { .ax = BOOT_AX, .dl = drive, .es = pnp().segment, .di = pnp().offset,
                        .cs = segment, .ip = offset, .flags = FLAG_IF };

    outb(PORT_PHASE, PHASE_BOOT_SECTOR);
    jump_far(&r);
}

static u8 reason_of(u8 code)
{
    return code == DISK_ENOMEDIUM ? REASON_NO_MEDIUM : code == DISK_ETIMEOUT ? REASON_TIMEOUT : REASON_UNREADABLE;
}

static u8 load_sector(u8 drive)
{
    u8 code = 0;

    for (u8 tries = BOOT_TRIES; tries; tries--) {
        struct regs16 r = { .ax = 0x0201, .cx = 1, .dl = drive, .bx = BOOT_SECTOR_ADDRESS };

        call_int(0x13, &r);
        if (!(r.flags & FLAG_CF))
            return REASON_UNTRIED;
        code = r.ah;
        if (code == DISK_ENOMEDIUM || code == DISK_ETIMEOUT)
            break;
        r.ah = 0;
        r.dl = drive;
        call_int(0x13, &r);
    }
    return reason_of(code);
}

static bool blank(void)
{
    u16 __seg_fs *words = (u16 __seg_fs *)0;

    for (u8 i = 1; i < 16; i++)
        if (words[i] != words[0])
            return false;
    return true;
}

static void announce(const struct boot_target *t)
{
    screen_text(ROMSTR("Booting from "));
    boot_name(t);
    screen_char('\n');
}

/* Every machine has a floppy controller, few a floppy: nothing is said of an empty drive. */
static u8 boot_floppy(const struct boot_target *t)
{
    u8 drive = t->index, reason = load_sector(drive);

    if (reason)                     /* an empty drive shows as one that never gets ready */
        return reason == REASON_TIMEOUT ? REASON_NO_MEDIUM : reason;
    fs_load(BOOT_SECTOR_ADDRESS >> 4);
    if (blank())
        return REASON_BLANK;
    announce(t);
    boot_jump(0, BOOT_SECTOR_ADDRESS, drive);
}

static u8 boot_disk(u8 index)
{
    u8 reason;

    if (disks[index].flags & DRIVE_SILENT)
        return REASON_TIMEOUT;
    disk_make_first(index);
    reason = load_sector(first_disk);
    if (reason)
        return reason;
    fs_load(BOOT_SECTOR_ADDRESS >> 4);
    if (SECTOR->signature != MBR_SIGNATURE)
        return REASON_UNSIGNED;
    boot_jump(0, BOOT_SECTOR_ADDRESS, first_disk);
}

static u8 boot_rom(u8 index)
{
    struct regs16 r = { .ax = BOOT_AX, .es = pnp().segment, .di = pnp().offset,
                        .cs = boot_options[index].entry.segment, .ip = boot_options[index].entry.offset };

    call_far(&r);
    return REASON_RETURNED;
}

static u8 boot(const struct boot_target *t)
{
    cd_emulation_stop();
    if (t->kind == BOOT_RAMDISK)
        cd_emulation_ram_floppy();
    if (t->kind == BOOT_FLOPPY || t->kind == BOOT_RAMDISK)
        return boot_floppy(t);
    announce(t);
    switch (t->kind) {
    case BOOT_DISK:
        return boot_disk(t->index);
    case BOOT_CD:
        return boot_cd(t->index);
    default:
        return boot_rom(t->index);
    }
}

static void boot_on(void)
{
    for (;;) {
        while (position < targets_found) {
            struct boot_target *t = &targets[position++];

            t->reason = REASON_RETURNED;     /* what it is if the boot program comes back by INT 18h */
            t->reason = boot(t);
            if (position < targets_found && t->reason != REASON_NO_MEDIUM)
                boot_tell(t);
        }
        boot_failed();
        position = 0;
    }
}

void int19(struct regs16 *r)
{
    outb(PORT_PHASE, PHASE_POST_BOOT);
    boot_list();
    position = boot_menu();
    boot_on();
}

void int18(struct regs16 *r)
{
    boot_on();
}
