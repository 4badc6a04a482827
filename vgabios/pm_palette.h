/* SPDX-License-Identifier: BSD-2-Clause */
/* The part of the VBE protected-mode interface that is the same for every VGA. Included by pm_*.S. */
#define VRETRACE 0x08

/* 4F09h: BL 0, or 80h for in the retrace; CX entries from DX; ES:EDI blue green red 0. */
set_palette:
    pushal
    testb $0x80, %bl
    jz 1f
    pushl %edx
    call retrace
    popl %edx
1:  movzwl %cx, %ecx
    jecxz 3f
    movb %dl, %al
    movw $VGA_DAC_WRITE, %dx
    outb %al, %dx
    incl %edx
2:  movb %es:2(%edi), %al
    outb %al, %dx
    movb %es:1(%edi), %al
    outb %al, %dx
    movb %es:(%edi), %al
    outb %al, %dx
    addl $4, %edi
    loop 2b
3:  popal
    movw $0x004F, %ax
    ret

/* Wait for a vertical retrace to begin, at most 2 * 40000h reads. Clobbers eax, edx, and keeps ecx. */
retrace:
    pushl %ecx
    movw $VGA_STATUS1, %dx
    movl $0x40000, %ecx
1:  inb %dx, %al
    testb $VRETRACE, %al
    loopnz 1b
    movl $0x40000, %ecx
2:  inb %dx, %al
    testb $VRETRACE, %al
    loopz 2b
    popl %ecx
    ret
