/* SPDX-License-Identifier: BSD-2-Clause */
/* The three ways into APM: INT 15h AH=53h, and far CALLs from 16-bit and 32-bit protected mode. */
#include "handoff_offsets.h"
#include "entry16.inc"

#define BIOS_SEGMENT     0xF000
#define APM_VERSION      0x0102
#define APM_ALL_DEVICES  0x0001
#define APM_STATE_OFF    0x0003
#define APM_EDEVICE      0x09
#define APM_EPARAMETER   0x0A
#define APM_EFUNCTION    0x86
#define APM_ESTATE       0x60
#define APM_ENOEVENT     0x80
#define PM1_CNT_SLP_TYP  0x1C00
#define PM1_CNT_SLP_EN   0x2000

    .code16
    .section .gap_f0a4.apm16, "ax"

#define P(name) apm16_##name
#include "apm_functions.h"
#undef P

    .globl int15_53
int15_53:
    call apm16_functions
    IRET_WITH_CF

apm16_entry:
    call apm16_functions
    lretw

    .code32
    .section .gap_f0a4.apm32, "ax"

    .purgem GET_IP
    .macro GET_IP reg
    call 1f
1:  popl \reg
    subl $1b, \reg                  /* 0, or F0000h if CS is flat */
    .endm
#define P(name) apm32_##name
#include "apm_functions.h"

apm32_entry:
    call apm32_functions
    lret
