/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The 32-bit part of the hypervisor: find the processor's extension and memory, load vmxloader, put the core into
 * place and go there. Where there is no VMX and no SVM the boot goes on without a partition, unless the command
 * line demanded one (`partition=vmx`, `partition=svm`). Entered from start.S.
 */
#include "start.h"
#include "abi/boot_magic.h"
#include "abi/partition.h"
#include "abi/phase_codes.h"
#include "hw/io.h"
#include "spec/multiboot.h"

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

    while (text && *text) {
        if (!strncmp(text, word, n) && (text[n] == 0 || text[n] == ' '))
            return true;
        text = strchr(text, ' ');
        if (text)
            text++;
    }
    return false;
}

static u32 vendor_of(const char *line)
{
    if (has_word(line, "partition=vmx"))
        return PARTITION_VMX_ONLY;
    return has_word(line, "partition=svm") ? PARTITION_SVM_ONLY : PARTITION_ANY_VENDOR;
}

/* vmxloader is the first module; it gets the same information without it, and its own command line. */
static struct partition_request from_multiboot(struct multiboot_info *info)
{
    struct multiboot_module *module = (void *)info->mods_addr;
    const char *line = info->flags & MULTIBOOT_INFO_CMDLINE ? (const char *)info->cmdline : NULL;
    struct partition_request r = {
        .eax = MULTIBOOT_BOOT_MAGIC, .ebx = (u32)info, .vendor = vendor_of(line), .strict = has_word(line, "strict"),
        .early = has_word(line, "early"), .a20 = has_word(line, "a20"),
    };

    if (!(info->flags & MULTIBOOT_INFO_MODULES) || info->mods_count == 0)
        stop("no module: vmxloader must be the first one");
    r.entry = load_elf(module->start, module->end);
    if (!r.entry)
        stop("the first module is not an ELF32 that can be loaded: vmxloader must be it");
    info->cmdline = module->cmdline;
    info->mods_addr += sizeof(*module);
    info->mods_count--;
    return r;
}

void start_main(u32 magic, u32 information)
{
    struct partition_request r;
    struct hv_start start = { 0 };
    const char *missing;

    outb(PORT_PHASE, PHASE_HYPERVISOR_ENTRY);
    if (magic == MULTIBOOT_BOOT_MAGIC)
        r = from_multiboot((void *)information);
    else if (magic == BOOT_MAGIC_LOADER)
        r = *(const struct partition_request *)information;
    else
        stop("started by an unknown boot loader");
    start.guest_eax = r.eax;
    start.guest_ebx = r.ebx;
    start.guest_entry = r.entry;
    start.strict = r.strict;
    start.early = r.early;
    start.a20 = r.a20;

    missing = find_vendor(&start);
    if (!missing && !take_memory(&start))
        missing = "not enough memory";
    if (!missing && r.vendor == (start.svm ? PARTITION_VMX_ONLY : PARTITION_SVM_ONLY))
        missing = "the partition asked for is the other vendor's";
    if (!missing)
        enter_core(place_core(&start), &start);
    if (r.vendor != PARTITION_ANY_VENDOR)
        stop(missing);
    print("hypervisor: %s; going on without a partition\n", missing);
    enter_guest(r.eax, r.ebx, r.entry);
}
