/* SPDX-License-Identifier: BSD-2-Clause */
/* Completions that a controller writes to the DMA area. */
#include "dma_area.h"
#include "bios.h"
#include "disk.h"
#include "hw/io.h"
#include "timer.h"

#define SPINS  20000u

bool dma_spin(dma_word_t at, u16 mask, u16 value)
{
    for (u16 n = SPINS; n; n--) {
        if ((*at & mask) == value)
            return true;
        spin_hint();
    }
    return false;
}

u8 dma_wait(dma_word_t at, u16 mask, u16 value, u32 us)
{
    struct timer t;

    if (dma_spin(at, mask, value))
        return DISK_OK;
    timer_start(&t, us);
    while (!timer_done(&t)) {
        wait_irq();
        fs_load(DMA_AREA_SEGMENT);
        if ((*at & mask) == value)
            return DISK_OK;
    }
    return DISK_ETIMEOUT;
}
