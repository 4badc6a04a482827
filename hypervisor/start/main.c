/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The 32-bit part of the hypervisor: find the processor's extension and memory, load vmxloader, put the core into
 * place and go there. Where there is no VMX and no SVM the boot goes on without a partition, unless the command
 * line demanded one (`partition=vmx`, `partition=svm`). Entered from start.S.
 */
#include "start.h"
#include "abi/boot_magic.h"
#include "abi/phase_codes.h"
#include "hw/io.h"
#include "spec/multiboot.h"

#define PORT_DEBUG      0xE9
#define ROM_GUEST       0x100000   /* where dfw.rom puts vmxloader */

void start_main(u32 magic, u32 information) NORETURN;

void print_char(char c)
{
    outb(PORT_DEBUG, c);
}

static void NORETURN stop(const char *why)
{
    print("hypervisor: %s\n", why);
    outb(PORT_PHASE, PHASE_FATAL);
    for (;;)
        asm volatile("cli; hlt");
}

/* Is `word` one of the words of `text`? */
static bool has_word(const char *text, const char *word)
{
    usize n = strlen(word);

    for (; text && *text; text++) {
        if (!strncmp(text, word, n) && (text[n] == 0 || text[n] == ' '))
            return true;
        while (*text && *text != ' ')
            text++;
        if (!*text)
            break;
    }
    return false;
}

/* vmxloader is the first module; it gets the same information without it, and its own command line. */
static u32 guest_from_multiboot(struct multiboot_info *info)
{
    struct multiboot_module *module = (void *)info->mods_addr;
    u32 entry;

    if (!(info->flags & MULTIBOOT_INFO_MODULES) || info->mods_count == 0)
        stop("no module: vmxloader must be the first one");
    entry = load_elf(module->start, module->end);
    if (!entry)
        stop("the first module is not an ELF32 that can be loaded: vmxloader must be it");
    info->cmdline = module->cmdline;
    info->mods_addr += sizeof(*module);
    info->mods_count--;
    return entry;
}

void start_main(u32 magic, u32 information)
{
    struct hv_start start = { .guest_eax = magic, .guest_ebx = information, .guest_entry = ROM_GUEST };
    struct multiboot_info *info = (void *)information;
    const char *line = (const char *)information, *missing;
    bool vmx, svm;

    outb(PORT_PHASE, PHASE_HYPERVISOR_ENTRY);
    if (magic == MULTIBOOT_BOOT_MAGIC)
        line = info->flags & MULTIBOOT_INFO_CMDLINE ? (const char *)info->cmdline : NULL;
    else if (magic != BOOT_MAGIC_ROM)
        stop("started by an unknown boot loader");
    vmx = has_word(line, "partition=vmx");
    svm = has_word(line, "partition=svm");
    start.strict = has_word(line, "strict");
    if (magic == MULTIBOOT_BOOT_MAGIC)
        start.guest_entry = guest_from_multiboot(info);

    missing = find_vendor(&start);
    if (!missing && !take_memory(&start))
        missing = "not enough memory";
    if (!missing && ((vmx && start.svm) || (svm && !start.svm)))
        missing = "the partition asked for is the other vendor's";
    if (!missing)
        enter_core(place_core(&start), &start);
    if (vmx || svm)
        stop(missing);
    print("hypervisor: %s; going on without a partition\n", missing);
    enter_guest(start.guest_eax, start.guest_ebx, start.guest_entry);
}
