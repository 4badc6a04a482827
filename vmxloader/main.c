/* SPDX-License-Identifier: BSD-2-Clause */
/* vmxloader: set the machine up, put the payloads where they belong, enter the BIOS. start.S enters here. */
#include "loader.h"
#include "abi/phase_codes.h"
#include "hw/io.h"

void loader_main(u32 magic, u32 information);

static void phase(u8 code)
{
    outb(PORT_PHASE, code);
}

void loader_main(u32 magic, u32 information)
{
    phase(PHASE_LOADER_ENTRY);
    setup_debug_port();
    setup_boot_info(magic, information);
    setup_chips();
    setup_machine();
    setup_options();
    setup_partition(magic, information);
    setup_memory();
    phase(PHASE_LOADER_MACHINE);
    setup_pci();
    phase(PHASE_LOADER_PCI);
    setup_processor();
    setup_shadow();
    setup_payloads();
    setup_real_mode();
    setup_other_processors();
    phase(PHASE_LOADER_PAYLOADS);
    setup_tables();
    phase(PHASE_LOADER_TABLES);
    leave_xen();
    setup_high_memory();
    setup_handoff();
    setup_substitute();
    print_map();
    phase(PHASE_LOADER_DONE);
    enter_bios();
}
