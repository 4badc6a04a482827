/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does KVM really start a guest? /dev/kvm may exist and fail only at KVM_RUN, or emulate what the
 * processor below cannot do, slower than QEMU would. So a guest that loops in real mode and in
 * 64-bit mode (kvm_guest.S) is run and timed, in a child process that a clock kills.
 * Linux Documentation/virt/kvm/api.rst.
 */
#include "machine.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE   3        /* seconds */
#define GUEST_RAM  (4 * 4096u)   /* the program and its three ram tables */
#define CPUID_ENTRIES 256
#define CPUID_VMX_LEAF  0x00000001u    /* ECX bit 5 */
#define CPUID_VMX_BIT   (1u << 5)
#define CPUID_SVM_LEAF  0x80000001u    /* ECX bit 2 */
#define CPUID_SVM_BIT   (1u << 2)
#define SLOW_MS    100            /* of processor time; a few where all is native */

enum verdict { GUEST_RAN, NO_DEVICE, NO_VM, NO_RUN, WRONG_EXIT, SLOW };

extern const unsigned char kvm_guest[], kvm_guest_end[];

static long milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct cpuid {
    struct kvm_cpuid2 head;
    struct kvm_cpuid_entry2 entries[CPUID_ENTRIES];
};

/* Without a CPUID the guest's processor has no 64-bit mode. */
static bool give_cpuid(int kvm, int vcpu)
{
    struct cpuid cpuid = { .head.nent = CPUID_ENTRIES };

    return !ioctl(kvm, KVM_GET_SUPPORTED_CPUID, &cpuid) && !ioctl(vcpu, KVM_SET_CPUID2, &cpuid);
}

static enum verdict run_vcpu(int kvm, int vcpu)
{
    int size = ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
    struct kvm_run *run = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_SHARED, vcpu, 0);
    struct kvm_sregs sregs;
    struct kvm_regs regs = { .rip = 0, .rflags = 2 };

    if (size <= 0 || run == MAP_FAILED || !give_cpuid(kvm, vcpu) || ioctl(vcpu, KVM_GET_SREGS, &sregs))
        return NO_VM;
    sregs.cs.base = 0;
    sregs.cs.selector = 0;
    if (ioctl(vcpu, KVM_SET_SREGS, &sregs) || ioctl(vcpu, KVM_SET_REGS, &regs))
        return NO_VM;
    long before = milliseconds();
    if (ioctl(vcpu, KVM_RUN, 0))
        return NO_RUN;
    if (run->exit_reason != KVM_EXIT_HLT)
        return WRONG_EXIT;
    return milliseconds() - before < SLOW_MS ? GUEST_RAN : SLOW;
}

static enum verdict try_guest(void)
{
    int kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
    if (kvm < 0)
        return NO_DEVICE;
    int vm = ioctl(kvm, KVM_CREATE_VM, 0);
    unsigned char *ram = mmap(NULL, GUEST_RAM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (vm < 0 || ram == MAP_FAILED)
        return NO_VM;
    memcpy(ram, kvm_guest, (size_t)(kvm_guest_end - kvm_guest));
    struct kvm_userspace_memory_region region = { .memory_size = GUEST_RAM, .userspace_addr = (uintptr_t)ram };
    ioctl(vm, KVM_SET_TSS_ADDR, 0xFFFBD000u);
    if (ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region))
        return NO_VM;
    int vcpu = ioctl(vm, KVM_CREATE_VCPU, 0);
    return vcpu < 0 ? NO_VM : run_vcpu(kvm, vcpu);
}

bool kvm_works(const char **why)
{
    static const char *reasons[] = {
        [GUEST_RAN] = "a guest really ran",
        [NO_DEVICE] = "/dev/kvm is missing or not ours to open",
        [NO_VM] = "/dev/kvm is there but refuses to make a machine",
        [NO_RUN] = "/dev/kvm is there but its processor does not run",
        [WRONG_EXIT] = "/dev/kvm is there but a guest does not start on it",
        [SLOW] = "/dev/kvm emulates the processor, slower than QEMU does it by itself",
    };
    static int verdict = -1;
    int status;

    if (verdict < 0) {
        pid_t child = fork();
        if (!child) {
            signal(SIGALRM, SIG_DFL);
            sigset_t none;
            sigemptyset(&none);
            sigprocmask(SIG_SETMASK, &none, NULL);
            alarm(PATIENCE);
            _exit(try_guest());
        }
        verdict = WRONG_EXIT;
        if (child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) <= SLOW)
            verdict = WEXITSTATUS(status);
    }
    *why = reasons[verdict];
    return verdict == GUEST_RAN;
}

/* KVM lists VMX or SVM among what guests can have only where it nests. */
bool kvm_nests(const char *extension, const char **why)
{
    bool vmx = !strcmp(extension, "vmx"), found = false;
    struct cpuid cpuid = { .head.nent = CPUID_ENTRIES };

    if (!kvm_works(why))
        return false;
    int kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
    bool listed = kvm >= 0 && !ioctl(kvm, KVM_GET_SUPPORTED_CPUID, &cpuid);
    for (unsigned i = 0; listed && i < cpuid.head.nent; i++)
        if (cpuid.entries[i].function == (vmx ? CPUID_VMX_LEAF : CPUID_SVM_LEAF))
            found |= (cpuid.entries[i].ecx & (vmx ? CPUID_VMX_BIT : CPUID_SVM_BIT)) != 0;
    if (kvm >= 0)
        close(kvm);
    *why = found ? "KVM passes it on" : vmx ? "no VMX from KVM (kvm_intel's parameter nested, or another processor)" :
                                              "no SVM from KVM (kvm_amd's parameter nested, or another processor)";
    return found;
}
