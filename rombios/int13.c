/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 13h, disks: finds the drive, calls the function, reports. Functions 02h-15h are IBM's
 * (PS/2 and PC BIOS Interface Technical Reference, INT 13h), 41h-4Eh are EDD 3.0's.
 * A function that nobody serves touches no memory but the status byte.
 */
#include "cd_emulation.h"
#include "int13.h"
#include "services.h"
#include "spec/bda.h"
#include "spec/edd.h"

#define EDD_SIGNATURE  0x55AA
#define ENTRY_40       0xF000EC59u

static u8 int13_41(struct regs16 *r)
{
    if (r->bx != EDD_SIGNATURE)
        return DISK_EINVALID;
    r->bx = 0xAA55;
    r->cx = EDD_FIXED_ACCESS | EDD_REMOVABLE | EDD_ENHANCED;
    return DISK_OK;
}

/* Set hardware configuration: DMA and PIO modes are chosen for the caller already. */
static u8 int13_4e(struct regs16 *r)
{
    return r->al == 1 || r->al == 3 || r->al == 4 || r->al == 6 ? DISK_OK : DISK_EINVALID;
}

static u8 verify_one(struct regs16 *r, drive_t d)
{
    u8 al = r->al, code;

    r->al = 1;
    code = int13_chs(r, d, DISK_VERIFY);
    r->al = al;
    return code;
}

static u8 other_function(struct regs16 *r, drive_t d)
{
    switch (r->ah) {
    case 0x00:
        return d->ops->reset(d);
    case 0x01:
        fs_load(SEG_BDA);
        return BDA->disk_status;
    case 0x05:                     /* a drive with ATA's fixed format checks the track, data stays */
    case 0x0C:
        return verify_one(r, d);
    case 0x09:
    case 0x0D:
    case 0x11:
    case 0x14:
        return DISK_OK;
    case 0x10:
        return d->ops->ready(d);
    case 0x45:
        if (drive_is_cd(d))
            return int13_cdrom(r, d);
        r->al = 0;
        return DISK_OK;
    case 0x46:
        return drive_is_cd(d) ? int13_cdrom(r, d) : DISK_ENOTREMOVABLE;
    case 0x49:
        return drive_is_cd(d) ? d->ops->ready(d) : DISK_OK;
    case 0x47:
        return int13_47(r, d);
    case 0x48:
        return int13_48(r, d);
    case 0x4E:
        return int13_4e(r);
    default:
        return DISK_EINVALID;
    }
}

static u8 function(struct regs16 *r, drive_t d)
{
    switch (r->ah) {
    case 0x42:
        return int13_edd(r, d, DISK_READ);
    case 0x02:
        return int13_chs(r, d, DISK_READ);
    case 0x43:
        return r->al > 2 ? DISK_EINVALID : int13_edd(r, d, DISK_WRITE);
    case 0x03:
        return int13_chs(r, d, DISK_WRITE);
    case 0x44:
        return int13_edd(r, d, DISK_VERIFY);
    case 0x04:
        return int13_chs(r, d, DISK_VERIFY);
    case 0x08:
        return int13_08(r, d);
    default:
        return other_function(r, d);
    }
}

INLINE void report_inline(struct regs16 *r, u8 code)
{
    fs_load(SEG_BDA);
    BDA->disk_status = code;
    if (code)
        fail(r, code);
    else
        ok(r);
}

static void report(struct regs16 *r, u8 code)
{
    report_inline(r, code);
}

/* Extensions present: AH of a good answer is the version. */
static void version(struct regs16 *r, u8 code)
{
    report(r, code);
    if (!code)
        r->ah = EDD_VERSION;
}

/* Type of drive: AH is the answer, an absent drive no error. */
static void type(struct regs16 *r, u8 code)
{
    if (code)
        r->ah = 0;
    r->flags &= (u16)~FLAG_CF;
}

/* By the vector if a program has put itself between INT 13h and the floppy service. */
static void floppy(struct regs16 *r)
{
    u16 flags = r->flags;

    if (vector_is(0x40, ENTRY_40))
        int40(r);
    else
        call_int(0x40, r);
    r->flags = (flags & (u16)~FLAG_CF) | (r->flags & FLAG_CF);
}

static void call(struct regs16 *r, drive_t d)
{
    if (r->dl < 0x80)
        floppy(r);
    else if (r->ah == 0x15)
        type(r, d ? int13_15(r, d) : DISK_EINVALID);
    else if (r->ah == 0x41)
        version(r, d ? int13_41(r) : DISK_EINVALID);
    else
        report(r, d ? function(r, d) : DISK_EINVALID);
}

/* While a CD emulates drive 00h or 80h, the machine's own drives of that kind have numbers one higher. */
static NOINLINE void emulated(struct regs16 *r)
{
    u8 dl = r->dl, drive = cd_emulation.packet.drive;

    if (dl == drive) {
        u8 function_of = r->ah, code = cd_emulation_call(r);

        if (function_of == 0x15)
            r->flags &= (u16)~FLAG_CF;
        else
            report(r, code);
        return;
    }
    if ((dl ^ drive) < 0x40)               /* of the same kind, and no CD */
        r->dl = dl - 1;
    call(r, drive_of(r->dl));
    if (r->dl == (u8)(dl - 1))
        r->dl = dl;
}

static NOINLINE void uncommon(struct regs16 *r, drive_t d)
{
    if ((u8)(r->ah - 0x4A) <= 0x4D - 0x4A)
        report(r, int13_4a_4d(r));
    else if (cd_emulation.active)
        emulated(r);
    else
        call(r, d);
}

/* A read from a drive of ours comes first: no other call is made so often. */
void int13(struct regs16 *r)
{
    drive_t d = drive_of(r->dl);

    if (!d || cd_emulation.active)
        uncommon(r, d);
    else if (r->ah == 0x42)
        report_inline(r, int13_edd(r, d, DISK_READ));
    else if (r->ah == 0x02)
        report_inline(r, int13_chs(r, d, DISK_READ));
    else
        uncommon(r, d);
}
