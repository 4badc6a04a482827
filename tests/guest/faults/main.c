/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Guests that end badly, one after the other: each deed must end in a reset after which the machine, and the partition, come up
 * again. A CMOS cell that no BIOS uses counts them.
 */
#include "../guest.h"
#include "abi/partition.h"
#include "abi/vmx_assist.h"
#include "hw/cmos.h"

#define CELL_DEED   0x7C
#define CELL_VALID  0x7D     /* its complement */

u32 overwrite_assist(void), triple_fault(void), nonsense_cr3(void), jump_to_nowhere(void);
u32 smsw_over_assist(u32 offset), touch(u32 base, u32 bytes);

#define ASSIST       (VMX_ASSIST_BASE >> 4)
#define ASSIST_TEXT  0xA000     /* at least so much of it is code, which does not change */

/* From protected mode; without nested paging nothing keeps the guest off there. */
static u32 overwrite_magic(void)
{
    return touch(VMX_ASSIST_BASE + VMX_ASSIST_OFF_MAGIC, 4);
}

static u32 overwrite_new(void)
{
    return touch(far_read32(ASSIST, VMX_ASSIST_OFF_NEW), VMX_ASSIST_CONTEXT_BYTES);
}

static const struct {
    u32 (*deed)(void);
    bool assist;             /* only where real mode is vmxassist's and there is no nested paging */
    bool open_bus;           /* only where empty memory reads as ones: QEMU's reads as zeros, which is code */
    const char *what;
} deeds[] = {
    { overwrite_magic, true, false, "back after zeros over vmxassist's header" },
    { overwrite_new, true, false, "back after nonsense for its NEW context" },
    { triple_fault, false, false, "back after a triple fault" },
    { nonsense_cr3, false, false, "back after paging by page tables of zeros" },
    { jump_to_nowhere, false, true, "back after a jump into empty memory" },
};

static u32 deeds_done(void)
{
    u8 n = cmos_read(CELL_DEED);

    return (cmos_read(CELL_VALID) ^ n) == 0xFF ? n : 0;
}

static void set_deeds_done(u32 n)
{
    cmos_write(CELL_DEED, n);
    cmos_write(CELL_VALID, ~n);
}

/* QEMU is the engine of SVM. */
static bool possible(const struct partition *p, u32 deed)
{
    bool assist = (p->flags & (PARTITION_NO_REAL_MODE | PARTITION_NESTED_PAGING)) == PARTITION_NO_REAL_MODE;

    return (!deeds[deed].assist || assist) && !(deeds[deed].open_bus && p->flags & PARTITION_SVM);
}

static u32 assist_sum(void)
{
    u32 sum = 0;

    for (u32 i = 0; i < ASSIST_TEXT; i += 4)
        sum = (sum << 1 | sum >> 31) + far_read32(ASSIST, i);
    return sum;
}

static void write_over_assist(const struct partition *p)
{
    u32 sum = assist_sum();

    overwrite_assist();
    check_equal(assist_sum(), sum, "zeros over vmxassist from real mode are lost");
    smsw_over_assist(VMX_ASSIST_OFF_OPTIONS + 2);
    check_equal(assist_sum(), sum, "SMSW there too");
    if (!(p->flags & PARTITION_NESTED_PAGING))
        return;
    check(touch(VMX_ASSIST_BASE, VMX_ASSIST_LIMIT - VMX_ASSIST_BASE), "zeros over it from protected mode");
    check_equal(assist_sum(), sum, "which it never saw");
}

void guest_main(u8 drive)
{
    struct partition p;
    u32 done = deeds_done();
    bool inside = partition_probe(&p);

    (void)drive;
    if (done)
        check(inside, deeds[done - 1].what);
    else
        check(inside, "in a partition");
    while (done < ARRAY_SIZE(deeds) && !possible(&p, done))
        done++;
    if (done < ARRAY_SIZE(deeds)) {
        set_deeds_done(done + 1);
        deeds[done].deed();
        check(false, "still here");
    }
    set_deeds_done(0);
    if (p.flags & PARTITION_NO_REAL_MODE)
        write_over_assist(&p);
    if (p.flags & PARTITION_NESTED_PAGING) {
        check(touch(p.base, p.size), "zeros over the hypervisor's memory");
        check(partition_probe(&p), "which were not there");
    }
    plan_done();
}
