/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every way to reset a PC, one after the other; two CMOS cells that no BIOS uses count the steps.
 * Boots from any drive. Its last line is "all resets came back". A partition (include/abi/partition.h) is there after all or none.
 */
#define CMOS_INDEX          0x70
#define CMOS_DATA           0x71
#define CELL_STEP           0x7C
#define CELL_VALID          0x7D        /* complement of the step */
#define CELL_PARTITION      0x7B
#define CPUID_PARTITION     0x40000000
#define CMOS_SHUTDOWN       0x0F
#define SHUTDOWN_JUMP_EOI   0x05        /* EOI, then jump to the address at 40:67 */
#define SHUTDOWN_JUMP       0x0A        /* the same without EOI */
#define KBC_COMMAND         0x64
#define KBC_RESET           0xFE
#define PORT_92             0x92
#define RESET_CONTROL       0xCF9
#define BDA_RESET_VECTOR    0x467

    .code16
    .globl  _start
_start:
    ljmp    $0, $1f
1:  xor     %ax, %ax
    mov     %ax, %ds
    mov     %ax, %es
    mov     %ax, %ss
    mov     $0x7C00, %sp
    mov     $CPUID_PARTITION, %eax
    cpuid
    mov     %bl, %ah                        # 'f' of the signature, or not
    mov     $CELL_PARTITION, %al
    push    %ax
    call    step_read
    mov     %al, %bl
    xor     %bh, %bh
    pop     %ax
    test    %bl, %bl
    jnz     2f
    call    cmos_write                      # as it was at first
2:  mov     %ah, %cl
    mov     $CELL_PARTITION, %al
    call    cmos_read
    cmp     %al, %cl
    jne     lost
    mov     %bl, %al
    add     $'0', %al
    mov     %al, number
    push    %bx
    mov     $text, %si
    call    say
    pop     %bx
    mov     %bl, %al
    inc     %al
    call    step_write
    shl     %bx
    jmp     *steps(%bx)

step_read:                              # out: AL = step, 0 at power-on
    mov     $CELL_VALID, %al
    call    cmos_read
    mov     %al, %ah
    mov     $CELL_STEP, %al
    call    cmos_read
    not     %ah
    cmp     %al, %ah
    je      1f
    xor     %al, %al
1:  ret

step_write:                             # in: AL
    mov     %al, %ah
    mov     $CELL_STEP, %al
    call    cmos_write
    not     %ah
    mov     $CELL_VALID, %al
cmos_write:                             # in: AL = cell, AH = value
    out     %al, $CMOS_INDEX
    mov     %ah, %al
    out     %al, $CMOS_DATA
    ret
cmos_read:                              # in: AL = cell; out: AL
    out     %al, $CMOS_INDEX
    in      $CMOS_DATA, %al
    ret

by_kbc:
    mov     $KBC_RESET, %al
    out     %al, $KBC_COMMAND
    jmp     halt
by_port_92:
    in      $PORT_92, %al
    and     $0xFE, %al
    out     %al, $PORT_92
    or      $1, %al
    out     %al, $PORT_92
    jmp     halt
by_cf9:
    mov     $RESET_CONTROL, %dx
    mov     $2, %al                     # hard reset, then the edge of bit 2
    out     %al, %dx
    mov     $6, %al
    out     %al, %dx
    jmp     halt
by_triple_fault:
    lidt    no_idt
    int3
    jmp     halt
by_int_19:
    int     $0x19
by_shutdown_5:
    mov     $SHUTDOWN_JUMP_EOI, %ah
    jmp     shutdown
by_shutdown_a:
    mov     $SHUTDOWN_JUMP, %ah
shutdown:
    movw    $_start, BDA_RESET_VECTOR
    movw    $0, BDA_RESET_VECTOR + 2
    mov     $CMOS_SHUTDOWN, %al
    call    cmos_write
    jmp     by_kbc
by_bios_entry:
    ljmp    $0xFFFF, $0
lost:
    mov     $left, %si
    call    say
    jmp     halt
finish:
    mov     $0, %al
    call    step_write
    mov     $done, %si
    call    say
    jmp     halt

#include "say.inc"

steps:
    .word   by_kbc, by_port_92, by_cf9, by_triple_fault, by_int_19, by_shutdown_5, by_shutdown_a, by_bios_entry, finish
no_idt:
    .word   0
    .long   0
text:
    .ascii  "step "
number:
    .asciz  "?\r\n"
left:
    .asciz  "left the partition\r\n"
done:
    .asciz  "all resets came back\r\n"
