/* SPDX-License-Identifier: BSD-2-Clause */
/* The opcode groups, as SDM vol. 2, A.4 numbers them. */
#ifndef X86_GROUPS_H
#define X86_GROUPS_H

enum group {
    GROUP_1, GROUP_1B,          /* 80, 81; 83 */
    GROUP_1A,                   /* 8F */
    GROUP_2B, GROUP_2_1, GROUP_2_CL,  /* C0, C1; D0, D1; D2, D3 */
    GROUP_3, GROUP_4, GROUP_5,  /* F6, F7; FE; FF */
    GROUP_6, GROUP_7,           /* 0F 00; 0F 01 */
    GROUP_8, GROUP_9,           /* 0F BA; 0F C7 */
    GROUP_11,                   /* C6, C7 */
    GROUP_15,                   /* 0F AE */
    GROUPS
};

#endif
