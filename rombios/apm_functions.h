/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * APM functions, Advanced Power Management BIOS Interface Specification 1.2, chapter 4. Assembled
 * twice, for INT 15h and the 16-bit entry, and for the 32-bit entry (apm.S): registers, the stack
 * and data through CS only. Power management here is power-off; every other state is taken and
 * has no effect, and CPU idle returns at once (HLT would be privileged in VM86).
 */

/* P(functions): in: AL function; out: AH error if CF=1. AX is changed only where documented. */
P(functions):
    pushl %ebp
    GET_IP %ebp
    cmpb $0x00, %al
    je P(present)
    cmpb $0x02, %al
    je P(connect16)
    cmpb $0x03, %al
    je P(connect32)
    cmpb $0x07, %al
    je P(set_state)
    cmpb $0x0A, %al
    je P(status)
    cmpb $0x0B, %al
    je P(event)
    cmpb $0x0C, %al
    je P(get_state)
    cmpb $0x0E, %al
    je P(version)
    cmpb $0x10, %al
    je P(capabilities)
    ja 1f                           /* 01 04 05 06 08 09 0D 0F: nothing to do */
    popl %ebp
    clc
    ret
1:  movb $APM_EFUNCTION, %ah
P(fail):
    popl %ebp
    stc
    ret
P(good):
    popl %ebp
    clc
    ret

P(present):
    movw $APM_VERSION, %ax
    movw $0x504D, %bx               /* "PM" */
    movw $0x0003, %cx               /* 16-bit and 32-bit protected mode */
    jmp P(good)

P(connect16):
    movw $BIOS_SEGMENT, %ax
    movw $apm16_entry, %bx
    movw $BIOS_SEGMENT, %cx
    movw $0xFFFF, %si
    movw $0xFFFF, %di
    jmp P(good)

P(connect32):
    movw $BIOS_SEGMENT, %ax
    movl $apm32_entry, %ebx
    movw $BIOS_SEGMENT, %cx
    movw $BIOS_SEGMENT, %dx
    movl $0xFFFFFFFF, %esi          /* length of the 16-bit and of the 32-bit code segment */
    movw $0xFFFF, %di
    jmp P(good)

/* 07h: BX device, CX state */
P(set_state):
    cmpw $APM_ALL_DEVICES, %bx
    jne P(good)
    cmpw $APM_STATE_OFF, %cx
    jb P(good)
    movb $APM_EPARAMETER, %ah
    ja P(fail)
    movb $APM_ESTATE, %ah
    pushw %dx
    movw %cs:HANDOFF_PM1A_CNT_PORT(%ebp), %dx
    testw %dx, %dx
    jz 1f
    pushw %ax
    inw %dx, %ax
    andw $~PM1_CNT_SLP_TYP, %ax
    pushw %cx
    movb %cs:HANDOFF_SLP_TYP_S5(%ebp), %cl
    shlb $2, %cl
    orb %cl, %ah
    popw %cx
    orw $PM1_CNT_SLP_EN, %ax
    outw %ax, %dx
    popw %ax
1:  popw %dx                        /* still on */
    jmp P(fail)

P(status):
    cmpw $APM_ALL_DEVICES, %bx
    movb $APM_EDEVICE, %ah
    jne P(fail)
    movw $0x01FF, %bx               /* on line, battery unknown */
    movw $0x80FF, %cx               /* no battery */
    movw $0xFFFF, %dx
    movb $0x53, %ah
    jmp P(good)

P(event):
    movb $APM_ENOEVENT, %ah
    jmp P(fail)

P(get_state):
    xorw %cx, %cx                   /* enabled */
    jmp P(good)

P(version):
    movw $APM_VERSION, %ax
    jmp P(good)

P(capabilities):
    movb $0, %bl                    /* batteries */
    xorw %cx, %cx
    jmp P(good)
