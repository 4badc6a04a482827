/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A virtual machine monitor on the KVM API that boots a disk image by docs/boot-contract.md: kvm_vmm build/vmxloader DISK-IMAGE
 * vmxloader is entered as a PVH kernel, the image is its RAM disk, the guest's console is COM1: this terminal. KVM brings the
 * interrupt controllers and the timer; CMOS, UART, debug port and reset are below. A reset ends it.
 * Linux Documentation/virt/kvm/api.rst; Xen docs/misc/pvh.pandoc.
 */
#include <elf.h>
#include <err.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { START_INFO = 0x8000, RAM_DISK = 32 << 20, RAM_SIZE = 128 << 20, CPUID_ENTRIES = 256, XEN_ELFNOTE_PHYS32_ENTRY = 18 };
enum {
    PORT_KBC_STATUS = 0x64, PORT_CMOS_INDEX = 0x70, PORT_CMOS_DATA = 0x71, PORT_DEBUG = 0xE9, PORT_UART = 0x3F8,
    PORT_UART_LSR = 0x3FD, PORT_UART_SCRATCH = 0x3FF, PORT_RESET = 0xCF9,
};

static uint8_t *ram, cmos[128], cmos_index, uart[8];

struct start_info {      /* what PVH hands over: anywhere in RAM but in the loader's segment */
    uint32_t magic, version, flags, nr_modules;
    uint64_t modlist, cmdline, rsdp, memmap, memmap_entries;
    struct { uint64_t addr, size; uint32_t type, reserved; } map[2];
    struct { uint64_t paddr, size, cmdline, reserved; } module;
    char command_line[64];
};

static void *file(const char *path, size_t *size)
{
    int fd = open(path, O_RDONLY);
    struct stat st = { 0 };
    void *at = fd < 0 || fstat(fd, &st) ? MAP_FAILED : mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);

    if (at == MAP_FAILED)
        err(1, "%s", path);
    *size = (size_t)st.st_size;
    return at;
}

/* Copies the ELF's segments into RAM; returns the address that its PVH note names. */
static uint32_t load_elf(const char *path)
{
    size_t size;
    const char *image = file(path, &size);
    const Elf32_Ehdr *elf = (const void *)image;
    uint32_t entry = 0;

    if (size < sizeof(*elf) || memcmp(elf->e_ident, ELFMAG, SELFMAG) || elf->e_ident[EI_CLASS] != ELFCLASS32)
        errx(1, "%s: not a 32-bit ELF file", path);
    const Elf32_Phdr *segment = (const void *)(image + elf->e_phoff);
    for (int i = 0; i < elf->e_phnum; i++, segment++) {
        const Elf32_Nhdr *note = (const void *)(image + segment->p_offset);
        if (segment->p_type == PT_LOAD)
            memcpy(ram + segment->p_paddr, image + segment->p_offset, segment->p_filesz);
        else if (segment->p_type == PT_NOTE && note->n_type == XEN_ELFNOTE_PHYS32_ENTRY)
            memcpy(&entry, (const char *)(note + 1) + ((note->n_namesz + 3) & ~3u), sizeof(entry));
    }
    if (!entry)
        errx(1, "%s: no PVH entry", path);
    return entry;
}

static void load_guest(const char *disk)
{
    size_t size;
    const void *image = file(disk, &size);
    struct start_info info = {
        .magic = 0x336EC578, .version = 1, .nr_modules = 1, .memmap_entries = 2,
        .cmdline = START_INFO + offsetof(struct start_info, command_line),
        .modlist = START_INFO + offsetof(struct start_info, module), .memmap = START_INFO + offsetof(struct start_info, map),
        .map = { { 0, 0xA0000, 1, 0 }, { 0x100000, RAM_SIZE - 0x100000, 1, 0 } },
        .module = { RAM_DISK, size, 0, 0 }, .command_line = "kvm_vmm boot=ram serial",
    };

    if (size > RAM_SIZE - RAM_DISK)
        errx(1, "%s: more than %d MiB", disk, (RAM_SIZE - RAM_DISK) >> 20);
    memcpy(ram + RAM_DISK, image, size);
    memcpy(ram + START_INFO, &info, sizeof(info));
}

static uint8_t read_cmos(void)     /* registers 0-0Dh of the MC146818 are the clock: BCD, 24 hours */
{
    struct tm *t = gmtime(&(time_t){ time(NULL) });
    const int clock[] = { t->tm_sec, 0, t->tm_min, 0, t->tm_hour, 0, t->tm_wday + 1, t->tm_mday, t->tm_mon + 1, t->tm_year % 100 };
    const uint8_t status[] = { 0x26, 2, 0, 0x80 };

    if (cmos_index < 10)
        return (uint8_t)(clock[cmos_index] / 10 << 4 | clock[cmos_index] % 10);
    return cmos_index < 14 ? status[cmos_index - 10] : cmos[cmos_index];
}

static uint8_t port_in(uint16_t port)
{
    int typed = 0;

    switch (port) {
    case PORT_CMOS_DATA: return read_cmos();
    case PORT_DEBUG: return PORT_DEBUG;
    case PORT_KBC_STATUS: return 0;                    /* never busy, never a key */
    case PORT_UART: return read(STDIN_FILENO, uart, 1) == 1 ? uart[0] : 0;
    case PORT_UART_LSR: return 0x60 | (!ioctl(STDIN_FILENO, FIONREAD, &typed) && typed);
    default: return port > PORT_UART && port <= PORT_UART_SCRATCH ? uart[port - PORT_UART] : 0xFF;
    }
}

static void port_out(uint16_t port, uint8_t value)
{
    switch (port) {
    case PORT_CMOS_INDEX: cmos_index = value & 127; break;
    case PORT_CMOS_DATA: cmos[cmos_index] = value; break;
    case PORT_DEBUG: fputc(value, stderr); break;
    case PORT_UART: if (!(uart[3] & 0x80)) dprintf(STDOUT_FILENO, "%c", value); break;    /* not the divisor latch */
    case PORT_KBC_STATUS: if (value == 0xFE) exit(0); break;                                     /* pulse the reset line */
    case PORT_RESET: if (value & 4) exit(0); break;
    default: if (port > PORT_UART && port <= PORT_UART_SCRATCH) uart[port - PORT_UART] = value;
    }
}

static void handle_io(struct kvm_run *run)
{
    uint8_t *data = (uint8_t *)run + run->io.data_offset;

    for (uint32_t i = 0; i < run->io.count * run->io.size; i++) {
        if (run->io.direction == KVM_EXIT_IO_IN)
            data[i] = port_in((uint16_t)(run->io.port + i % run->io.size));
        else
            port_out((uint16_t)(run->io.port + i % run->io.size), data[i]);
    }
}

static int call(int fd, unsigned long request, void *argument, const char *what)
{
    int result = ioctl(fd, request, argument);

    if (result < 0)
        err(1, "%s", what);
    return result;
}

/* 32-bit protected mode, flat segments, paging and interrupts off: what the boot contract asks for. */
static void set_processor(int kvm, int cpu, uint32_t entry)
{
    static struct { struct kvm_cpuid2 head; struct kvm_cpuid_entry2 entry[CPUID_ENTRIES]; } cpuid = { .head.nent = CPUID_ENTRIES };
    struct kvm_segment flat = { .limit = 0xFFFFFFFF, .selector = 16, .type = 3, .present = 1, .db = 1, .s = 1, .g = 1 };
    struct kvm_regs regs = { .rip = entry, .rbx = START_INFO, .rflags = 2 };
    struct kvm_sregs sregs;

    call(kvm, KVM_GET_SUPPORTED_CPUID, &cpuid, "KVM_GET_SUPPORTED_CPUID");
    call(cpu, KVM_SET_CPUID2, &cpuid, "KVM_SET_CPUID2");
    call(cpu, KVM_GET_SREGS, &sregs, "KVM_GET_SREGS");
    sregs.ds = sregs.es = sregs.fs = sregs.gs = sregs.ss = sregs.cs = flat;
    sregs.cs.selector = 8;
    sregs.cs.type = 11;
    sregs.cr0 = 0x11;
    call(cpu, KVM_SET_SREGS, &sregs, "KVM_SET_SREGS");
    call(cpu, KVM_SET_REGS, &regs, "KVM_SET_REGS");
}

int main(int argc, char **argv)
{
    struct kvm_pit_config pit = { .flags = KVM_PIT_SPEAKER_DUMMY };

    if (argc != 3)
        errx(1, "usage: kvm_vmm VMXLOADER DISK-IMAGE");
    int kvm = open("/dev/kvm", O_RDWR);
    int vm = call(kvm, KVM_CREATE_VM, NULL, "/dev/kvm, KVM_CREATE_VM");
    ram = mmap(NULL, RAM_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct kvm_userspace_memory_region region = { .memory_size = RAM_SIZE, .userspace_addr = (uintptr_t)ram };
    call(vm, KVM_SET_TSS_ADDR, (void *)0xFFFBD000, "KVM_SET_TSS_ADDR");
    call(vm, KVM_CREATE_IRQCHIP, NULL, "KVM_CREATE_IRQCHIP");
    call(vm, KVM_CREATE_PIT2, &pit, "KVM_CREATE_PIT2");
    call(vm, KVM_SET_USER_MEMORY_REGION, &region, "KVM_SET_USER_MEMORY_REGION");
    int cpu = call(vm, KVM_CREATE_VCPU, NULL, "KVM_CREATE_VCPU");
    size_t size = (size_t)call(kvm, KVM_GET_VCPU_MMAP_SIZE, NULL, "KVM_GET_VCPU_MMAP_SIZE");
    struct kvm_run *run = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, cpu, 0);
    if (ram == MAP_FAILED || run == MAP_FAILED)
        err(1, "mmap");
    set_processor(kvm, cpu, load_elf(argv[1]));
    load_guest(argv[2]);
    for (;;) {
        call(cpu, KVM_RUN, NULL, "KVM_RUN");
        switch (run->exit_reason) {
        case KVM_EXIT_IO: handle_io(run); break;
        case KVM_EXIT_MMIO: if (!run->mmio.is_write) memset(run->mmio.data, 0xFF, sizeof(run->mmio.data)); break;
        case KVM_EXIT_SHUTDOWN: return 0;               /* a triple fault is a reset as well */
        default: errx(1, "exit reason %u", run->exit_reason);
        }
    }
}
