/* SPDX-License-Identifier: BSD-2-Clause */
/* What tells the rooms apart when one enters the other. For C and assembly. */
#ifndef ABI_BOOT_MAGIC_H
#define ABI_BOOT_MAGIC_H

#define BOOT_MAGIC_ROM  0x6D6F7264   /* "drom": EAX when dfw.rom enters vmxloader at its first byte, EBX = vmxloader's image in the ROM */
#define ROM_COPY_SIZE   4            /* offset in that image: bytes of it that must be copied to RAM (u32) */
#define BOOT_MAGIC_LOADER  0x6C776664  /* "dfwl": EAX when vmxloader enters the hypervisor, EBX = struct partition_request */
#define HANDOFF_MAGIC   0x48574644   /* "DFWH": first word of struct handoff at F000:0000 */
#define HANDOFF_RESUME_DOOR  0x30    /* its resume_door; entered in flat 32-bit protected mode, EAX = the address */


/*
 * A command line inside dfw.rom, for machines without fw_cfg: at this distance from the end of the image ROM_CONFIG_MAGIC,
 * then text that ends with a 0 byte, then 0 bytes. Written into a copy of the image by whoever starts the machine.
 */
#define ROM_CONFIG_OFFSET  0x300
#define ROM_CONFIG_SIZE    0x100
#define ROM_CONFIG_MAGIC   "dfw-conf"  /* 8 bytes */
#define ROM_CONFIG_TEXT    8

#endif
