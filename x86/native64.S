/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * x86_native_run for 64-bit rooms and the host's tests: x86.h says what it does. The instruction can name only the first
 * eight registers, so the others hold what is needed after it. Offsets: struct x86_cpu, struct x86_native (exec_native.c).
 */
#define CPU_EFLAGS   36
#define NATIVE_LENGTH 16
#define NATIVE_BASE  17
#define NATIVE_OPERAND 24
#define EBX 3
#define ESI 6
#define EDI 7
#define ARITHMETIC 0x8D5
#define RET_OPCODE 0xC3

        .text
        .globl  x86_native_run, x86_native_fault
        .type   x86_native_run, @function

/* in: RDI cpu, RSI native; out: EAX -1, or the vector that x86_native_fault was given */
x86_native_run:
        push    %rbx
        push    %rbp
        push    %r12
        push    %r13
        push    %r14
        push    %r15
        mov     %rdi, %r12
        mov     %rsi, %r13
        movzbl  NATIVE_LENGTH(%r13), %eax
        movb    $RET_OPCODE, (%r13,%rax)
        mov     NATIVE_OPERAND(%r13), %r14
        movzbl  NATIVE_BASE(%r13), %r15d
        mov     CPU_EFLAGS(%r12), %eax
        and     $ARITHMETIC, %eax
        push    %rax
        mov     0(%r12), %eax
        mov     4(%r12), %ecx
        mov     8(%r12), %edx
        mov     12(%r12), %ebx
        mov     20(%r12), %ebp
        mov     24(%r12), %esi
        mov     28(%r12), %edi
        cmp     $EBX, %r15d
        cmove   %r14, %rbx
        cmp     $ESI, %r15d
        cmove   %r14, %rsi
        cmp     $EDI, %r15d
        cmove   %r14, %rdi
        popfq
        call    *%r13
        pushfq
        mov     %eax, 0(%r12)
        mov     %ecx, 4(%r12)
        mov     %edx, 8(%r12)
        cmp     $EBX, %r15d
        je      1f
        mov     %ebx, 12(%r12)
1:      mov     %ebp, 20(%r12)
        cmp     $ESI, %r15d
        je      2f
        mov     %esi, 24(%r12)
2:      cmp     $EDI, %r15d
        je      3f
        mov     %edi, 28(%r12)
3:      pop     %rax
        and     $ARITHMETIC, %eax
        andl    $~ARITHMETIC, CPU_EFLAGS(%r12)
        or      %eax, CPU_EFLAGS(%r12)
        mov     $-1, %eax
        jmp     4f

/* in: EAX vector, stack as at the fault */
x86_native_fault:
        add     $8, %rsp
4:      pop     %r15
        pop     %r14
        pop     %r13
        pop     %r12
        pop     %rbp
        pop     %rbx
        ret

        .section .note.GNU-stack, "", @progbits
