/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The doors of vmxassist: started by vmxloader, and on further processors by the hypervisor; entered by the
 * hypervisor's INVOKE, by traps and interrupts, left to VM86 and by RESTORE. Always ring 0, 32-bit, flat, IF=0; the
 * block of this processor has the guest's general registers in `cpu`, at its start, and the others in `frame`, whose
 * end is TSS.esp0, so that a trap from VM86 puts them there by itself. Calls are regparm(3).
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

    .macro BLOCK register           /* this processor's */
    leal minus_processors(%esp), \register
    andl $-PROCESSOR_BYTES, \register
    addl $processors, \register
    .endm

/* The guest's registers into the block at EAX, his EAX from the stack; and all back. */
    .macro SAVE_REGISTERS
    movl %ecx, GPR_ECX(%eax)
    movl %edx, GPR_EDX(%eax)
    movl %ebx, GPR_EBX(%eax)
    movl %ebp, GPR_EBP(%eax)
    movl %esi, GPR_ESI(%eax)
    movl %edi, GPR_EDI(%eax)
    popl GPR_EAX(%eax)
    .endm
    .macro LOAD_REGISTERS
    movl GPR_ECX(%eax), %ecx
    movl GPR_EDX(%eax), %edx
    movl GPR_EBX(%eax), %ebx
    movl GPR_EBP(%eax), %ebp
    movl GPR_ESI(%eax), %esi
    movl GPR_EDI(%eax), %edi
    movl GPR_EAX(%eax), %eax
    .endm

/* NEW.eip, with ESP at the frame and the guest's other registers. */
    .globl world_entry
world_entry:
    pushl %eax
    BLOCK %eax
    SAVE_REGISTERS
    call world_entered
    jmp to_vm86

/* void leave_world(struct processor *p, u32 cr0) NORETURN: OLD is complete; ESP, which OLD has, is free to carry CR0. */
    .globl leave_world
leave_world:
    movl %edx, %esp
    LOAD_REGISTERS
    movl %esp, %cr0                 /* RESTORE */
    ud2

/*
 * Where the gates lead (layout.h). From VM86 the ring-0 stack was empty: above the vector lies the frame, or an error
 * code and the frame. That tells exceptions from IRQs on the same vector. DS is null then.
 */
    .globl vectors
vectors:
    .set n, 0
    .rept 256 / VECTOR_GROUP
    .rept VECTOR_GROUP
    .byte 0x6A, n                   /* PUSH imm8 */
    .byte 0xEB, (VECTOR_GROUP - 1 - n % VECTOR_GROUP) * VECTOR_BYTES
    .set n, n + 1
    .endr
    .byte 0xE9                      /* JMP rel32 */
    .long vector_common - . - 4
    .endr

/* Our segments, and the registers into the block, whose offset from the first one's EAX has; EDX = vector, sign-extended. */
    .macro ENTER_RING0
    pushl %ss
    popl %ds
    pushl %ss
    popl %es
    cld
    addl $processors, %eax
    SAVE_REGISTERS
    popl %edx
    .endm

vector_common:
    pushl %eax
    leal minus_processors + 12 - FRAME(%esp), %eax
    testl $PROCESSOR_BYTES - 1, %eax
    jnz 1f
    ENTER_RING0
    popl %ecx                       /* the error code */
    jmp 2f
1:  subl $4, %eax
    testl $PROCESSOR_BYTES - 1, %eax
    jnz from_ring0
    ENTER_RING0
    movl $NO_ERROR, %ecx
2:  call trap                       /* (processor, vector, error) */
to_vm86:                            /* ESP = frame */
    leal -FRAME(%esp), %eax
    LOAD_REGISTERS
    iretl

/*
 * In ring 0: an IRQ at one of the two places that wait for it returns its vector from there. An NMI elsewhere is noted for run(),
 * and a #DB by the guest's breakpoints, which the interpreter sees by itself, for read_debug(). A fault at an instruction run for
 * the guest goes to `fixup` with the vector in EAX. All else is a bug of ours.
 */
from_ring0:                         /* EAX, vector, EIP, CS, EFLAGS on the stack */
    movzbl 4(%esp), %eax
    cmpl $window_start, 8(%esp)
    jb 1f
    cmpl $window_end, 8(%esp)
    ja 1f
    addl $20, %esp
    ret
1:  pushl %edx
    BLOCK %edx
    cmpl $VECTOR_NMI, %eax
    je 3f
    cmpl $VECTOR_DB, %eax
    je 3f
    movl FIXUP(%edx), %ecx
    testl %ecx, %ecx
    jz 2f
    movl FIXUP_ESP(%edx), %esp
    movl $0, FIXUP(%edx)
    jmp *%ecx
2:  movl %esp, %ecx
    xchgl %eax, %edx
    call died                       /* (processor, vector, stack) */
3:  movl $1, %ss:DEBUG_SEEN - 4 * VECTOR_DB(%edx, %eax, 4)  /* or nmi_pending; DS may still be VM86's */
    popl %edx
    popl %eax
    addl $4, %esp
    iretl

/* int poll_irq(void), wait_irq(void), wait_nmi(void): the vector of what came, or NO_IRQ. */
    .globl poll_irq, wait_irq, wait_nmi
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
wait_nmi:                           /* the same with interrupts off */
    hlt
window_end:
    cli                             /* an SMI woke us */
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
    BLOCK %ecx
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
    BLOCK %edi
    movl %esp, FIXUP_ESP(%edi)
    movl $faulted, FIXUP(%edi)
    jmp *%ecx

/* int native_run(struct x86_cpu *cpu, struct x86_native *n): x86_native_run, which a fault leaves with its vector. */
    .globl native_run
native_run:
    pushl %ebx
    BLOCK %ebx
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
