/* SPDX-License-Identifier: BSD-2-Clause */
/* Cirrus Logic GD5446. "CL-GD5446 Technical Reference Manual", chapters 4-9: the extension registers. */
#ifndef HW_CIRRUS_H
#define HW_CIRRUS_H

#define CIRRUS_SR6_UNLOCK     0x06
#define CIRRUS_SR6_KEY        0x12
#define CIRRUS_SR7_MODE       0x07
#define CIRRUS_SR7_PACKED     0x01
#define CIRRUS_SR7_8          0x00
#define CIRRUS_SR7_16         0x06
#define CIRRUS_SR7_24         0x04
#define CIRRUS_SR7_32         0x08
#define CIRRUS_SRE_VCLK3_NUM  0x0E
#define CIRRUS_SRF_DRAM       0x0F
#define CIRRUS_SRF_SIZE       0x18   /* 08h 512 KiB, 10h 1 MiB, 18h 2 MiB */
#define CIRRUS_SRF_BANKS      0x80   /* twice that */
#define CIRRUS_SR1E_VCLK3_DEN 0x1E

#define CIRRUS_GR9_BANK0      0x09
#define CIRRUS_GRA_BANK1      0x0A
#define CIRRUS_GRB_MODE       0x0B
#define CIRRUS_GRB_16K        0x20   /* banks count 16 KiB instead of 4 */

#define CIRRUS_GR20_WIDTH     0x20   /* blitter: bytes minus 1, low and high */
#define CIRRUS_GR22_HEIGHT    0x22   /* lines minus 1 */
#define CIRRUS_GR24_PITCH     0x24   /* destination */
#define CIRRUS_GR28_DEST      0x28   /* three bytes */
#define CIRRUS_GR26_SOURCE_PITCH 0x26
#define CIRRUS_GR2C_SOURCE    0x2C
#define CIRRUS_GR30_MODE      0x30
#define CIRRUS_GR31_STATUS    0x31
#define CIRRUS_GR31_BUSY      0x01
#define CIRRUS_GR31_START     0x02
#define CIRRUS_GR31_RESET     0x04
#define CIRRUS_GR32_ROP       0x32
#define CIRRUS_GR32_BLACK     0x00
#define CIRRUS_GR33_EXTENSION 0x33

#define CIRRUS_CR1A_INTERLACE 0x01
#define CIRRUS_CR1A           0x1A
#define CIRRUS_CR1B           0x1B
#define CIRRUS_CR1B_WRAP      0x22   /* addresses beyond 256 KiB, blanking by display enable */
#define CIRRUS_CR1B_START     0x0D   /* start address bit 16 in bit 0, 17-18 in bits 2-3 */
#define CIRRUS_CR1B_OFFSET8   0x10
#define CIRRUS_CR1D           0x1D
#define CIRRUS_CR1D_START19   0x80
#define CIRRUS_CR27_ID        0x27   /* device in bits 7-2, revision in bits 1-0 */

/* Hidden DAC register: fourth read of the PEL mask, then the write. */
#define CIRRUS_DAC_VGA        0x00
#define CIRRUS_DAC_555        0xF0
#define CIRRUS_DAC_565        0xE1
#define CIRRUS_DAC_888        0xE5

#endif
