/* SPDX-License-Identifier: BSD-2-Clause */
/* NVM Express 1.4: registers (3.1), queues and entries (4), admin commands (5), NVM commands (6). */
#ifndef HW_NVME_H
#define HW_NVME_H

#include "types.h"

#define PCI_CLASS_NVME       0x0108
#define PCI_NVME_IO          0x02      /* programming interface: NVM Express I/O controller */

/* Registers of BAR0 */
#define NVME_CAP             0x00      /* u64 */
#define NVME_CAP_HIGH        0x04
#define NVME_CAP_TIMEOUT(low)  ((low) >> 24)          /* of CAP's low half: units of 500 ms */
#define NVME_CAP_STRIDE(high)  ((high) & 0x0F)        /* of its high half: doorbells are 4 << this apart */
#define NVME_CAP_MPSMIN(high)  ((high) >> 16 & 0x0F)  /* smallest page: 4096 << this */
#define NVME_INTMS           0x0C      /* interrupt mask set */
#define NVME_CC              0x14
#define NVME_CC_ENABLE       0x00000001u
#define NVME_CC_SIZES        0x00460000u   /* 16 bytes a completion, 64 a command; pages of 4 KiB, NVM command set */
#define NVME_CSTS            0x1C
#define NVME_CSTS_READY      0x00000001u
#define NVME_CSTS_FATAL      0x00000002u
#define NVME_AQA             0x24      /* sizes less one: completion queue in 27:16, submission queue in 11:0 */
#define NVME_ASQ             0x28      /* u64 */
#define NVME_ACQ             0x30      /* u64 */
#define NVME_DOORBELLS       0x1000    /* queue n: submission tail at 2n strides, completion head at 2n + 1 */

#define NVME_PAGE            4096

struct nvme_command {
    u8  opcode, flags;
    u16 id;
    u32 space;                         /* namespace */
    u32 reserved[2];
    u32 metadata, metadata_high;
    u32 prp1, prp1_high;
    u32 prp2, prp2_high;
    u32 dword10, dword11, dword12, dword13, dword14, dword15;
} PACKED;
SIZE_ASSERT(struct nvme_command, 64);

struct nvme_completion {
    u32 result, reserved;
    u16 head, queue;                   /* of the submission queue */
    u16 id;
    u16 status;                        /* bit 0: phase; then NVME_STATUS_... << 1 */
} PACKED ALIGNED(4);
SIZE_ASSERT(struct nvme_completion, 16);
#define NVME_PHASE           0x001  /* turns with every round of the queue */
#define NVME_STATUS(status)  ((status) >> 1 & 0x7FF)  /* type << 8 | code */
#define NVME_STATUS_LBA_RANGE       0x080
#define NVME_STATUS_NOT_READY       0x082
#define NVME_STATUS_READ_ONLY       0x020
#define NVME_STATUS_MEDIA    0x280     /* from here up: media and data integrity errors */

/* Admin commands */
#define NVME_CREATE_SQ       0x01
#define NVME_CREATE_CQ       0x05
#define NVME_IDENTIFY        0x06
#define NVME_QUEUE_CONTIGUOUS 0x00000001u  /* dword 11 */
#define NVME_IDENTIFY_NAMESPACE 0      /* dword 10 */
#define NVME_IDENTIFY_CONTROLLER 1
#define NVME_IDENTIFY_ACTIVE 2         /* 1024 namespace IDs in rising order, those behind the given one, 0 at the end */

/* Identify controller data: bytes */
#define NVME_ID_MODEL        24        /* 40 characters */
#define NVME_ID_MDTS         77        /* u8: most data a command moves, in pages << this; 0 no limit */

/* Identify namespace data: bytes */
#define NVME_ID_SIZE         0         /* u64 blocks */
#define NVME_ID_FORMAT       26        /* u8: index into the next in 3:0 */
#define NVME_ID_READ_ONLY    99        /* u8: bit 0 */
#define NVME_ID_FORMATS      128       /* u32 each: metadata bytes in 15:0, log2 of the block size in 23:16 */

/* NVM commands */
#define NVME_WRITE           0x01
#define NVME_READ            0x02

#endif
