/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Options: the boot loader's command line (its first word may be the file name), then the text of
 * fw_cfg file opt/dfw/cmdline. docs/boot-contract.md lists the keys.
 */
#include "loader.h"
#include "abi/partition.h"
#include "abi/trace.h"
#include "abi/vmx_assist.h"
#include "hw/cmos.h"
#include "spec/fwcfg.h"

#define MENU_WAIT_DEFAULT  3000        /* ms, for `menu` without a value */
#define FAIL_WAIT_STAY     0xFFFF
#define VGA_WIDTH_MIN      64u
#define VGA_SIZE_MAX       16000u      /* what the card's registers take */

struct options options;

static struct boot_entry once;
static bool boot_given, once_given;

static const char *value_of(const char *word, const char *key)
{
    usize n = strlen(key);

    if (strncmp(word, key, n) || (word[n] && word[n] != '='))
        return NULL;
    return word[n] ? word + n + 1 : word + n;
}

static bool flag_value(const char *value)
{
    return *value != '0';
}

static bool take_partition(const char *value)
{
    options.partition_vendor = PARTITION_ANY_VENDOR;
    if (!strcmp(value, "vmx"))
        options.partition_vendor = PARTITION_VMX_ONLY;
    else if (!strcmp(value, "svm"))
        options.partition_vendor = PARTITION_SVM_ONLY;
    return strcmp(value, "none") != 0;
}

static u16 number16(const char *v)
{
    u32 n = parse_number(&v, 10);

    return (u16)MIN(n, 0xFFFFu);
}

/* WIDTHxHEIGHT */
static void take_vga_mode(const char *v)
{
    u32 width = parse_number(&v, 10), height = *v == 'x' ? (v++, parse_number(&v, 10)) : 0;

    if (*v || width < VGA_WIDTH_MIN || width > VGA_SIZE_MAX || !height || height > VGA_SIZE_MAX) {
        print("vmxloader: vga-mode wants WIDTHxHEIGHT, %u to %u wide, up to %u high\n", VGA_WIDTH_MIN, VGA_SIZE_MAX, VGA_SIZE_MAX);
        return;
    }
    options.vga_width = (u16)width;
    options.vga_height = (u16)height;
}

/* int10,int13,modes: what is to be told on the debug port. */
static void take_trace(const char *v)
{
    static const struct { const char *name; u16 services; u32 assist; } names[] = {
        { "int10", TRACE_INT10, 0 }, { "int13", TRACE_INT13, 0 }, { "int15", TRACE_INT15, 0 }, { "int16", TRACE_INT16, 0 },
        { "modes", 0, VMX_ASSIST_OPTION_TRACE_MODES }, { "assist", 0, VMX_ASSIST_OPTION_TRACE_ASSIST },
    };

    while (*v) {
        usize n = 0, i = 0;

        while (v[n] && v[n] != ',')
            n++;
        while (i < ARRAY_SIZE(names) && (strncmp(names[i].name, v, n) || names[i].name[n]))
            i++;
        if (i < ARRAY_SIZE(names)) {
            options.trace |= names[i].services;
            options.trace_assist |= names[i].assist;
        } else {
            print("vmxloader: trace knows int10, int13, int15, int16, modes and assist, not \"%s\"\n", v);
        }
        v += n + (v[n] == ',');
    }
}

static void take_word(const char *word)
{
    const char *v;

    if ((v = value_of(word, "boot"))) {
        options.boot_count = (u8)parse_boot_list(v, options.boot, HANDOFF_MAX_BOOT);
        boot_given = true;
    } else if ((v = value_of(word, "once"))) {
        once_given = parse_boot_list(v, &once, 1) == 1;
    } else if ((v = value_of(word, "menu"))) {
        options.menu = true;
        options.menu_wait = *v ? number16(v) : MENU_WAIT_DEFAULT;
    } else if ((v = value_of(word, "fail-wait"))) {
        options.fail_wait = number16(v);
    } else if ((v = value_of(word, "serial"))) {
        options.serial = flag_value(v);
    } else if ((v = value_of(word, "log"))) {
        options.log = flag_value(v);
    } else if ((v = value_of(word, "debug"))) {
        options.debug = flag_value(v);
    } else if ((v = value_of(word, "partition"))) {
        options.partition = take_partition(v);
    } else if ((v = value_of(word, "strict"))) {
        options.strict = flag_value(v);
    } else if ((v = value_of(word, "early"))) {
        options.early = flag_value(v);
    } else if ((v = value_of(word, "a20"))) {
        options.a20 = flag_value(v);
    } else if ((v = value_of(word, "bios"))) {
        options.bios = parse_substitute(v);
    } else if ((v = value_of(word, "vgabios"))) {
        options.vgabios = parse_substitute(v);
    } else if ((v = value_of(word, "assist"))) {
        options.interpret = !strcmp(v, "interpret");
        options.strict |= options.interpret;
    } else if ((v = value_of(word, "vga-mode"))) {
        take_vga_mode(v);
    } else if ((v = value_of(word, "trace"))) {
        take_trace(v);
    } else if (word != boot.command_line) {
        print("vmxloader: option \"%s\" unknown, ignored\n", word);
    }
}

/* Cut `text` into words, in place. */
static void take_text(char *text)
{
    while (*text) {
        char *word = text;

        while (*text && *text != ' ' && *text != '\n' && *text != '\t')
            text++;
        if (*text)
            *text++ = 0;
        if (*word)
            take_word(word);
    }
}

static void take_fwcfg_text(void)
{
    static char text[MAX_COMMAND_LINE];
    u16 key;
    u32 size = fwcfg_find("opt/dfw/cmdline", &key);

    if (!size)
        return;
    size = MIN(size, sizeof(text) - 1);
    fwcfg_read(key, text, size);
    text[size] = 0;
    take_text(text);
}

static void take_fwcfg_menu(void)
{
    u16 key, menu = 0, wait = 0;
    u32 fail_wait;

    fwcfg_read(FWCFG_KEY_BOOT_MENU, &menu, sizeof(menu));
    if (menu) {
        options.menu = true;
        options.menu_wait = MENU_WAIT_DEFAULT;
        if (fwcfg_find("etc/boot-menu-wait", &key) == sizeof(wait)) {
            fwcfg_read(key, &wait, sizeof(wait));
            options.menu_wait = wait;
        }
    }
    if (fwcfg_find("etc/boot-fail-wait", &key) == sizeof(fail_wait)) {
        fwcfg_read(key, &fail_wait, sizeof(fail_wait));
        if (fail_wait != ~0u)
            options.fail_wait = (u16)MIN(fail_wait / 1000, 0xFFFEu);
    }
}

/* `once=` holds for one boot after power-on: CMOS remembers across resets that it had it. */
static void apply_once(void)
{
    if (!once_given || cmos_read(CMOS_ONCE) == CMOS_ONCE_USED)
        return;
    cmos_write(CMOS_ONCE, CMOS_ONCE_USED);
    memmove(&options.boot[1], &options.boot[0], (HANDOFF_MAX_BOOT - 1) * sizeof(once));
    options.boot[0] = once;
    options.boot_count = MIN(options.boot_count + 1, HANDOFF_MAX_BOOT);
}

void setup_options(void)
{
    options.log = debug_port != 0;
    options.fail_wait = FAIL_WAIT_STAY;
    if (platform.fwcfg)
        take_fwcfg_menu();
    take_text(boot.command_line);
    if (platform.fwcfg)
        take_fwcfg_text();
}

void setup_boot_order(void)
{
    if (!boot_given)
        options.boot_count = (u8)boot_order(options.boot, HANDOFF_MAX_BOOT);
    apply_once();
    print("vmxloader: boot order of %u entries%s\n", options.boot_count, boot_given ? " by command line" : "");
}
