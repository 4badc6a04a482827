/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The PCI BIOS functions, PCI BIOS Specification 2.1, chapter 2. Assembled twice, for INT 1Ah
 * (int1a_pci.S, 16-bit, real and protected mode) and for BIOS32 (bios32.S, 32-bit): nothing but
 * registers, the stack and data through CS, and no privileged instruction.
 * The includer defines P(name), and the macros GET_IP and GET_ROUTE_POINTER.
 */
#define PCI_ENOFUNCTION  0x81
#define PCI_ENODEVICE    0x86
#define PCI_EREGISTER    0x87
#define PCI_ESETFAILED   0x88
#define PCI_ETOOSMALL    0x89
#define PIR_SIGNATURE    0x52495024   /* "$PIR" */
#define PIR_SIZE         6
#define PIR_IRQS         10
#define PIR_HEADER       32
#define ROUTE_SIZE       0            /* the caller's buffer: size, far pointer */

/* P(functions): in: AL function, arguments as documented; out: AH status, CF = AH is not 0. */
P(functions):
    pushl %ebp
    GET_IP %ebp
    cmpb $0, %cs:HANDOFF_PCI_MECHANISM(%ebp)
    je 9f
    cmpb $0x01, %al
    je P(present)
    cmpb $0x02, %al
    je P(find_device)
    cmpb $0x03, %al
    je P(find_class)
    cmpb $0x08, %al
    je P(read8)
    cmpb $0x09, %al
    je P(read16)
    cmpb $0x0A, %al
    je P(read32)
    cmpb $0x0B, %al
    je P(write8)
    cmpb $0x0C, %al
    je P(write16)
    cmpb $0x0D, %al
    je P(write32)
    cmpb $0x0E, %al
    je P(routing)
    cmpb $0x0F, %al
    jne 9f
    movb $PCI_ESETFAILED, %ah       /* the loader routed the interrupts for good */
    jmp P(done)
9:  movb $PCI_ENOFUNCTION, %ah
P(done):
    popl %ebp
    cmpb $1, %ah
    cmc                             /* CF = AH >= 1 */
    ret

P(present):
    movl $0x20494350, %edx          /* "PCI " */
    movb $0x01, %al                 /* mechanism 1 */
    movw $0x0300, %bx               /* version 3.0: option ROMs may begin elsewhere than they stay */
    movb %cs:HANDOFF_PCI_LAST_BUS(%ebp), %cl
    movb $0, %ah
    jmp P(done)

/* P(select): register DI of function BX; out: DX = its data port; eax changed. */
P(select):
    movzwl %bx, %eax
    shll $8, %eax
    movw %di, %dx
    movb %dl, %al
    andb $0xFC, %al
    orl $0x80000000, %eax
    movw $0xCF8, %dx
    outl %eax, %dx
    movw %di, %dx
    andw $3, %dx
    addw $0xCFC, %dx
    ret

/* 08h-0Dh: BX function, DI register, ECX data; \bad = bits of DI that must be 0. */
    .macro ACCESS bad
    testw $\bad, %di
    jnz P(bad_register)
    pushl %eax
    pushl %edx
    call P(select)
    .endm

P(read8):
    ACCESS 0xFF00
    inb %dx, %al
    movb %al, %cl
    jmp P(accessed)
P(read16):
    ACCESS 0xFF01
    inw %dx, %ax
    movw %ax, %cx
    jmp P(accessed)
P(read32):
    ACCESS 0xFF03
    inl %dx, %eax
    movl %eax, %ecx
    jmp P(accessed)
P(write8):
    ACCESS 0xFF00
    movb %cl, %al
    outb %al, %dx
    jmp P(accessed)
P(write16):
    ACCESS 0xFF01
    movw %cx, %ax
    outw %ax, %dx
    jmp P(accessed)
P(write32):
    ACCESS 0xFF03
    movl %ecx, %eax
    outl %eax, %dx
P(accessed):
    popl %edx
    popl %eax
    movb $0, %ah
    jmp P(done)
P(bad_register):
    movb $PCI_EREGISTER, %ah
    jmp P(done)

/*
 * 02h: DX vendor, CX device; 03h: ECX class. SI = how many matches to pass over; out: BX.
 * While searching: edi register number, ebp what to find, ecx bit 8 = by class, cl last bus.
 */
P(find_device):
    pushl %ecx
    movb %cs:HANDOFF_PCI_LAST_BUS(%ebp), %al
    shll $16, %ecx
    movw %dx, %cx
    movl %ecx, %ebp
    movzbl %al, %ecx
    movb $0x02, %al
    jmp 1f
P(find_class):
    pushl %ecx
    pushl %ecx
    movb %cs:HANDOFF_PCI_LAST_BUS(%ebp), %cl
    popl %ebp
    andl $0x00FFFFFF, %ebp
    movzbl %cl, %ecx
    movb $1, %ch
1:  pushw %dx                       /* the halves that change: callers have 32 bytes of stack */
    pushw %si
    pushw %di
    pushl %eax
    pushw %bx
    xorw %bx, %bx
2:  xorw %di, %di                   /* vendor and device */
    call P(select)
    inl %dx, %eax
    cmpw $0xFFFF, %ax
    je 5f
    testb %ch, %ch
    jz 3f
    movw $0x08, %di                 /* class and revision */
    call P(select)
    inl %dx, %eax
    shrl $8, %eax
3:  cmpl %ebp, %eax
    jne 4f
    subw $1, %si
    jc 7f
4:  testb $7, %bl
    jnz 6f
    movw $0x0E, %di                 /* header type: one function only? */
    call P(select)
    inb %dx, %al
    testb $0x80, %al
    jnz 6f
    orb $7, %bl
    jmp 6f
5:  testb $7, %bl
    jnz 6f
    orb $7, %bl                     /* no function 0: no device */
6:  incw %bx
    jz 8f
    cmpb %cl, %bh
    jbe 2b
8:  popw %bx
    popl %eax
    movb $PCI_ENODEVICE, %ah
    jmp 9f
7:  popw %di                        /* BX is the answer */
    popl %eax
    movb $0, %ah
9:  popw %di
    popw %si
    popw %dx
    popl %ecx
    jmp P(done)

/* 0Eh: the interrupt routing table; ES:(E)DI = buffer {size, far pointer}; out: BX = IRQs only PCI uses. */
P(routing):
    pushl %ecx
    pushl %esi
    pushl %edi
    pushl %eax
    leal TABLES_OFFSET(%ebp), %esi
    movl $TABLES_SIZE / 16, %ecx
1:  cmpl $PIR_SIGNATURE, %cs:(%esi)
    je 2f
    addl $16, %esi
    decl %ecx
    jnz 1b
    popl %eax
    movb $PCI_ENOFUNCTION, %ah
    jmp 9f
2:  movw %cs:PIR_IRQS(%esi), %bx
    movzwl %cs:PIR_SIZE(%esi), %ecx
    subl $PIR_HEADER, %ecx
    addl $PIR_HEADER, %esi
    EXTEND_DI
    cmpw %cx, %es:ROUTE_SIZE(%edi)
    movw %cx, %es:ROUTE_SIZE(%edi)
    jae 3f
    popl %eax
    movb $PCI_ETOOSMALL, %ah
    jmp 9f
3:  pushw %es
    GET_ROUTE_POINTER
4:  movb %cs:(%esi), %al
    movb %al, %es:(%edi)
    incl %esi
    incl %edi
    decl %ecx
    jnz 4b
    popw %es
    popl %eax
    movb $0, %ah
9:  popl %edi
    popl %esi
    popl %ecx
    jmp P(done)
