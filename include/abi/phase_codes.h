/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Phase codes: one byte written to port 80h as a boot passes each point, so that a VMM or a
 * POST card sees how far it came and how long each phase took. Read by VMM writers: a code
 * never changes its meaning; new ones are added. 00h-1Fh are the firmware's.
 */
#ifndef ABI_PHASE_CODES_H
#define ABI_PHASE_CODES_H

#define PORT_PHASE              0x80

#define PHASE_ROM_RESET         0x01  /* reset vector of dfw.rom */
#define PHASE_LOADER_ENTRY      0x02  /* vmxloader entered in 32-bit protected mode */
#define PHASE_LOADER_MACHINE    0x03  /* machine and memory map known */
#define PHASE_LOADER_PCI        0x04  /* PCI enumerated, BARs and interrupts assigned */
#define PHASE_LOADER_PAYLOADS   0x05  /* payloads checked and copied */
#define PHASE_LOADER_TABLES     0x06  /* ACPI, SMBIOS, MP, $PIR built */
#define PHASE_LOADER_DONE       0x07  /* about to enter the BIOS (or vmxassist) */
#define PHASE_ASSIST_ENTRY      0x08  /* vmxassist entered */
#define PHASE_HYPERVISOR_ENTRY  0x09  /* hypervisor entered */
#define PHASE_POST_ENTRY        0x10  /* rombios entered at F000:FFF0 */
#define PHASE_POST_CHIPS        0x11  /* PIC, PIT, RTC, keyboard controller ready */
#define PHASE_POST_VIDEO        0x12  /* VGA BIOS ran */
#define PHASE_POST_ROMS         0x13  /* option ROMs ran */
#define PHASE_POST_DRIVES       0x14  /* drives found */
#define PHASE_POST_BOOT         0x15  /* INT 19h: choosing a device */
#define PHASE_BOOT_SECTOR       0x1E  /* jumping to the boot sector */
#define PHASE_FATAL             0x1F  /* fatal state: the debug port says what */

#endif
