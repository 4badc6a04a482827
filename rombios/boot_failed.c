/* SPDX-License-Identifier: BSD-2-Clause */
/* Nothing bootable: say for every device why, and what to do; then wait for a key, or reset. */
#include "boot.h"
#include "timer.h"

#define STAY  0xFFFF             /* handoff.fail_wait */

static void explain(u8 reason)
{
    switch (reason) {
    case REASON_UNREADABLE:
        screen_text(ROMSTR("read error: check the image or the cable"));
        break;
    case REASON_NO_MEDIUM:
        screen_text(ROMSTR("no medium: insert one"));
        break;
    case REASON_TIMEOUT:
        screen_text(ROMSTR("drive does not answer: check the connection"));
        break;
    case REASON_UNSIGNED:
        screen_text(ROMSTR("no boot signature 55AA: install a boot loader on it"));
        break;
    case REASON_BLANK:
        screen_text(ROMSTR("blank: write a boot floppy image to it"));
        break;
    case REASON_NO_CATALOG:
        screen_text(ROMSTR("no El Torito boot record: use a bootable CD"));
        break;
    case REASON_BAD_CATALOG:
        screen_text(ROMSTR("boot catalogue damaged: make the image again"));
        break;
    case REASON_NOT_BOOTABLE:
        screen_text(ROMSTR("boot catalogue has no BIOS image: make it with one"));
        break;
    case REASON_RETURNED:
        screen_text(ROMSTR("its boot program gave up: see its message"));
        break;
    default:
        screen_text(ROMSTR("not tried"));
    }
}

static bool key_pressed(void)
{
    struct regs16 r = { .ah = 0x01 };

    call_int(0x16, &r);
    if (r.flags & FLAG_ZF)
        return false;
    r.ah = 0;
    call_int(0x16, &r);
    return true;
}

void boot_tell(const struct boot_target *t)
{
    screen_text(ROMSTR("  "));
    boot_name(t);
    screen_text(ROMSTR(": "));
    explain(t->reason);
    screen_char('\n');
}

void boot_failed(void)
{
    u16 seconds = HANDOFF->fail_wait;

    screen_text(ROMSTR("\nNothing to boot from:\n"));
    for (u8 i = 0; i < targets_found; i++)
        boot_tell(&targets[i]);
    if (!targets_found)
        screen_text(ROMSTR("  no drive found: attach a disk, a CD or a floppy\n"));
    screen_text(ROMSTR("Press a key to try again"));
    if (seconds != STAY) {
        screen_text(ROMSTR("; reset in "));
        screen_number(seconds);
        screen_text(ROMSTR(" s"));
    }
    screen_char('\n');
    for (u32 tenths = seconds * 10u; seconds == STAY || tenths; tenths--) {
        if (key_pressed())
            return;
        timer_wait(100 * MS);
    }
    machine_reset();
}
