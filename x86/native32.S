/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * x86_native_run for 32-bit rooms: x86.h says what it does. The instruction may use every register, so all that is needed
 * after it lies on the stack. Offsets: struct x86_cpu, struct x86_native (exec_native.c asserts them).
 */
#define CPU_EFLAGS   36
#define NATIVE_LENGTH 16
#define NATIVE_BASE  17
#define NATIVE_OPERAND 20
#define ESP_NUMBER 4
#define ARITHMETIC 0x8D5
#define RET_OPCODE 0xC3

/* ESP at the instruction, from what it was at the call of x86_native_run: two return addresses, six registers. */
        .set    x86_native_stack, -32

        .text
        .globl  x86_native_run, x86_native_fault, x86_native_stack
        .type   x86_native_run, @function

/* in: EAX cpu, EDX native; out: EAX -1, or the vector that x86_native_fault was given */
x86_native_run:
        push    %ebp
        push    %ebx
        push    %esi
        push    %edi
        push    %eax
        push    %edx
        movzbl  NATIVE_LENGTH(%edx), %ecx
        movb    $RET_OPCODE, (%edx,%ecx)

        /* An image for POPA: the guest's registers, the operand's address in place of the base. */
        mov     %eax, %esi
        sub     $32, %esp
        mov     $7, %ecx
        lea     (%esp), %edi
1:      mov     (%esi,%ecx,4), %ebx
        mov     %ebx, (%edi)
        add     $4, %edi
        dec     %ecx
        jns     1b
        movzbl  NATIVE_BASE(%edx), %ecx
        cmp     $ESP_NUMBER, %ecx
        je      2f
        neg     %ecx
        mov     NATIVE_OPERAND(%edx), %ebx
        mov     %ebx, 28(%esp,%ecx,4)
2:      mov     CPU_EFLAGS(%esi), %ebx
        and     $ARITHMETIC, %ebx
        push    %ebx
        popf
        popa
        call    *(%esp)
        pushf
        pusha

        /* 0: image, 32: flags, 36: native, 40: cpu */
        mov     36(%esp), %edx
        mov     40(%esp), %esi
        movzbl  NATIVE_BASE(%edx), %edx
        mov     $7, %ecx
        mov     %esp, %edi
3:      cmp     $ESP_NUMBER, %ecx
        je      4f
        cmp     %edx, %ecx
        je      4f
        mov     (%edi), %ebx
        mov     %ebx, (%esi,%ecx,4)
4:      add     $4, %edi
        dec     %ecx
        jns     3b
        mov     32(%esp), %eax
        and     $ARITHMETIC, %eax
        andl    $~ARITHMETIC, CPU_EFLAGS(%esi)
        or      %eax, CPU_EFLAGS(%esi)
        add     $36, %esp
        mov     $-1, %eax
        jmp     5f

/* in: EAX vector, stack as at the fault */
x86_native_fault:
        add     $4, %esp
5:      add     $8, %esp
        pop     %edi
        pop     %esi
        pop     %ebx
        pop     %ebp
        ret

        .section .note.GNU-stack, "", @progbits
