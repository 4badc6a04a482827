/* SPDX-License-Identifier: BSD-2-Clause */
/* The opcode groups, as SDM vol. 2, A.4 numbers them. */
#ifndef X86_GROUPS_H
#define X86_GROUPS_H

enum group {
    GROUP_1 = 1, GROUP_1B,      /* 80, 81; 83; a row without operands has 0 */
    GROUP_1A,                   /* 8F */
    GROUP_2B, GROUP_2_1, GROUP_2_CL,  /* C0, C1; D0, D1; D2, D3 */
    GROUP_3, GROUP_4, GROUP_5,  /* F6, F7; FE; FF */
    GROUP_6,                    /* 0F 00 */
    GROUP_8, GROUP_9,           /* 0F BA; 0F C7 */
    GROUP_11,                   /* C6, C7 */
    /* The rest has another eight rows for r/m that is a register. */
    GROUP_7, GROUP_7_REG,       /* 0F 01 */
    GROUP_15, GROUP_15_REG,     /* 0F AE */
    GROUPS
};

#endif
