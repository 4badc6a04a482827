/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does KVM really start a guest? /dev/kvm may exist and fail only at KVM_RUN, so a guest of one
 * HLT in real mode is run in a child process that a clock kills. Linux Documentation/virt/kvm/api.rst.
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
#include <unistd.h>

#define PATIENCE   3        /* seconds */
#define GUEST_PAGE 4096u
#define OPCODE_HLT 0xF4

enum verdict { GUEST_RAN, NO_DEVICE, NO_VM, NO_RUN, WRONG_EXIT };

static enum verdict run_vcpu(int kvm, int vcpu)
{
    int size = ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
    struct kvm_run *run = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_SHARED, vcpu, 0);
    struct kvm_sregs sregs;
    struct kvm_regs regs = { .rip = 0, .rflags = 2 };

    if (size <= 0 || run == MAP_FAILED || ioctl(vcpu, KVM_GET_SREGS, &sregs))
        return NO_VM;
    sregs.cs.base = 0;
    sregs.cs.selector = 0;
    if (ioctl(vcpu, KVM_SET_SREGS, &sregs) || ioctl(vcpu, KVM_SET_REGS, &regs))
        return NO_VM;
    if (ioctl(vcpu, KVM_RUN, 0))
        return NO_RUN;
    return run->exit_reason == KVM_EXIT_HLT ? GUEST_RAN : WRONG_EXIT;
}

static enum verdict try_guest(void)
{
    int kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
    if (kvm < 0)
        return NO_DEVICE;
    int vm = ioctl(kvm, KVM_CREATE_VM, 0);
    unsigned char *page = mmap(NULL, GUEST_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (vm < 0 || page == MAP_FAILED)
        return NO_VM;
    page[0] = OPCODE_HLT;
    struct kvm_userspace_memory_region region = { .memory_size = GUEST_PAGE, .userspace_addr = (uintptr_t)page };
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
        if (child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) <= WRONG_EXIT)
            verdict = WEXITSTATUS(status);
    }
    *why = reasons[verdict];
    return verdict == GUEST_RAN;
}
