/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An option ROM of QEMU's e1000 that tries the POST memory manager, writes TAP on the debug port and ends QEMU. POST Memory Manager
 * Specification 1.01, chapter 3; in an option ROM, because the services are there during POST alone.
 */
#include "spec/pmm.h"

#define PORT_DEBUG     0xE9
#define PORT_EXIT      0xF4         /* QEMU isa-debug-exit */
#define E1000_ID       0x100E8086   /* device, vendor */
#define BIOS_SEGMENT   0xF000
#define PMM_ENTRY      7            /* in the $PMM structure: far pointer */
#define HANDLE         0x12345678
#define KIB_4          0x100        /* in paragraphs */
#define KIB_64         0x1000
#define GIB            0x4000000
#define ONE_MIB        0x100000

    .code16
    .text
    .word 0xAA55
    .byte ROM_BLOCKS
    jmp init
    .org 0x18
    .word pcir
    .balign 4
pcir:
    .ascii "PCIR"
    .long E1000_ID
    .word 0                         /* no vital product data */
    .word 1f - pcir
    .byte 0
    .byte 0, 0, 2                   /* class: Ethernet controller */
    .word ROM_BLOCKS
    .word 1
    .byte 0                         /* x86, PC-AT */
    .byte 0x80                      /* the last image */
    .word 0
1:

/* EAX = the answer. */
    .macro PMM function, argument, handle=0, flags=0
    pushw $\flags
    pushl $\handle
    pushl \argument
    pushw $\function
    lcallw *entry
    addw $12, %sp
    shll $16, %edx
    movw %ax, %dx
    movl %edx, %eax
    .endm

/* One test: the flags say what a Jcc would. EAX stays. */
    .macro CHECK condition, text
    set\condition %cl
    movw $text\@, %si
    call check
    .section .rodata
text\@: .asciz "\text\n"
    .text
    .endm

init:
    pushal
    pushw %ds
    pushw %es
    movw %cs, %ax
    movw %ax, %ds
    cld
    call find
    call low
    call high
    call limits
    movw $plan, %si
    call say
    movb tests, %al
    call say_number
    movw $line_end, %si
    call say
    outb %al, $PORT_EXIT
    popw %es
    popw %ds
    popal
    lretw

/* The structure stands on a paragraph of the BIOS segment. */
find:
    movw $BIOS_SEGMENT, %ax
    movw %ax, %es
    xorw %bx, %bx
1:  cmpl $0x4D4D5024, %es:(%bx)     /* "$PMM" */
    je 2f
    addw $16, %bx
    jnz 1b
2:  movl %es:PMM_ENTRY(%bx), %eax
    movl %eax, entry
    testw %bx, %bx
    CHECK nz, "$PMM is found"
    ret

low:
    PMM PMM_ALLOCATE, $KIB_4, HANDLE, PMM_FLAG_LOW
    movl %eax, block
    leal -1(%eax), %ebx
    cmpl $ONE_MIB - 1, %ebx
    CHECK b, "allocate: 4 KiB below 1 MiB"
    movl %eax, %edx
    shrl $4, %edx
    movw %dx, %es
    movl $HANDLE, %es:0
    movl $~HANDLE, %es:4092
    cmpl $HANDLE, %es:0
    CHECK e, "allocate: it is memory"
    PMM PMM_FIND, $HANDLE
    cmpl %eax, block
    CHECK e, "find: by its handle"
    PMM PMM_FIND, $HANDLE + 1
    testl %eax, %eax
    CHECK z, "find: no such handle"
    PMM PMM_DEALLOCATE, block
    testl %eax, %eax
    CHECK z, "deallocate"
    PMM PMM_DEALLOCATE, block
    testl %eax, %eax
    CHECK nz, "deallocate: not twice"
    PMM PMM_FIND, $HANDLE
    testl %eax, %eax
    CHECK z, "find: no more"
    ret

high:
    PMM PMM_ALLOCATE, $KIB_64, PMM_ANONYMOUS, PMM_FLAG_HIGH | PMM_FLAG_ALIGNED
    movl %eax, block
    cmpl $ONE_MIB, %eax
    CHECK ae, "allocate: 64 KiB above 1 MiB"
    testw %ax, %ax
    CHECK z, "allocate: aligned to 64 KiB"
    PMM PMM_FIND, $PMM_ANONYMOUS
    testl %eax, %eax
    CHECK z, "find: not what is anonymous"
    PMM PMM_ALLOCATE, $KIB_64, PMM_ANONYMOUS, PMM_FLAG_HIGH
    cmpl %eax, block
    CHECK ne, "allocate: another block"
    PMM PMM_DEALLOCATE, %eax
    testl %eax, %eax
    CHECK z, "deallocate: above 1 MiB"
    PMM PMM_DEALLOCATE, block
    ret

/* Length 0 asks for the largest block, in paragraphs. */
limits:
    PMM PMM_ALLOCATE, $0, 0, PMM_FLAG_LOW
    movl %eax, largest
    cmpl $KIB_64, %eax
    CHECK ae, "largest block below 1 MiB: 64 KiB at least"
    incl %eax
    PMM PMM_ALLOCATE, %eax, HANDLE, PMM_FLAG_LOW
    testl %eax, %eax
    CHECK z, "allocate: nothing larger"
    PMM PMM_ALLOCATE, largest, HANDLE, PMM_FLAG_LOW
    movl %eax, block
    testl %eax, %eax
    CHECK nz, "allocate: the largest"
    PMM PMM_ALLOCATE, $KIB_4, PMM_ANONYMOUS, PMM_FLAG_LOW | PMM_FLAG_HIGH
    cmpl $ONE_MIB, %eax
    CHECK ae, "allocate: low or high goes high when low is full"
    PMM PMM_DEALLOCATE, %eax
    PMM PMM_DEALLOCATE, block
    PMM PMM_ALLOCATE, $0, 0, PMM_FLAG_LOW
    cmpl %eax, largest
    CHECK e, "largest block: as before"
    PMM PMM_ALLOCATE, $GIB, HANDLE, PMM_FLAG_HIGH
    testl %eax, %eax
    CHECK z, "allocate: no GiB"
    PMM PMM_ALLOCATE, $KIB_4, HANDLE, 0
    testl %eax, %eax
    CHECK z, "allocate: neither low nor high"
    PMM 3, $0
    cmpl $PMM_EFUNCTION, %eax
    CHECK e, "no such function"
    ret

/* ---- TAP ---------------------------------------------------------------------------------- */

check:                              /* CL: it passed; SI: what */
    pushal
    incb tests
    testb %cl, %cl
    pushw %si
    movw $ok, %si
    jnz 1f
    movw $not_ok, %si
1:  call say
    movb tests, %al
    call say_number
    movw $dash, %si
    call say
    popw %si
    call say
    popal
    ret

say_number:                         /* AL, below 100 */
    aam
    addw $0x3030, %ax
    xchgb %al, %ah
    outb %al, $PORT_DEBUG
    movb %ah, %al
    outb %al, $PORT_DEBUG
    ret

say:                                /* CS:SI */
    lodsb
    testb %al, %al
    jz 1f
    outb %al, $PORT_DEBUG
    jmp say
1:  ret

    .section .rodata
ok:       .asciz "\nok "
not_ok:   .asciz "\nnot ok "
dash:     .asciz " - "
plan:     .asciz "1.."
line_end: .asciz "\n"

/* The ROM is memory while it starts (PCI Firmware Specification 3.0, 5.2.1.16). */
    .data
    .balign 4
entry:   .long 0
block:   .long 0
largest: .long 0
tests:   .byte 0
