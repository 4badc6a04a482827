/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * VBE protected-mode interface: 32-bit code that the caller copies anywhere and calls near; a few
 * dwords of stack. VBE Core Functions Standard 3.0, function 0Ah. Included once by pm_CARD.S after
 *   PORTS            the card's own ports, separated by commas
 *   BANK_SET         bank DX to the window; may change EAX, EDX
 *   BANK_GET         bank of the window to EDX; may change EAX
 *   START_SET        first byte shown, divided by 4, in DX:CX; may change every register but ESP
 */
#define VGA_DAC_WRITE     0x3C8
#define VGA_STATUS1       0x3DA
#define VRETRACE          0x08
#define STATUS_OK         0x004F
#define STATUS_FAILED     0x014F

    .section .text.pm, "ax"
    .code32
    .globl pm_table, pm_table_end
pm_table:
    .word set_window - pm_table
    .word set_start - pm_table
    .word set_palette - pm_table
    .word ports - pm_table

ports:                              /* ports used, then memory (none) */
    .word PORTS, VGA_DAC_WRITE, VGA_DAC_WRITE + 1, VGA_STATUS1, 0xFFFF
    .word 0xFFFF

/* 4F05h: BH 0 set, 1 get; BL window 0; DX bank. AX = status. */
set_window:
    testb %bl, %bl
    jnz 2f
    cmpb $1, %bh
    ja 2f
    je 1f
    pushl %edx
    BANK_SET
    popl %edx
    movw $STATUS_OK, %ax
    ret
1:  BANK_GET
    movw $STATUS_OK, %ax
    ret
2:  movw $STATUS_FAILED, %ax
    ret

/* 4F07h: BL 0, or 80h for in the retrace; DX:CX first byte shown, divided by 4. */
set_start:
    pushal
    testb $0x80, %bl
    jz 1f
    pushl %edx
    call retrace
    popl %edx
1:  START_SET
    popal
    movw $STATUS_OK, %ax
    ret

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
    movw $STATUS_OK, %ax
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

pm_table_end:
