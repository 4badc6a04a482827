/* SPDX-License-Identifier: BSD-2-Clause */
/* Locks between the processors, for what is done seldom: pages, the nested map, lines on the debug port. */
#ifndef LOCK_H
#define LOCK_H

#include "hw/io.h"

struct lock {
    u32 taken;      /* ap_start.S takes one as well */
};

static inline void lock(struct lock *l)
{
    while (__atomic_exchange_n(&l->taken, 1, __ATOMIC_ACQUIRE))
        spin_hint();
}

static inline void unlock(struct lock *l)
{
    __atomic_store_n(&l->taken, 0, __ATOMIC_RELEASE);
}

#endif
