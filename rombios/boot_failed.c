/* SPDX-License-Identifier: BSD-2-Clause */
/* Nothing bootable: say for every device why, and what to do; then wait for a key, or reset. */
#include "boot.h"
#include "post.h"
#include "hw/pic.h"
#include "spec/bda.h"

#define STAY  0xFFFF             /* handoff.fail_wait */
#define TICKS(seconds)  ((seconds) * 182u / 10)      /* of IRQ0 */

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

static u16 tick(void)
{
    fs_load(SEG_BDA);
    return BDA->timer_ticks;
}

/* Halted until a key comes, true, or the time is over. A boot program may have left timer and mask in any state. */
static bool wait_for_key(u16 seconds)
{
    u32 left = TICKS(seconds);
    u16 last = tick();

    pit_init();
    pic_unmask(IRQ_TIMER);
    pic_unmask(IRQ_KEYBOARD);
    while (!key_pressed()) {
        halt_for_irq();
        if (seconds == STAY || tick() == last)
            continue;
        last = tick();
        if (!left--)
            return false;
    }
    return true;
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
    if (!wait_for_key(seconds))
        machine_reset();
}
