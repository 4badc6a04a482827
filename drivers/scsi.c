/* SPDX-License-Identifier: BSD-2-Clause */
/* SCSI commands and what a failed one's sense data mean to INT 13h. SPC-3 clauses 4.5 and 6. */
#include "scsi.h"

/* Sense data of the last command, from a transport that leaves them in the device. */
static u8 request_sense(drive_t d, struct packet *failed)
{
    u8 data[SENSE_SIZE] = { 0 };
    struct packet p = { .bytes = { SCSI_REQUEST_SENSE, [4] = SENSE_SIZE }, .address = ((u32)data_segment() << 4) + (u32)data,
                        .length = SENSE_SIZE };
    u8 code = d->ops->packet(d, &p);

    failed->sense_key = data[SENSE_KEY] & SENSE_KEY_MASK;
    failed->asc = data[SENSE_ASC];
    return code;
}

static u8 code_of(const struct packet *p)
{
    switch (p->sense_key) {
    case SENSE_NOT_READY:
        return p->asc == SENSE_ASC_NO_MEDIUM ? DISK_ENOMEDIUM : DISK_ENOTREADY;
    case SENSE_MEDIUM_ERROR:
        return DISK_EDATA;
    case SENSE_ILLEGAL_REQUEST:
        return p->asc == SENSE_ASC_LBA_RANGE ? DISK_ESECTOR : DISK_EINVALID;
    case SENSE_UNIT_ATTENTION:
        return DISK_ECHANGED;
    case SENSE_DATA_PROTECT:
        return DISK_EPROTECTED;
    default:
        return DISK_ECONTROLLER;
    }
}

/* What a failed command means, by its sense data, which come to p. */
static u8 sensed(drive_t d, struct packet *p, u8 code)
{
    if (code == DISK_ETIMEOUT || code == DISK_EOVERRUN)
        return code;
    code = p->sense_key ? DISK_OK : request_sense(d, p);
    return code ? code : code_of(p);
}

static u8 command(drive_t d, struct packet *p)
{
    p->sense_key = 0;
    return d->ops->packet(d, p);
}

/* A reset, of which every unit tells once, is none of a program's business. */
u8 scsi_command(drive_t d, struct packet *p)
{
    u8 code = command(d, p);

    if (!code)
        return DISK_OK;
    code = sensed(d, p, code);
    if (code != DISK_ECHANGED || p->asc != SENSE_ASC_RESET)
        return code;
    code = command(d, p);
    return code ? sensed(d, p, code) : DISK_OK;
}

u8 scsi_ask(drive_t d, struct packet *p, void *answer, u8 length)
{
    p->address = ((u32)data_segment() << 4) + (u32)answer;
    p->length = length;
    return scsi_command(d, p);
}

u8 scsi_ready(drive_t d)
{
    struct packet p = { .bytes = { SCSI_TEST_UNIT_READY } };
    u8 code = scsi_command(d, &p);

    return code == DISK_ECHANGED ? scsi_command(d, &p) : code;      /* the change is told once */
}
