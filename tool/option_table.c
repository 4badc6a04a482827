/* SPDX-License-Identifier: BSD-2-Clause */
/* Every option of `dfw`: parsed, read from a file, completed and explained from this one table. */
#include "options.h"

#define AT(field) offsetof(struct options, field)

enum {
    DRIVES  = FOR_MACHINE & ~(FOR_INSTALL | FOR_GUESTS),    /* install has a CD and a disk, guests a table */
    NAMED   = FOR_RUN | FOR_XML | FOR_XL,
    ENGINES = FOR_RUN | FOR_GUESTS,
    OUTPUT  = FOR_SCREEN | FOR_XML | FOR_XL | FOR_RUN | FOR_GUESTS,
};

const struct option_spec option_table[] = {
    { 0,   "hd",         OPTION_DRIVE,    DRIVE_DISK,     "FILE",              DRIVES,       "attach FILE as a hard disk, whatever it is" },
    { 0,   "cd",         OPTION_DRIVE,    DRIVE_CD,       "FILE",              DRIVES | FOR_INSTALL, "attach FILE as a CD" },
    { 0,   "fd",         OPTION_DRIVE,    DRIVE_FLOPPY,   "FILE",              DRIVES,       "attach FILE as a floppy" },
    { 0,   "disk",       OPTION_TEXT,     AT(disk),       "DISK[,SIZE]",       FOR_INSTALL,  "the disk to install to, made (SIZE: 8G if not given) where it is missing" },
    { 0,   "bus",        OPTION_TEXT,     AT(bus),        "ide|virtio|ahci|scsi|nvme", FOR_MACHINE, "bus of hard disks and CDs (CDs stay off virtio and nvme)" },
    { 0,   "write",      OPTION_FLAG,     AT(write),      NULL,                DRIVES,       "keep what the guest writes (default: images stay untouched)" },
    { 0,   "boot",       OPTION_TEXT,     AT(boot),       "cd,hd,fd,net",      DRIVES,       "order of devices (default: the first IMAGE first)" },
    { 0,   "once",       OPTION_TEXT,     AT(once),       "cd",                DRIVES,       "boot this device the first time only" },
    { 0,   "menu",       OPTION_FLAG,     AT(menu),       NULL,                DRIVES,       "offer the firmware's boot menu" },
    { 0,   "name",       OPTION_TEXT,     AT(name),       "NAME",              NAMED,        "what list, screen, keys and stop call the machine (the first image's name)" },
    { 0,   "engine",     OPTION_TEXT,     AT(engine),     "qemu|bochs|xen",        ENGINES,      "who runs the machine (qemu)" },
    { 0,   "firmware",   OPTION_TEXT,     AT(firmware),   "rom|kernel",        FOR_MACHINE,  "start dfw.rom, or vmxloader as a kernel (rom)" },
    { 0,   "bios",       OPTION_TEXT,     AT(bios),       "FILE",              FOR_MACHINE,  "another BIOS image in place of ours" },
    { 0,   "vgabios",    OPTION_TEXT,     AT(vgabios),    "FILE",              FOR_MACHINE,  "another VGA BIOS in place of ours" },
    { 0,   "machine",    OPTION_TEXT,     AT(machine),    "pc|q35",            FOR_MACHINE,  "chipset (pc)" },
    { 'm', "memory",     OPTION_TEXT,     AT(memory),     "MIB",               FOR_MACHINE,  "memory: 256, 256M, 2G (256M)" },
    { 'c', "cpus",       OPTION_TEXT,     AT(cpus),       "N",                 FOR_MACHINE,  "processors (1)" },
    { 0,   "cpu",        OPTION_TEXT,     AT(cpu),        "MODEL",             FOR_MACHINE,  "the engine's CPU model (Bochs: corei5_lynnfield_750; core2_penryn_t9600 has no EPT)" },
    { 0,   "accel",      OPTION_TEXT,     AT(accel),      "auto|kvm|tcg",      FOR_MACHINE,  "QEMU accelerator (auto: KVM where a guest really starts)" },
    { 0,   "vga",        OPTION_TEXT,     AT(vga),        "std|cirrus|none",   FOR_MACHINE,  "graphics card (std)" },
    { 0,   "partition",  OPTION_TEXT,     AT(partition),  "none|vmx|svm|auto", FOR_MACHINE,  "run in the hypervisor's partition: vmx on Bochs, svm on QEMU, or what KVM nests (none)" },
    { 0,   "strict",     OPTION_FLAG,     AT(strict),     NULL,                FOR_MACHINE,  "no real mode in the partition even where the CPU has it: vmxassist" },
    { 0,   "assist",     OPTION_TEXT,     AT(assist),     "vm86|interpret",    FOR_MACHINE,  "how vmxassist runs real mode; interpret: every instruction, with --strict (vm86)" },
    { 0,   "cmdline",    OPTION_TEXT,     AT(cmdline),    "TEXT",              FOR_MACHINE,  "words for the firmware (docs/boot-contract.md)" },
    { 0,   "display",    OPTION_TEXT,     AT(display),    "none|window|term|vnc", NAMED,        "the guest's screen in a window, in this terminal (Ctrl-] leaves), by VNC on this host (none)" },
    { 0,   "serial",     OPTION_TEXT,     AT(serial),     "stdio|none|FILE",   FOR_RUN,      "where COM1 goes (stdio)" },
    { 0,   "screen",     OPTION_TEXT,     AT(screen),     "FILE",              FOR_RUN,      "at the end write the screen: .png, .ppm, or .txt" },
    { 0,   "expect",     OPTION_EXPECT,   0,              "TEXT",              FOR_RUN,      "end well when TEXT is on the screen or on COM1 (repeatable: all of them)" },
    { 0,   "timeout",    OPTION_TEXT,     AT(timeout),    "SECONDS",           FOR_RUN,      "end with code 3 after so long" },
    { 0,   "keys",       OPTION_TEXT,     AT(keys),       "KEYS",              FOR_RUN,      "type: text, <enter> <f12> <ctrl-c>, <wait:TEXT>, <pause:MS>" },
    { 0,   "keys-after", OPTION_TEXT,     AT(keys_after), "TEXT",              FOR_RUN,      "begin typing when TEXT is seen" },
    { 0,   "icount",     OPTION_FLAG,     AT(icount),     NULL,                FOR_RUN,      "the guest's time counts instructions: the same on every run" },
    { 0,   "debug",      OPTION_TEXT,     AT(debug),      "FILE|-",            FOR_RUN,      "write the firmware's debug port to FILE, or stderr" },
    { 0,   "gdb",        OPTION_FLAG,     AT(gdb),        NULL,                FOR_BOOT,     "stop at the boot sector and start gdb there" },
    { 0,   "trace",      OPTION_TEXT,     AT(trace),      "WHAT,...",          FOR_RUN,      "tell in words: int10 int13 int15 int16 (int13:42: AH=42h alone), modes, assist, exits" },
    { 'o', "output",     OPTION_TEXT,     AT(output),     "FILE",              OUTPUT,       "write there what is asked for: the trace, the screen, the domain, the table" },
    { 0,   "dir",        OPTION_TEXT,     AT(dir),        "DIR",               FOR_GUESTS,   "where the images are" },
    { 0,   "pictures",   OPTION_TEXT,     AT(pictures),   "DIR",               FOR_GUESTS,   "keep each system's last screen there" },
    { 0,   "table",      OPTION_TEXT,     AT(table),      "FILE",              FOR_GUESTS,   "the systems, one a line (guests.table beside the firmware)" },
    { 0,   "all",        OPTION_FLAG,     AT(all),        NULL,                FOR_STOP,     "every machine that runs" },
    { 0,   "config",     OPTION_TEXT,     AT(config),     "FILE",              FOR_MACHINE,  "read more options from FILE (lines: name=value)" },
    { 0,   "dry-run",    OPTION_FLAG,     AT(dry_run),    NULL,                FOR_RUN,      "print the engine's command line and stop" },
    { 0,   "json",       OPTION_FLAG,     AT(json),       NULL,                FOR_ALL,      "events on stderr as JSON, one a line; what list, info and doctor print as JSON" },
    { 'v', "verbose",    OPTION_FLAG,     AT(verbose),    NULL,                FOR_ALL,      "say more" },
    { 'q', "quiet",      OPTION_FLAG,     AT(quiet),      NULL,                FOR_ALL,      "errors only" },
    { 'h', "help",       OPTION_FLAG,     AT(help),       NULL,                FOR_ALL,      "this text" },
    { 0,   NULL,         OPTION_FLAG,     0,              NULL,                0,            NULL },
};
