/* SPDX-License-Identifier: BSD-2-Clause */
/* Keys of QEMU's own keyboard, through its controller, IRQ1 and INT 16h; the LED command; Ctrl-Alt-Del. */
#include "typed.h"
#include "hw/kbc.h"

#define LED_CAPS         0x04
#define KBD_CMD_SCAN_SET 0xF0
#define PAUSED_TICKS     4

static volatile u8 calls_05, calls_1b, calls_85[2], paused_ticks;
static volatile u32 work, work_at_pause;
static bool work_stood;
static volatile u32 before_15;
extern const u8 count_05[], count_1b[], count_85[], tick_1c[];
void on_tick(void);

asm(".section .text.handlers, \"ax\"\n"
    "count_05: incb %cs:calls_05\n iretw\n"
    "count_1b: incb %cs:calls_1b\n iretw\n"
    "count_85: cmpb $0x85, %ah\n jne 1f\n pushw %bx\n movzbw %al, %bx\n incb %cs:calls_85(%bx)\n popw %bx\n"
    "1: ljmpw *%cs:before_15\n"
    "tick_1c: pushal\n pushw %ds\n pushw %es\n pushw %fs\n xorw %ax, %ax\n movw %ax, %ds\n movw %ax, %es\n cld\n"
    "calll on_tick\n popw %fs\n popw %es\n popw %ds\n popal\n iretw\n"
    ".text\n");

void ask(const char *command)
{
    put_text("? ");
    put_text(command);
    put_text("\n");
}

u32 ticks(void)
{
    return far_read32(SEG_BDA, offsetof(struct bda, timer_ticks));
}

void idle(u32 n)
{
    for (u32 start = ticks(); ticks() - start < n;)
        asm volatile("hlt");
}

u32 key(u32 limit)
{
    struct regs r;
    u32 start = ticks();

    do {
        r = (struct regs){ .eax = 0x1100, .flags = FLAG_IF };
        call_bios(0x16, &r);
        if (!(r.flags & FLAG_ZF)) {
            r = (struct regs){ .eax = 0x1000, .flags = FLAG_IF };
            call_bios(0x16, &r);
            return r.ax;
        }
    } while (ticks() - start < limit);
    return NO_KEY;
}

static u32 typed(const char *command)
{
    u32 word;

    ask(command);
    word = key(LIMIT);
    idle(8);                           /* the monitor holds a key for 100 ms */
    return word;
}

static bool counted(volatile u8 *count, const char *command)
{
    ask(command);
    for (u32 start = ticks(); !*count && ticks() - start < LIMIT;)
        asm volatile("hlt");
    idle(8);
    return *count == 1;
}

static bool lamps(u8 wanted)
{
    u32 start = ticks();

    while (far_read8(SEG_BDA, offsetof(struct bda, kbd_led)) != (wanted | KBD_LED_ACK) && ticks() - start < LIMIT)
        asm volatile("hlt");
    idle(8);
    return far_read8(SEG_BDA, offsetof(struct bda, kbd_led)) == (wanted | KBD_LED_ACK);
}

static void test_lamps(void)
{
    ask("sendkey caps_lock");
    check(lamps(LED_CAPS), "caps lock: the keyboard takes the LED command, 40:97 has the lamp");
    check_equal(typed("sendkey a"), 0x1E41, "caps lock: A");
    ask("sendkey caps_lock");
    check(lamps(0), "caps lock again: the lamp is off");
}

/* On INT 1Ch, for the program itself stands still. */
void on_tick(void)
{
    if (!(far_read8(SEG_BDA, offsetof(struct bda, kbd_flags2)) & KBD_FLAGS2_PAUSED))
        return;
    paused_ticks++;
    if (paused_ticks == 1)
        work_at_pause = work;
    if (paused_ticks == PAUSED_TICKS) {
        work_stood = work == work_at_pause;
        ask("sendkey x");
    }
}

static void test_pause(void)
{
    u32 before = far_read32(0, 0x1C * 4), start = ticks();

    far_write32(0, 0x1C * 4, (u32)tick_1c);
    ask("sendkey pause");
    while (paused_ticks < PAUSED_TICKS && ticks() - start < LIMIT)
        work++;
    far_write32(0, 0x1C * 4, before);
    check(work_stood, "Pause stops the program, not IRQ0");
    check(!(far_read8(SEG_BDA, offsetof(struct bda, kbd_flags2)) & KBD_FLAGS2_PAUSED), "another key goes on");
    check_equal(key(8), NO_KEY, "and is not in the buffer");
}

static void test_actions(void)
{
    far_write32(0, 0x05 * 4, (u32)count_05);
    far_write32(0, 0x1B * 4, (u32)count_1b);
    check(counted(&calls_05, "sendkey print"), "Print Screen calls INT 05h");
    check(counted(&calls_1b, "sendkey ctrl-pause"), "Ctrl-Break calls INT 1Bh");
    check_equal(key(0), 0x0000, "and leaves one zero in the buffer");
    before_15 = far_read32(0, 0x15 * 4);
    far_write32(0, 0x15 * 4, (u32)count_85);
    check(counted(calls_85, "sendkey alt-sysrq") && calls_85[1] == 1, "SysRq calls INT 15h AH=85h, down and up");
    far_write32(0, 0x15 * 4, before_15);
}

static void write_byte(u16 port, u8 byte)
{
    while (inb(KBC_STATUS) & KBC_STATUS_IBF)
        ;
    outb(port, byte);
}

static u8 read_byte(void)
{
    while (!(inb(KBC_STATUS) & KBC_STATUS_OBF))
        ;
    return inb(KBC_DATA);
}

/* The keyboard's scan-code set, and whether the controller translates. IRQ1 of the answers comes after all, for the last: an ACK. */
static void scan_set(u8 set, bool translate)
{
    u8 mode;

    asm volatile("cli");
    write_byte(KBC_CMD, KBC_CMD_READ_MODE);
    mode = read_byte() & (u8)~KBC_MODE_TRANSLATE;
    write_byte(KBC_CMD, KBC_CMD_WRITE_MODE);
    write_byte(KBC_DATA, mode | (translate ? KBC_MODE_TRANSLATE : 0));
    write_byte(KBC_DATA, KBD_CMD_SCAN_SET);
    read_byte();
    write_byte(KBC_DATA, set);
    read_byte();
    asm volatile("sti");
}

static void test_scan_sets(void)
{
    check_equal(typed("sendkey a"), 0x1E61, "set 2, translated: a");
    check_equal(typed("sendkey up"), 0x48E0, "set 2, translated: cursor up");
    scan_set(1, false);
    check_equal(typed("sendkey shift-a"), 0x1E41, "set 1, not translated: A");
    check_equal(typed("sendkey up"), 0x48E0, "set 1, not translated: cursor up");
    scan_set(3, true);
    check_equal(typed("sendkey a"), 0x1E61, "set 3, translated: a");
    scan_set(2, true);
    check_equal(typed("sendkey shift-a"), 0x1E41, "set 2 again: A");
}

void guest_main(u8 drive)
{
    test_scan_sets();
    test_lamps();
    test_pause();
    test_actions();
    test_mouse();
    ask("sendkey ctrl-alt-delete");
    idle(LIMIT);
    check(false, "Ctrl-Alt-Del ends the program");
    plan_done();
}
