/* SPDX-License-Identifier: BSD-2-Clause */
/* What tells the rooms apart when one enters the other. For C and assembly. */
#ifndef ABI_BOOT_MAGIC_H
#define ABI_BOOT_MAGIC_H

#define BOOT_MAGIC_ROM  0x6D6F7264   /* "drom": EAX when dfw.rom enters vmxloader at its first byte */
#define HANDOFF_MAGIC   0x48574644   /* "DFWH": first word of struct handoff at F000:0000 */

#endif
