/* SPDX-License-Identifier: BSD-2-Clause */
/* Every verb of `dfw` with its words for people. */
#include "verbs.h"
#include <string.h>

#define MACHINE_NAME "NAME is what `dfw list` shows; it can be left out while one machine runs."

const struct verb verb_table[] = {
    { "boot", FOR_BOOT, verb_boot, 1, MAX_IMAGES, "IMAGE...", "files", "find out what each image is, and boot it",
      "Looks into each IMAGE (disk, CD, floppy; raw, qcow2, vmdk, vdi, vhd), attaches it to the drive it belongs in, and boots "
      "the first. stdout is the guest's COM1, stderr has one line a phase. Images are not written to, unless --write is given. "
      "`dfw IMAGE` is short for `dfw boot IMAGE`.\n\n"
      "--partition vmx takes the Bochs engine unless KVM passes VMX on to its guests; svm and auto take QEMU. Code in real mode "
      "runs under vmxassist where the processor has no real mode in a guest, or with --strict." },
    { "install", FOR_INSTALL, verb_install, 0, 0, "", "", "install a system from its CD to a disk",
      "Makes the disk where it is missing (qcow2, or raw where its name ends in .img or .raw; 8G unless ,SIZE says otherwise), boots "
      "the CD the first time, and the disk each time the machine resets after that. What the guest writes is kept. "
      "Ends when the guest powers off, or when every --expect was seen." },
    { "info", FOR_INFO, verb_info, 1, MAX_IMAGES, "IMAGE...", "files", "say what an image is and how dfw would attach it",
      "Says what each image is: partitions with their boot flags, El Torito entries, the boot loader as far as its code tells, "
      "and the drive that dfw boot would attach it to." },
    { "doctor", FOR_DOCTOR, verb_doctor, 0, 0, "", "", "say what this machine can do",
      "Says what this machine can do: whether KVM really starts a guest, VMX, SVM, EPT and unrestricted guest, the engines "
      "installed and their versions, what carries --partition, the firmware files found." },
    { "list", FOR_LIST, verb_list, 0, 0, "", "", "list the machines that run",
      "Lists the machines that this user runs by dfw: name, process, engine, seconds since the start, images. A machine is a socket in "
      "$XDG_RUNTIME_DIR/dfw, or in /tmp/dfw-UID; what a killed dfw left behind there is removed." },
    { "screen", FOR_SCREEN, verb_screen, 0, 1, "[NAME]", "machines", "show the screen of a machine that runs",
      "Prints the text screen of a machine, or writes its picture to the FILE of --output (.png, .ppm; .txt the text). " MACHINE_NAME },
    { "keys", FOR_KEYS, verb_keys, 1, 2, "[NAME] KEYS", "machines", "type on the keyboard of a machine that runs",
      "Types KEYS as --keys of dfw boot does, and returns when all of it is typed. " MACHINE_NAME },
    { "stop", FOR_STOP, verb_stop, 0, 1, "[NAME]", "machines", "end a machine that runs",
      "Ends the machine as if its plug was pulled; what it wrote is on its disks with --write. " MACHINE_NAME },
    { "trace", FOR_TRACE, verb_trace, 1, MAX_IMAGES, "IMAGE...", "files", "boot, and tell what the guest asks of the firmware",
      "dfw boot with --trace int10,int13,int15,int16 unless --trace says otherwise: a line a call, in words, with its result and "
      "its time, on stderr or in the FILE of --output." },
    { "gdb", FOR_GDB, verb_boot, 1, MAX_IMAGES, "IMAGE...", "files", "boot to the boot sector, and start gdb there",
      "dfw boot with --gdb: the machine stops at the boot sector (0000:7C00), and gdb starts with 16-bit code, the symbols of our ROMs "
      "at their run addresses, and the commands `int`, `bda`, `ivt`, `e820`, `here`, `step16`." },
    { "xml", FOR_XML, verb_xml, 1, MAX_IMAGES, "IMAGE...", "files", "print a libvirt domain that boots the images on this firmware",
      "Prints the domain that `virsh define` or `virsh create` takes. Without --write the domain's disks are transient: what the guest "
      "writes is thrown away." },
    { "xl", FOR_XL, verb_xl, 1, MAX_IMAGES, "IMAGE...", "files", "print a Xen guest configuration with this firmware in hvmloader's place",
      "Prints the file that `xl create` takes: an HVM guest whose firmware_override is our vmxloader. Xen writes to the hard disks: "
      "--write says that you know. Floppies go to the device model." },
    { "guests", FOR_GUESTS, verb_guests, 0, MAX_IMAGES, "[SYSTEM...]", "", "boot the known systems whose image you have, print the table",
      "Boots each system of the table whose image is in the directory of --dir, waits for its text, and prints a table of "
      "how it went (Markdown). SYSTEM: only these. A line of the table is NAME | OPTIONS of dfw boot | TEXT & TEXT | KEYS | SECONDS, "
      "with @FILE for a file in the directory and - for no keys." },
    { "bench", FOR_BENCH, verb_bench, 0, 0, "", "", "measure the firmware beside SeaBIOS",
      "Boots a boot sector that only reports how far the time-stamp counter came, from hard disk and floppy, on this firmware, and on SeaBIOS "
      "where it is installed, with time that counts instructions, and takes the least of three runs. `make bench` measures more." },
    { "completion", FOR_TEXT, verb_completion, 1, 1, "bash|zsh", "bash zsh", "print the completion of a shell",
      "Prints what completes dfw's words in bash (eval \"$(dfw completion bash)\") or zsh." },
    { "manual", FOR_TEXT, verb_manual, 0, 0, "", "", "print this manual page, as troff source",
      "Prints the manual page, made from the same tables as the help: dfw manual | man -l -" },
    { 0 },
};

const struct verb *verb_find(const char *name)
{
    for (const struct verb *v = verb_table; v->name; v++)
        if (!strcmp(v->name, name))
            return v;
    return NULL;
}
