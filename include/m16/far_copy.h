/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * FAR_POINTERS: ES:EDI from the far pointer in EAX, DS:ESI from that in EDX.
 * FAR_COPY: the body of far_copy(struct farptr to, struct farptr from, u16 bytes) for the assembly of the 16-bit rooms: EAX to,
 * EDX from, CX bytes. Clobbers EAX, ECX, EDX, ESI, EDI, DS, ES, which each room saves its own way.
 */
#ifndef M16_FAR_COPY_H
#define M16_FAR_COPY_H

    .macro FAR_POINTERS
    movzwl %ax, %edi
    movzwl %dx, %esi
    shrl $16, %eax
    shrl $16, %edx
    movw %ax, %es
    movw %dx, %ds
    .endm

    .macro FAR_COPY
    FAR_POINTERS
    movzwl %cx, %ecx
    movb %cl, %al
    shrw $2, %cx
    rep movsl
    movb %al, %cl
    andb $3, %cl
    rep movsb
    .endm

#endif
