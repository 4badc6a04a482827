/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NMIs at times that nobody chose, by the PIT through the I/O APIC (Intel 82093AA data sheet, 3.2), while instructions run that
 * exit: most of them meet the hypervisor. None may be lost. 32-bit code for in_ring0().
 */
#include "../segments.inc"
#include "hw/msr.h"
#include "hw/pic.h"
#include "hw/pit.h"
#include "selectors.h"

#define GOOD            0x600D
#define IOAPIC_INDEX    0xFEC00000
#define IOAPIC_DATA     0xFEC00010
#define IOAPIC_PIN0     0x10            /* low half of its entry; pin 2 is 14h */
#define IOAPIC_PIN2     0x14
#define IOAPIC_NMI      0x00400         /* edge, to processor 0 */
#define IOAPIC_MASKED   0x10000
#define PIT_ONE_SHOT    0x30            /* counter 0, mode 0: one edge when it reaches 0 */
#define PIT_PERIODIC    0x34
#define SHOTS           2000
#define COUNT           32              /* 27 us */
#define LOOPS           2000            /* then it is lost */

    .code32
    .section .text.nmi, "ax"

/* Both pins: which one the PIT is at depends on the engine. */
    .macro PINS value
    movl $IOAPIC_PIN0, IOAPIC_INDEX
    movl $\value, IOAPIC_DATA
    movl $IOAPIC_PIN0 + 1, IOAPIC_INDEX
    movl $0, IOAPIC_DATA
    movl $IOAPIC_PIN2, IOAPIC_INDEX
    movl $\value, IOAPIC_DATA
    movl $IOAPIC_PIN2 + 1, IOAPIC_INDEX
    movl $0, IOAPIC_DATA
    .endm

    .macro PIT mode, count
    movb $\mode, %al
    outb %al, $PIT_CONTROL
    movb $\count, %al
    outb %al, $PIT_COUNTER0
    movb $0, %al
    outb %al, $PIT_COUNTER0
    .endm

/* GOOD if each NMI came while `code` ran with these flags. */
    .macro NMIS name, flags, code
    .globl \name
\name:
    call begin
1:  PIT PIT_ONE_SHOT, COUNT
    movl $0, came
    movl $LOOPS, %esi
    movl %ebp, %ecx                 /* at another instruction each time */
    andl $0x1FF, %ecx
    incl %ecx
4:  loop 4b
    pushl $(\flags | EFLAGS_ONE)
    popfl
2:  \code
    cmpl $0, came
    jne 3f
    decl %esi
    jnz 2b
3:  pushl $EFLAGS_ONE
    popfl
    cmpl $1, came
    jne end
    decl %ebp
    jnz 1b
    jmp end
    .endm

    .set msr, MSR_APIC_BASE
    NMIS nmi_at_cpuid, EFLAGS_IF, "xorl %eax, %eax; cpuid"
    NMIS nmi_at_stepped_cpuid, (EFLAGS_IF | EFLAGS_TF), "xorl %eax, %eax; cpuid"
    NMIS nmi_at_rdmsr, EFLAGS_IF, "movl $msr, %ecx; rdmsr"

begin:
    movl $on_nmi, %eax
    movl $idt + VECTOR_NMI * 8, %edi
    call gate
    movl $on_step, %eax
    movl $idt + VECTOR_DB * 8, %edi
    call gate
    inb $PIC1_DATA, %al
    movb %al, masks
    inb $PIC2_DATA, %al
    movb %al, masks + 1
    movb $0xFF, %al
    outb %al, $PIC1_DATA
    outb %al, $PIC2_DATA
    PIT PIT_ONE_SHOT, 0
    PINS IOAPIC_NMI
    movl $SHOTS, %ebp
    ret
end:
    PINS IOAPIC_MASKED
    PIT PIT_PERIODIC, 0
    movb masks, %al
    outb %al, $PIC1_DATA
    movb masks + 1, %al
    outb %al, $PIC2_DATA
    movl $GOOD, %eax
    subl %ebp, %eax                 /* less those from the first that was lost */
    ret
on_nmi:
    incl came
on_step:
    iretl

    .bss
    .balign 4
came:   .long 0
masks:  .word 0
