/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `partition=` on the command line: start the hypervisor, a payload, which starts this loader again as its guest, with
 * the same registers. Without VMX and SVM the loader comes back by itself and goes on alone.
 */
#include "loader.h"
#include "abi/partition.h"

#define HYPERVISOR_ROOM  (1 * MIB)

void start(void);

/* Survives the second start, which clears .bss; a reset or a new boot loads the image anew. */
static enum { NOT_TRIED = 1, TRIED } partition = NOT_TRIED;

void setup_partition(u32 magic, u32 information)
{
    static struct partition_request request;
    struct partition p;

    if (!options.partition || partition_probe(&p) || partition == TRIED)
        return;
    partition = TRIED;
    if (boot.module_size && boot.module_base < HYPERVISOR_BASE + HYPERVISOR_ROOM &&
        boot.module_base + boot.module_size > HYPERVISOR_BASE)
        fatal("the RAM disk lies where the hypervisor must start, at %08x", HYPERVISOR_BASE);
    request = (struct partition_request){ magic, information, (u32)start, options.partition_vendor, options.strict,
                                           options.early, options.a20 };
    install("hypervisor", HYPERVISOR_BASE, HYPERVISOR_ROOM);
    asm volatile("jmp *%0" :: "r"(HYPERVISOR_BASE), "a"(BOOT_MAGIC_LOADER), "b"(&request));
    __builtin_unreachable();
}
