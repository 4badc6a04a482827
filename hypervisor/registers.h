/* SPDX-License-Identifier: BSD-2-Clause */
/* Our own processor's control registers. */
#ifndef REGISTERS_H
#define REGISTERS_H

#define CONTROL_REGISTER(n)                                     \
    static inline unsigned long read_cr##n(void)                \
    {                                                           \
        unsigned long value;                                    \
        asm volatile("mov %%cr" #n ", %0" : "=r"(value));       \
        return value;                                           \
    }                                                           \
    static inline void write_cr##n(unsigned long value)         \
    {                                                           \
        asm volatile("mov %0, %%cr" #n :: "r"(value));          \
    }

CONTROL_REGISTER(0)
CONTROL_REGISTER(2)
CONTROL_REGISTER(3)
CONTROL_REGISTER(4)

#endif
