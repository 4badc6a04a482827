/* SPDX-License-Identifier: BSD-2-Clause */
/* The boot order: the loader's list first, then whatever it left out, floppy, disk, CD, network. */
#include "boot.h"
#include "floppy.h"

struct boot_target targets[MAX_TARGETS];
u8 targets_found;
POSTVAR struct boot_option boot_options[MAX_BOOT_OPTIONS];
POSTVAR u8 boot_options_found;

bool boot_option_add(u16 bdf, struct farptr entry, struct farptr name)
{
    if (boot_options_found == MAX_BOOT_OPTIONS)
        return false;
    boot_options[boot_options_found].bdf = bdf;
    boot_options[boot_options_found].entry = entry;
    boot_options[boot_options_found].name = name;
    boot_options_found++;
    return true;
}

static void add(u8 kind, u8 index)
{
    for (u8 i = 0; i < targets_found; i++)
        if (targets[i].kind == kind && targets[i].index == index)
            return;
    if (targets_found == MAX_TARGETS)
        return;
    targets[targets_found++] = (struct boot_target){ kind, index, REASON_UNTRIED };
}

static void add_disks(const struct boot_entry __seg_gs *e)
{
    for (u8 i = 0; i < disks_found; i++)
        if ((disks[i].kind == DRIVE_RAMDISK) == (e->kind == BOOT_RAMDISK) && drive_matches(&disks[i], e))
            add(BOOT_DISK, i);
}

static void add_cds(const struct boot_entry __seg_gs *e)
{
    for (u8 i = 0; i < cds_found; i++)
        if (drive_matches(&cds[i], e))
            add(BOOT_CD, i);
}

static void add_matching(const struct boot_entry __seg_gs *e)
{
    u8 i;

    switch (e->kind) {
    case BOOT_FLOPPY:
        for (i = 0; i < floppies_found; i++)
            if (e->unit == BOOT_ANY || e->unit == i)
                add(BOOT_FLOPPY, i);
        break;
    case BOOT_RAMDISK:
        if (ram_floppy.kind)
            add(BOOT_RAMDISK, 0);
        add_disks(e);
        break;
    case BOOT_DISK:
        add_disks(e);
        break;
    case BOOT_CD:
        add_cds(e);
        break;
    case BOOT_DRIVE:
        add_disks(e);
        add_cds(e);
        break;
    case BOOT_NETWORK:
        for (i = 0; i < boot_options_found; i++)
            if (e->bdf == BOOT_ANY_BDF || e->bdf == boot_options[i].bdf)
                add(BOOT_NETWORK, i);
        break;
    }
}

void boot_list(void)
{
    u8 i;

    targets_found = 0;
    for (i = 0; i < HANDOFF->boot_count; i++)
        add_matching(&HANDOFF->boot[i]);
    for (i = 0; i < floppies_found; i++)
        add(BOOT_FLOPPY, i);
    if (ram_floppy.kind)
        add(BOOT_RAMDISK, 0);
    for (i = 0; i < disks_found; i++)
        add(BOOT_DISK, i);
    for (i = 0; i < cds_found; i++)
        add(BOOT_CD, i);
    for (i = 0; i < boot_options_found; i++)
        add(BOOT_NETWORK, i);
}

static void drive_name(drive_t d)
{
    screen_text(ROMSTR(" ("));
    for (const char __seg_gs *s = d->name; *s; s++)
        screen_char(*s);
    screen_char(')');
}

void boot_name(const struct boot_target *t)
{
    switch (t->kind) {
    case BOOT_FLOPPY:
        screen_text(ROMSTR("floppy "));
        screen_char('A' + t->index);
        break;
    case BOOT_RAMDISK:
        screen_text(ROMSTR("RAM floppy"));
        break;
    case BOOT_DISK:
        screen_text(ROMSTR("hard disk "));
        screen_number(t->index + 1);
        drive_name(&disks[t->index]);
        break;
    case BOOT_CD:
        screen_text(ROMSTR("CD "));
        screen_number(t->index + 1);
        drive_name(&cds[t->index]);
        break;
    case BOOT_NETWORK:
        screen_text(ROMSTR("network or option ROM "));
        screen_number(t->index + 1);
        break;
    }
}
