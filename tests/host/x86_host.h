/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ops->native for tests: the processor that runs the test runs the instruction, with the guest's x87, SSE and AVX state in
 * the place of the test's own. A fault of the instruction comes as a signal and goes on at x86_native_fault.
 */
#ifndef X86_HOST_H
#define X86_HOST_H

#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>
#include "x86_test.h"

#define STATE_BYTES 4096    /* XSAVE with all that a processor of today has enabled */

static struct x86_native *executable;
static u8 own_state[STATE_BYTES] ALIGNED(64), guest_state[STATE_BYTES] ALIGNED(64);
static bool has_xsave;

static inline void state_save(u8 *to)
{
    if (has_xsave)
        asm volatile("xsave %0" : "=m"(*(u8 (*)[STATE_BYTES])to) : "a"(7), "d"(0) : "memory");
    else
        asm volatile("fxsave %0" : "=m"(*(u8 (*)[STATE_BYTES])to) :: "memory");
}

static inline void state_load(const u8 *from)
{
    if (has_xsave)
        asm volatile("xrstor %0" :: "m"(*(const u8 (*)[STATE_BYTES])from), "a"(7), "d"(0) : "memory");
    else
        asm volatile("fxrstor %0" :: "m"(*(const u8 (*)[STATE_BYTES])from) : "memory");
}

static inline int host_native(struct x86_cpu *cpu, struct x86_native *n)
{
    int vector;

    *executable = *n;
    state_save(own_state);
    state_load(guest_state);
    vector = x86_native_run(cpu, executable);
    state_save(guest_state);
    state_load(own_state);
    return vector;
}

static inline void host_cpuid(struct x86_cpu *cpu, u32 r[4])
{
    asm volatile("cpuid" : "+a"(r[0]), "=b"(r[1]), "+c"(r[2]), "=d"(r[3]));
}

/* true: the signal was the instruction's fault, and is served. */
static inline bool native_faulted(ucontext_t *uc)
{
    greg_t *r = uc->uc_mcontext.gregs;

    if (r[REG_RIP] < (greg_t)executable || r[REG_RIP] >= (greg_t)(executable + 1))
        return false;
    r[REG_RAX] = r[REG_TRAPNO];
    r[REG_RIP] = (greg_t)x86_native_fault;
    return true;
}

/* cmocka has handlers of its own around each test: call this within one. */
static inline void catch_signals(void (*handler)(int, siginfo_t *, void *))
{
    static const int numbers[] = { SIGTRAP, SIGSEGV, SIGBUS, SIGILL, SIGFPE };
    static u8 stack_bytes[0x20000];
    struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK };
    stack_t stack = { .ss_sp = stack_bytes, .ss_size = sizeof(stack_bytes) };

    sigaltstack(&stack, NULL);
    for (u8 n = 0; n < ARRAY_SIZE(numbers); n++)
        sigaction(numbers[n], &action, NULL);
}

static inline void host_prepare(void)
{
    u32 r[4] = { 1, 0, 0, 0 };

    host_cpuid(NULL, r);
    has_xsave = r[2] >> 27 & 1;
    executable = mmap(NULL, 0x1000, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(executable != MAP_FAILED);
    state_save(guest_state);
}

#endif
