/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ways into vmxloader, all in 32-bit protected mode with flat segments, interrupts off:
 *   PVH          EBX = struct hvm_start_info            Xen docs/misc/pvh.pandoc
 *   Multiboot    EAX = 2BADB002h, EBX = information     Multiboot 0.6.96, 3.2
 *   Multiboot 2  EAX = 36D76289h, EBX = information     Multiboot2 2.0, 3.3
 *   dfw.rom      EAX = BOOT_MAGIC_ROM, EBX = the image in ROM, at the first byte
 */
#include "abi/boot_magic.h"
#include "m32/start_c.h"
#include "spec/multiboot.h"
#include "spec/pvh.h"
#include "selectors.h"

    .section .head, "ax"
    .globl start
start:
    jmp 1f
    .org ROM_COPY_SIZE              /* how much of the image dfw.rom has to copy: all but the payloads */
    .long payload_start - start

    .align 8
mb2_header:
    .long MULTIBOOT2_HEADER_MAGIC, 0, mb2_header_end - mb2_header
    .long -(MULTIBOOT2_HEADER_MAGIC + 0 + (mb2_header_end - mb2_header))
    .word 0, 0                      /* end tag */
    .long 8
mb2_header_end:

    .align 4
    .long MULTIBOOT_HEADER_MAGIC, MULTIBOOT_HEADER_FLAGS
    .long -(MULTIBOOT_HEADER_MAGIC + MULTIBOOT_HEADER_FLAGS)

start_pvh:
    movl $PVH_START_MAGIC, %eax
1:  START_C loader_main, SELECTOR_CODE32, SELECTOR_DATA32   /* (boot magic, information structure) */

/*
 * Xen's toolstack gives xl's acpi_firmware= and smbios_firmware= only to an ELF that it takes for firmware, not for a PVH kernel: a required
 * feature that no Xen knows makes it so (libelf, elf_xen_parse_features). Other VMMs look for the first note alone.
 */
    .section .note.pvh, "a", @note
    .align 4
    .long 4, 4, XEN_ELFNOTE_PHYS32_ENTRY
    .asciz "Xen"
    .long start_pvh
    .long 4, features_end - features, XEN_ELFNOTE_FEATURES
    .asciz "Xen"
features:
    .asciz "!hvmloader"
features_end:
    .align 4

    .section .noinit, "aw", @nobits
    .align 16
    .skip 16384
stack_top:
