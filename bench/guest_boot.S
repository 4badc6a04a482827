/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Boot sector of the bench guest. A CD without emulation loads the whole image at once; from
 * a floppy or a disk the sector loads the rest itself. Then bench_main(drive).
 * in: DL = drive
 */
#include "abi/phase_codes.h"

#define BOOT_MARK 0x7C              /* run.sh looks for it */

    .code16
    .section .boot, "ax"
    .globl boot
boot:
    cli
    movb $BOOT_MARK, %al
    outb %al, $PORT_PHASE           /* ends the count of device accesses */
    ljmpw $0, $1f
1:  xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    movl $0xFFF0, %esp
    sti
    cld
    movb %dl, drive
    cmpl $0x48434E42, image_end - 4
    je 3f

    movb $0x08, %ah                 /* sectors a track */
    int $0x13
    jc failed
    andb $0x3F, %cl
    movb %cl, track
    xorw %bx, %bx
    movw %bx, %es                   /* a floppy's answer has ES:DI */
    movw $0x7E00, %bx
    movw $2, %cx                    /* cylinder 0, sector 2 */
    movw $image_sectors - 1, %di
2:  movw $0x0201, %ax
    movb drive, %dl
    movb %ch, %dh                   /* CH counts heads here: one cylinder is enough for 31 sectors */
    pushw %cx
    xorb %ch, %ch
    int $0x13
    popw %cx
    jc failed
    addw $512, %bx
    incb %cl
    cmpb track, %cl
    jbe 4f
    movb $1, %cl
    incb %ch
4:  decw %di
    jnz 2b

3:  movzbl drive, %eax
    calll bench_main
failed:
    movb $'!', %al
    outb %al, $0xF5                 /* PORT_LOG */
    outb %al, $0xF4                 /* PORT_EXIT */
1:  hlt
    jmp 1b

drive:
    .byte 0
track:
    .byte 0
    .org 510
    .word 0xAA55

/*
 * u32 timed_int(struct int_regs *r): INT r->vector with r's registers; instructions between
 * the INT and the one after its IRET, as the TSC counts them under -icount shift=0.
 */
    .section .text.timed_int, "ax"
    .globl timed_int
timed_int:
    pushl %ebx
    pushl %esi
    pushl %edi
    pushl %ebp
    pushl %eax
    movb (%eax), %cl
    movb %cl, 1f + 1
    pushw 4(%eax)
    popw %es
    movl 8(%eax), %ebx
    movl 12(%eax), %ecx
    movl 16(%eax), %edx
    movl 20(%eax), %esi
    movl 24(%eax), %edi
    movl 28(%eax), %ebp
    movl 32(%eax), %eax
    pushl %eax
    pushl %edx
    rdtsc
    movl %eax, start_tsc
    popl %edx
    popl %eax
1:  int $0
    pushl %eax
    pushl %edx
    pushfw
    rdtsc
    subl start_tsc, %eax
    popw flags
    popl %edx
    popl result
    pushw %ds
    popw %es
    movl %eax, %ebp
    popl %eax
    movl %ebx, 8(%eax)
    movl %ecx, 12(%eax)
    movl %edx, 16(%eax)
    movl %esi, 20(%eax)
    movl %edi, 24(%eax)
    movl result, %ecx
    movl %ecx, 32(%eax)
    movw flags, %cx
    movw %cx, 2(%eax)
    movl %ebp, %eax
    popl %ebp
    popl %edi
    popl %esi
    popl %ebx
    retl

    .bss
start_tsc: .long 0
result:    .long 0
flags:     .word 0
