/* SPDX-License-Identifier: BSD-2-Clause */
/* vmxloader: set the machine up, put the payloads where they belong, enter the BIOS. */
#include "types.h"
#include "abi/handoff.h"
#include "abi/phase_codes.h"
#include "hw/pci.h"

extern const u8 payload_rombios[], payload_rombios_end[];
void enter_real_mode(void) NORETURN;
void loader_main(u32 magic, void *information);

static void copy(void *to, const void *from, usize n)
{
    asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(n) :: "memory");
}

void loader_main(u32 magic, void *information)
{
    (void)magic;
    (void)information;
    outb(PORT_PHASE, PHASE_LOADER_ENTRY);
    pci_write8(0, 0x59, 0x30);
    for (u8 reg = 0x5A; reg <= 0x5F; reg++)
        pci_write8(0, reg, 0x33);
    copy((void *)0xF0000, payload_rombios, payload_rombios_end - payload_rombios);
    struct handoff *h = (void *)0xF0000;
    h->magic = HANDOFF_MAGIC;
    h->flags = HANDOFF_COLD | HANDOFF_LOG;
    h->machine = MACHINE_I440FX;
    h->debug_port = 0xE9;
    h->pci_mechanism = 1;
    h->e820_count = 4;
    h->e820[0] = (struct e820_entry){ 0, 0x9F800, E820_RAM };
    h->e820[1] = (struct e820_entry){ 0x9F800, 0x800, E820_RESERVED };
    h->e820[2] = (struct e820_entry){ 0xF0000, 0x10000, E820_RESERVED };
    h->e820[3] = (struct e820_entry){ 0x100000, 127 << 20, E820_RAM };
    outb(PORT_PHASE, PHASE_LOADER_DONE);
    enter_real_mode();
}
