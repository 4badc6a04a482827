/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 40h, floppy disks: INT 13h with DL below 80h comes here, through the vector.
 * IBM PS/2 and PC BIOS Interface Technical Reference, INT 13h "Diskette"; status at 40:41.
 */
#include "floppy.h"
#include "services.h"
#include "hw/fdc.h"
#include "spec/bda.h"

#define TYPE_NO_CHANGE_LINE  1
#define TYPE_CHANGE_LINE     2

/* A format that some drive type writes, and its diskette parameters. */
struct format {
    u8 type;                  /* enum floppy_type */
    u8 cylinders, sectors;    /* 2 heads */
    u8 rate;                  /* FDC_RATE_... */
    bool double_step;
    struct dpt dpt;
};

#define DPT(sectors_, gap_, format_gap_) { { 0xDF, 0x02 }, 0x25, 2, sectors_, gap_, 0xFF, format_gap_, 0xF6, 15, 8 }

ROM struct format formats[] = {               /* a type's own format comes first */
    { FLOPPY_360,  40,  9, FDC_RATE_250,  false, DPT(9, 0x2A, 0x50) },
    { FLOPPY_1200, 80, 15, FDC_RATE_500,  false, DPT(15, 0x1B, 0x54) },
    { FLOPPY_1200, 40,  9, FDC_RATE_300,  true,  DPT(9, 0x23, 0x50) },
    { FLOPPY_720,  80,  9, FDC_RATE_250,  false, DPT(9, 0x2A, 0x50) },
    { FLOPPY_1440, 80, 18, FDC_RATE_500,  false, DPT(18, 0x1B, 0x6C) },
    { FLOPPY_1440, 80,  9, FDC_RATE_250,  false, DPT(9, 0x2A, 0x50) },
    { FLOPPY_2880, 80, 36, FDC_RATE_1000, false, DPT(36, 0x38, 0x53) },
    { FLOPPY_2880, 80, 18, FDC_RATE_500,  false, DPT(18, 0x1B, 0x6C) },
    { FLOPPY_2880, 80,  9, FDC_RATE_250,  false, DPT(9, 0x2A, 0x50) },
};

static u8 type_of(u8 drive)
{
    u8 type = drive < MAX_FLOPPIES ? floppy_types[drive] : FLOPPY_NONE;

    return drive >= floppies_found ? FLOPPY_NONE : type == FLOPPY_2880_OLD ? FLOPPY_2880 : type;
}

/* The format of a drive type with so many cylinders and sectors; 0 and 0: the type's own. */
static const struct format __seg_gs *find_format(u8 type, u8 cylinders, u8 sectors)
{
    for (u8 i = 0; i < ARRAY_SIZE(formats); i++)
        if (formats[i].type == type && (!sectors || (formats[i].sectors == sectors && formats[i].cylinders == cylinders)))
            return &formats[i];
    return NULL;
}

static u8 access(struct regs16 *r, u8 operation)
{
    struct floppy_call c = { .drive = r->dl, .operation = operation, .cylinder = r->ch, .head = r->dh, .sector = r->cl,
                             .count = r->al, .address = ((u32)r->es << 4) + r->bx };
    u8 code;

    if (!type_of(r->dl) || r->dh > 1 || !r->cl || !r->al)
        return r->al ? type_of(r->dl) ? DISK_EINVALID : DISK_ETIMEOUT : DISK_EINVALID;
    code = floppy_transfer(&c);
    r->al = c.count;
    return code;
}

static u8 format_track(struct regs16 *r)
{
    struct floppy_call c = { .drive = r->dl, .cylinder = r->ch, .head = r->dh, .address = ((u32)r->es << 4) + r->bx };

    if (!type_of(r->dl))
        return DISK_ETIMEOUT;
    return r->dh > 1 ? DISK_EINVALID : floppy_format(&c);
}

static void return_dpt(struct regs16 *r, const struct format __seg_gs *f)
{
    r->es = 0xF000;
    r->di = (u16)(u32)&f->dpt;
}

static u8 int40_08(struct regs16 *r)
{
    const struct format __seg_gs *f = find_format(type_of(r->dl), 0, 0);

    r->ax = r->bx = r->cx = r->es = r->di = 0;
    r->dh = 0;
    r->dl = floppies_found;
    if (!f)
        return DISK_OK;
    r->bl = f->type;
    r->ch = f->cylinders - 1;
    r->cl = f->sectors;
    r->dh = 1;
    return_dpt(r, f);
    return DISK_OK;
}

/* Set the medium to format, by number: 1 360K, 2 360K in 1.2M, 3 1.2M, 4 720K. */
static u8 int40_17(struct regs16 *r)
{
    u8 type = type_of(r->dl), sectors = r->al == 3 ? 15 : 9, cylinders = r->al < 3 ? 40 : 80;
    const struct format __seg_gs *f = find_format(type, cylinders, sectors);

    if (!type)
        return DISK_ETIMEOUT;
    if (!r->al || r->al > 4 || !f || (r->al == 1 && type != FLOPPY_360) || (r->al == 2 && type != FLOPPY_1200))
        return DISK_EINVALID;
    floppy_set_medium(r->dl, f->rate, f->double_step);
    return DISK_OK;
}

/* The same by cylinders and sectors; the parameter table comes back. */
static u8 int40_18(struct regs16 *r)
{
    u8 type = type_of(r->dl);
    const struct format __seg_gs *f = find_format(type, r->ch + 1, r->cl & 0x3F);

    if (!type)
        return DISK_ETIMEOUT;
    if (!f || !(r->cl & 0x3F))
        return DISK_EMEDIA;
    floppy_set_medium(r->dl, f->rate, f->double_step);
    return_dpt(r, f);
    return DISK_OK;
}

static u8 function(struct regs16 *r)
{
    switch (r->ah) {
    case 0x00:
        return floppies_found ? floppy_reset() : DISK_OK;
    case 0x01:
        fs_load(SEG_BDA);
        return BDA->floppy_status;
    case 0x02:
        return access(r, DISK_READ);
    case 0x03:
        return access(r, DISK_WRITE);
    case 0x04:
        return access(r, DISK_VERIFY);
    case 0x05:
        return format_track(r);
    case 0x08:
        return int40_08(r);
    case 0x16:
        return type_of(r->dl) ? floppy_changed(r->dl) : DISK_ETIMEOUT;
    case 0x17:
        return int40_17(r);
    case 0x18:
        return int40_18(r);
    default:
        return DISK_EINVALID;
    }
}

void int40(struct regs16 *r)
{
    u8 code, type = type_of(r->dl);

    if (r->ah == 0x15) {
        r->ah = type == FLOPPY_NONE ? 0 : type == FLOPPY_360 ? TYPE_NO_CHANGE_LINE : TYPE_CHANGE_LINE;
        r->flags &= (u16)~FLAG_CF;
        return;
    }
    code = function(r);
    fs_load(SEG_BDA);
    BDA->floppy_status = code;
    if (code)
        fail(r, code);
    else
        ok(r);
}
