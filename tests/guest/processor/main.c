/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The processor as a partition shows it, in 32-bit protected mode. The same program passes on a processor of its own; what only the
 * partition does (it has no VMX and no SVM) is wanted there alone.
 */
#include "processor.h"
#include "abi/partition.h"
#include "hw/cpu.h"

bool exact, partition, pdptes_kept;

/* Does a segment's limit count: FS = DATA16, 64 KiB; MOV EAX, FS:[EAX] at OPERAND. */
static bool limits_checked(void)
{
    static const u8 code[] = { 0x66, 0xB9, 0x20, 0x00, 0x8E, 0xE1, 0x64, 0x8B, 0x00 };

    return vector_of(code, sizeof(code), 0) == VECTOR_GP;
}

void guest_main(u8 drive)
{
    struct partition p;

    (void)drive;
    partition = partition_probe(&p);
    pdptes_kept = !partition || p.flags & PARTITION_NESTED_PAGING;
    exact = limits_checked();
    test_instructions();
    test_nmis();
    test_tasks();
    test_a20();
    plan_done();
}
