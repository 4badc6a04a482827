/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The doors of vmxassist: started by vmxloader, entered by the hypervisor's INVOKE, by traps and interrupts, left to
 * VM86 and by RESTORE. Always ring 0, 32-bit, flat, IF=0; the guest's registers are in `frame`, whose end is
 * TSS.esp0, so that a trap from VM86 puts them there by itself. Calls are regparm(3).
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
    .long new_context
    .org VMX_ASSIST_OFF_OLD
    .long old_context
    .org VMX_ASSIST_OFF_OPTIONS
    .globl assist_options
assist_options:
    .long 0

1:  cli
    cld
    movl $bss_start, %edi
    movl $bss_dwords, %ecx
    xorl %eax, %eax
    rep stosl
    movl $frame, %esp
    call setup
    movl %cr0, %eax
    andl $~(CR0_PE | CR0_PG), %eax
    movl %eax, %cr0                 /* INVOKE: does not come back here */
    ud2

/* NEW.eip, with ESP = frame_eip and the guest's other registers. */
    .globl world_entry
world_entry:
    pushal
    call world_entered
to_vm86:
    movl $frame, %esp
    popal
    iretl

/* void leave_world(u32 cr0) NORETURN: OLD is complete; ESP, which OLD has, is free to carry CR0. */
    .globl leave_world
leave_world:
    movl %eax, leave_cr0
    movl $frame, %esp
    popal
    movl leave_cr0, %esp
    movl %esp, %cr0                 /* RESTORE */
    ud2

/*
 * Vector n enters at vectors + 5 * n. From VM86 the ring-0 stack was empty: what lies on it is the frame, and an
 * error code if ESP is one word further down. That tells exceptions from IRQs on the same vector.
 */
    .globl vectors
vectors:
    .rept 256
    call vector_common
    .endr

vector_common:
    cmpl $frame_eip - 4, %esp       /* the return address alone: no error code */
    jne 1f
    popl %ss:trap_vector            /* DS is null after VM86 */
    movl $NO_ERROR, %ss:trap_error
    jmp 2f
1:  cmpl $frame_eip - 8, %esp
    jne from_ring0
    popl %ss:trap_vector
    popl %ss:trap_error
2:  pushal
    movw $DATA, %ax
    movw %ax, %ds
    movw %ax, %es
    cld
    movl trap_vector, %eax
    call vector_number
    movl trap_error, %edx
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
from_ring0:
    xchgl %eax, (%esp)
    pushl %ecx
    pushl %edx
    call vector_number
    cmpl $window_start, 12(%esp)
    jb 1f
    cmpl $window_end, 12(%esp)
    ja 1f
    addl $24, %esp                  /* edx ecx eax eip cs eflags */
    ret
1:  cmpl $0, fixup
    je 2f
    movl fixup_esp, %esp
    movl fixup, %edx
    movl $0, fixup
    jmp *%edx
2:  movl %esp, %edx
    call died                       /* (vector, stack) */

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
    movl $0, fixup
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
    movl %esp, fixup_esp
    movl $faulted, fixup
    jmp *%ecx

/* int native_run(struct x86_cpu *cpu, struct x86_native *n): x86_native_run, which a fault leaves with its vector. */
    .globl native_run
native_run:
    leal x86_native_stack(%esp), %ecx
    movl %ecx, fixup_esp
    movl $x86_native_fault, fixup
    call x86_native_run
    movl $0, fixup
    ret

    .section .rom_header, "a"       /* memory managers take what it covers for a ROM, not for free space */
    .byte 0x55, 0xAA, rom_blocks
    .byte 0xCB                      /* RETF, if somebody calls it */

    .bss
trap_vector: .skip 4
trap_error:  .skip 4
leave_cr0:   .skip 4
fixup:       .skip 4
fixup_esp:   .skip 4
    .balign 16
    .skip STACK_BYTES
    .globl frame, frame_eip, frame_end
frame:       .skip 32               /* struct vm86_frame: PUSHAL */
frame_eip:   .skip 36               /* EIP CS EFLAGS ESP SS ES DS FS GS */
frame_end:
