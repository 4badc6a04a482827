/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NVMe disks. One command at a time; completion is polled in memory. A completion queue's doorbell is rung with the
 * next command, so that the registers are needed once a command. All controllers share the queues' memory: the one
 * that is used next takes it over. NVM Express 1.4, clauses 4.1, 4.6, 7.2, 7.6.1.
 */
#include "nvme.h"
#include "timer.h"

#define QUEUE_SIZE      16
#define ADMIN           0
#define IO              1
#define COMMAND(q)      ((struct nvme_command __seg_fs *)((q) == ADMIN ? NVME_ADMIN_SQ : NVME_IO_SQ))      /* FS = DMA_AREA_SEGMENT */
#define COMPLETION(q)   ((volatile struct nvme_completion __seg_fs *)((q) == ADMIN ? NVME_ADMIN_CQ : NVME_IO_CQ))
#define PRP_LIST        ((u32 __seg_fs *)NVME_PRP_LIST)
#define TIMEOUT         (10000 * MS)
#define TIMEOUT_UNIT    (500 * MS)

static u8 position[2];         /* of both queues of each pair, and the phase: counts to twice their size */
static u8 stride;              /* of doorbells: 4 << stride */

static u16 slot(u8 queue)
{
    return position[queue] % QUEUE_SIZE;
}

static void clear_page(u16 offset)
{
    fs_load(DMA_AREA_SEGMENT);
    for (u16 i = 0; i < NVME_PAGE; i += 4)
        *(u32 __seg_fs *)(u32)(offset + i) = 0;
}

static u8 wait(u8 queue)
{
    return dma_wait(&COMPLETION(queue)[slot(queue)].status, NVME_PHASE, position[queue] < QUEUE_SIZE, TIMEOUT);
}

/* Take a command back that does not end: without its controller. */
static void disable(void)
{
    nvme_window_open(dma_owner);
    NVME_REG(NVME_CC) = 0;
    nvme_window_close(dma_owner);
    dma_owner = 0;
}

static u8 code_of(u16 status, bool write)
{
    switch (status) {
    case 0:
        return DISK_OK;
    case NVME_STATUS_LBA_RANGE:
        return DISK_ESECTOR;
    case NVME_STATUS_NOT_READY:
        return DISK_ENOTREADY;
    case NVME_STATUS_READ_ONLY:
        return DISK_EPROTECTED;
    default:
        return status < NVME_STATUS_MEDIA ? DISK_ECONTROLLER : write ? DISK_EWRITE : DISK_EDATA;
    }
}

/* Ring for the command in the queue's current slot and wait for its end; a DISK_ code. FS = DMA_AREA_SEGMENT before and after. */
static u8 run(u8 queue, bool write)
{
    u16 head = slot(queue), doorbell = NVME_DOORBELLS + (queue * 8 << stride);
    u8 code;

    nvme_window_open(dma_owner);
    NVME_REG(doorbell + (4 << stride)) = head;
    NVME_REG(doorbell) = (head + 1) % QUEUE_SIZE;
    nvme_window_close(dma_owner);
    fs_load(DMA_AREA_SEGMENT);
    code = wait(queue);
    if (code)
        disable();
    else
        code = code_of(NVME_STATUS(COMPLETION(queue)[head].status), write);
    position[queue] = (position[queue] + 1) % (2 * QUEUE_SIZE);
    return code;
}

static struct nvme_command __seg_fs *command(u8 queue, u8 opcode, u32 space)
{
    struct nvme_command __seg_fs *c;

    fs_load(DMA_AREA_SEGMENT);
    c = COMMAND(queue) + slot(queue);
    for (u8 i = 0; i < sizeof *c / 4; i++)
        ((u32 __seg_fs *)c)[i] = 0;
    c->opcode = opcode;
    c->space = space;
    return c;
}

u8 nvme_admin(u8 opcode, u32 space, u32 address, u32 dword10, u32 dword11)
{
    struct nvme_command __seg_fs *c = command(ADMIN, opcode, space);

    c->prp1 = address;
    c->dword10 = dword10;
    c->dword11 = dword11;
    return run(ADMIN, false);
}

/* CSTS.RDY follows CC.EN; the controller says how long that takes at most. */
static bool enable(u16 bdf, u32 control, u32 us)
{
    u32 ready = control & NVME_CC_ENABLE ? NVME_CSTS_READY : 0, status;
    struct timer t;

    nvme_window_open(bdf);
    NVME_REG(NVME_CC) = control;
    timer_start(&t, us);
    do
        status = NVME_REG(NVME_CSTS);
    while ((status & NVME_CSTS_READY) != ready && !(status & NVME_CSTS_FATAL) && !timer_done(&t));
    nvme_window_close(bdf);
    return (status & (NVME_CSTS_READY | NVME_CSTS_FATAL)) == ready;
}

static void set_admin_queues(u16 bdf)
{
    nvme_window_open(bdf);
    NVME_REG(NVME_INTMS) = 0xFFFFFFFF;
    NVME_REG(NVME_AQA) = (QUEUE_SIZE - 1) << 16 | (QUEUE_SIZE - 1);
    NVME_REG(NVME_ASQ) = DMA_ADDRESS(NVME_ADMIN_SQ);
    NVME_REG(NVME_ASQ + 4) = 0;
    NVME_REG(NVME_ACQ) = DMA_ADDRESS(NVME_ADMIN_CQ);
    NVME_REG(NVME_ACQ + 4) = 0;
    nvme_window_close(bdf);
}

u8 nvme_start(u16 bdf)
{
    const u32 queue = (QUEUE_SIZE - 1) << 16 | IO;
    u32 low, high, us;

    dma_owner = 0;
    nvme_window_open(bdf);
    low = NVME_REG(NVME_CAP);
    high = NVME_REG(NVME_CAP_HIGH);
    nvme_window_close(bdf);
    us = NVME_CAP_TIMEOUT(low) * TIMEOUT_UNIT;
    stride = NVME_CAP_STRIDE(high);
    if (NVME_CAP_MPSMIN(high) || stride > 4 || !enable(bdf, 0, us))
        return DISK_ERESET;
    clear_page(NVME_ADMIN_CQ);
    clear_page(NVME_IO_CQ);
    position[ADMIN] = position[IO] = 0;
    set_admin_queues(bdf);
    if (!enable(bdf, NVME_CC_SIZES | NVME_CC_ENABLE, us))
        return DISK_ERESET;
    dma_owner = bdf;
    if (nvme_admin(NVME_CREATE_CQ, 0, DMA_ADDRESS(NVME_IO_CQ), queue, NVME_QUEUE_CONTIGUOUS)
        || nvme_admin(NVME_CREATE_SQ, 0, DMA_ADDRESS(NVME_IO_SQ), queue, IO << 16 | NVME_QUEUE_CONTIGUOUS))
        return DISK_ERESET;
    return DISK_OK;
}

/* Where the data lie: the first page, from the address on; the second, or a list of all others. */
static void set_pages(struct nvme_command __seg_fs *c, u32 address, u32 bytes)
{
    u32 page = (address & ~(NVME_PAGE - 1u)) + NVME_PAGE, end = address + bytes;

    c->prp1 = address;
    if (page >= end)
        return;
    c->prp2 = page;
    if (page + NVME_PAGE >= end)
        return;
    c->prp2 = DMA_ADDRESS(NVME_PRP_LIST);
    for (u16 i = 0; page < end; i += 2, page += NVME_PAGE) {
        PRP_LIST[i] = page;
        PRP_LIST[i + 1] = 0;
    }
}

static u8 request(drive_t d, const struct transfer *t)
{
    bool write = t->operation == DISK_WRITE;
    struct nvme_command __seg_fs *c;
    u8 code = dma_owner == d->bdf ? DISK_OK : nvme_start(d->bdf);

    if (code)
        return code;
    c = command(IO, write ? NVME_WRITE : NVME_READ, d->unit);
    set_pages(c, t->address, (u32)t->count * d->sector_size);
    c->dword10 = t->lba;
    c->dword11 = t->lba_high;
    c->dword12 = t->count - 1;
    return run(IO, write);
}

static u8 nvme_transfer(drive_t d, struct transfer *t)
{
    if (t->operation == DISK_WRITE && d->flags & DRIVE_READ_ONLY)
        return DISK_EPROTECTED;
    if (t->operation == DISK_VERIFY) {   /* the storage checks itself: is the controller alive? */
        const struct transfer alive = { .lba = t->lba, .lba_high = t->lba_high, .count = 1, .address = DMA_ADDRESS(DMA_COPY) };
        u8 code = request(d, &alive);

        t->done = code ? 0 : t->count;
        return code;
    }
    return dma_transfer(d, t, request, !(t->address & 3) && memory_is_physical());
}

static u8 nvme_reset(drive_t d)
{
    return nvme_start(d->bdf);
}

static u8 nvme_ready(drive_t d)
{
    return DISK_OK;
}

ROM_EXT struct disk_ops nvme_ops = { nvme_transfer, nvme_reset, nvme_ready, NULL };
