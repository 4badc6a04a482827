/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the doors find things in struct vcpu; its registers are at 0 (gprs.h). */
#ifndef OFFSETS_H
#define OFFSETS_H

#define VCPU_STACK  128

#endif
