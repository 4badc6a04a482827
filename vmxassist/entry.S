/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The doors of vmxassist: started by vmxloader, and on further processors by the hypervisor; entered by the
 * hypervisor's INVOKE, by traps and interrupts, left to VM86 and by RESTORE. Always ring 0, 32-bit, flat, IF=0; the
 * guest's registers are in `frame` of this processor's block, whose end is TSS.esp0, so that a trap from VM86 puts
 * them there by itself. Calls are regparm(3).
 */
#include "abi/vmx_assist.h"
#include "hw/cpu.h"
#include "layout.h"

    .section .head, "ax"
    .globl entry
entry:
    jmp 1f
    .org VMX_ASSIST_OFF_MAGIC
    .long VMX_ASSIST_MAGIC
    .org VMX_ASSIST_OFF_NEW
    .long new_contexts
    .org VMX_ASSIST_OFF_OLD
    .long old_contexts
    .org VMX_ASSIST_OFF_OPTIONS
    .globl assist_options
assist_options:
    .long 0
    .org VMX_ASSIST_OFF_EXTENSION
    .long VMX_ASSIST_EXTENSION
    .long PROCESSORS
    .long VMX_ASSIST_CONTEXT_BYTES  /* from one processor's contexts to the next one's */

/* EDX = number of this processor, EBX = vector of the SIPI that started it. The first one clears what all share. */
1:  cli
    cld
    cmpl $PROCESSORS, %edx
    jae 5f
    leal 1(%edx), %esp
    imull $PROCESSOR_BYTES, %esp
    addl $processors - FRAME_BYTES, %esp
    movl $1, %eax
    xchgl %eax, taken
    testl %eax, %eax
    jnz 2f
    movl $bss_start, %edi
    movl $bss_dwords, %ecx
    rep stosl
    pushl %edx
    call setup_shared
    popl %edx
    movl $1, ready
2:  pause
    cmpl $0, ready
    je 2b
    leal -FRAME(%esp), %eax
    movl %ebx, %ecx
    call setup_processor
    movl %cr0, %eax
    andl $~(CR0_PE | CR0_PG), %eax
    movl %eax, %cr0                 /* INVOKE: does not come back here */
5:  hlt                             /* a processor too many, from a hypervisor that does not know the extension */
    jmp 5b

/* NEW.eip, with ESP at the frame's EIP and the guest's other registers. */
    .globl world_entry
world_entry:
    pushal
    leal -FRAME(%esp), %eax
    call world_entered
to_vm86:                            /* ESP = frame */
    popal
    iretl

/* void leave_world(struct processor *p, u32 cr0) NORETURN: OLD is complete; ESP, which OLD has, is free to carry CR0. */
    .globl leave_world
leave_world:
    leal FRAME(%eax), %esp
    movl %edx, FRAME_EIP - FRAME(%esp)
    popal
    popl %esp
    movl %esp, %cr0                 /* RESTORE */
    ud2

/*
 * Vector n enters at vectors + 5 * n. From VM86 the ring-0 stack was empty: what lies on it is the frame, and an
 * error code if ESP is one word further down. That tells exceptions from IRQs on the same vector. DS is null then.
 */
    .globl vectors
vectors:
    .rept 256
    call vector_common
    .endr

vector_common:
    xchgl %eax, (%esp)              /* EAX = return address, that is, vector */
    pushl %ecx
    leal 4(%esp), %ecx              /* without an error code EAX and ECX are where the frame wants them */
    andl $PROCESSOR_BYTES - 1, %ecx
    cmpl $FRAME_EAX, %ecx
    movl $NO_ERROR, %ecx
    je 1f
    leal 8(%esp), %ecx
    andl $PROCESSOR_BYTES - 1, %ecx
    cmpl $FRAME_EAX, %ecx
    jne from_ring0
    movl 8(%esp), %ecx              /* the error code: EAX and ECX move up over it */
    pushl 4(%esp)
    popl 8(%esp)
    popl (%esp)
1:  pushl %edx
    pushl %ebx
    pushl %esp
    pushl %ebp
    pushl %esi
    pushl %edi
    movw $DATA, %dx
    movw %dx, %ds
    movw %dx, %es
    cld
    pushl %ecx
    call vector_number
    popl %ecx
    movl %eax, %edx
    leal -FRAME(%esp), %eax
    call trap
    jmp to_vm86

/* EAX = return address of a vector's call -> its number. */
vector_number:
    subl $vectors + VECTOR_BYTES, %eax
    xorl %edx, %edx
    movl $VECTOR_BYTES, %ecx
    divl %ecx
    ret

/*
 * In ring 0: an IRQ at one of the two places that wait for it returns its vector from there; a fault at an
 * instruction run for the guest goes to `fixup` with the vector in EAX; all else is a bug of ours.
 */
from_ring0:                         /* ECX and EAX on the stack */
    pushl %edx
    call vector_number
    cmpl $window_start, 12(%esp)
    jb 1f
    cmpl $window_end, 12(%esp)
    ja 1f
    addl $24, %esp                  /* edx ecx eax eip cs eflags */
    ret
1:  movl %esp, %edx
    andl $-PROCESSOR_BYTES, %edx
    movl FIXUP(%edx), %ecx
    testl %ecx, %ecx
    jz 2f
    movl FIXUP_ESP(%edx), %esp
    movl $0, FIXUP(%edx)
    jmp *%ecx
2:  movl %esp, %ecx
    xchgl %eax, %edx
    call died                       /* (processor, vector, stack) */

/* int poll_irq(void), int wait_irq(void): the vector of an IRQ that came, or NO_IRQ. */
    .globl poll_irq, wait_irq
poll_irq:
    sti
window_start:
    nop
    nop
    cli
    movl $NO_IRQ, %eax
    ret
wait_irq:
    sti
    hlt
window_end:
    cli                             /* an NMI woke us, and its handler is the guest's */
    movl $NO_IRQ, %eax
    ret

/* int msr_read(u32 index, u64 *value), int msr_write(u32 index, const u64 *value): 0, or -1 when it faulted. */
    .globl msr_read, msr_write
msr_read:
    call fault_point
    movl %edx, %esi
    movl %eax, %ecx
    rdmsr
    movl %eax, (%esi)
    movl %edx, 4(%esi)
    jmp no_fault
msr_write:
    call fault_point
    movl %eax, %ecx
    movl (%edx), %eax
    movl 4(%edx), %edx
    wrmsr
no_fault:
    movl %esp, %ecx
    andl $-PROCESSOR_BYTES, %ecx
    movl $0, FIXUP(%ecx)
    popl %edi
    popl %esi
    xorl %eax, %eax
    ret
faulted:
    popl %edi
    popl %esi
    movl $-1, %eax
    ret
/* Push ESI and EDI for the function that calls this, and let faults come to `faulted`. */
fault_point:
    popl %ecx
    pushl %esi
    pushl %edi
    movl %esp, %edi
    andl $-PROCESSOR_BYTES, %edi
    movl %esp, FIXUP_ESP(%edi)
    movl $faulted, FIXUP(%edi)
    jmp *%ecx

/* int native_run(struct x86_cpu *cpu, struct x86_native *n): x86_native_run, which a fault leaves with its vector. */
    .globl native_run
native_run:
    pushl %ebx
    movl %esp, %ebx
    andl $-PROCESSOR_BYTES, %ebx
    leal x86_native_stack(%esp), %ecx
    movl %ecx, FIXUP_ESP(%ebx)
    movl $x86_native_fault, FIXUP(%ebx)
    call x86_native_run
    movl $0, FIXUP(%ebx)
    popl %ebx
    ret

/* Outside .bss, which the first processor clears: is one at it, is it done? */
    .data
    .balign 4
taken: .long 0
ready: .long 0

    .section .rom_header, "a"       /* memory managers take what it covers for a ROM, not for free space */
    .byte 0x55, 0xAA, rom_blocks
    .byte 0xCB                      /* RETF, if somebody calls it */
