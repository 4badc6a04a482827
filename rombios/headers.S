/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Structures that option ROMs and systems scan for in F000: $PnP (Plug and Play BIOS Specification
 * 1.0A, 4.4) and $PMM (POST Memory Manager Specification 1.01, chapter 2), and their entries, all
 * called far with C arguments on the stack. post_headers.c fills the checksums in.
 */
#define BIOS_SEGMENT   0xF000
#define BIOS_BASE      0xF0000
#define PNP_EFUNCTION  0x82
#define PNP_BBS        0x60           /* Get version and installation check, BIOS Boot Specification 1.01, 5.1 */
#define BBS_VERSION    0x0101

    .code16
    .section .postdata, "aw"

    .align 16
    .globl pnp_header
pnp_header:
    .ascii "$PnP"
    .byte 0x10, 0x21                /* version 1.0, length */
    .word 0                         /* no events */
    .byte 0                         /* checksum */
    .long 0
    .word entry_pnp, BIOS_SEGMENT   /* real mode */
    .word entry_pnp                 /* 16-bit protected mode */
    .long BIOS_BASE
    .long 0                         /* OEM */
    .word BIOS_SEGMENT              /* data segment, real and protected */
    .long BIOS_BASE

    .align 16
    .globl pmm_header
pmm_header:
    .ascii "$PMM"
    .byte 1, 0x10, 0                /* revision, length, checksum */
    .word entry_pmm, BIOS_SEGMENT
    .skip 5

    .section .text.entry, "ax"

/*
 * int FAR pnp(int function, ...): there are no device nodes to tell about; only the presence of
 * the BIOS Boot Specification, function 60h (version FAR *, BIOS selector).
 */
entry_pnp:
    pushw %bp
    movw %sp, %bp
    cmpw $PNP_BBS, 6(%bp)
    jne 1f
    pushw %es
    pushw %bx
    lesw 8(%bp), %bx
    movw $BBS_VERSION, %es:(%bx)
    popw %bx
    popw %es
    xorw %ax, %ax
    popw %bp
    lretw
1:  movw $PNP_EFUNCTION, %ax
    popw %bp
    lretw

/* u32 FAR pmm(u16 function, ...): result in DX:AX; pmm() finds the arguments above the return address. */
entry_pmm:
    pushfw
    pushw %cs
    pushw $1f
    pushl $pmm
    jmp service
1:  lretw
