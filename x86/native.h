/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of natively run instructions share. */
#ifndef X86_NATIVE_H
#define X86_NATIVE_H

#include "insn.h"

/* Which opcode of four, as VEX.pp numbers them. */
enum { SIMD_NONE, SIMD_66, SIMD_F3, SIMD_F2 };
u8 simd_prefix(const struct insn *i);

/* Run the decoded instruction; `bytes` of memory operand, `access`: X86_WRITE if it is written. #UD without ops->native. */
void native(struct insn *i, u32 bytes, u8 access);
/* Run `length` bytes that have no memory operand. */
void native_plain(struct insn *i, u8 first, u8 second, u8 third, u8 length);
/* Run [prefix] 0F opcode with ModRM reg and the operand `to`: stores register `reg` there. */
void native_read(struct insn *i, u8 prefix, u8 opcode, u8 reg, void *to);

/* FNSTENV (ModRM reg 6) to, FLDENV (4) from, 28 bytes in the 32-bit format. */
void native_environment(struct insn *i, u8 reg, u32 *environment);

/* x87_pointers.c: the FPU's pointers after an instruction that was run; FNSTENV, FNSAVE and FLDENV, FRSTOR of real mode. */
void x87_point_to_guest(struct insn *i);
void x87_store_real(struct insn *i, u32 bytes);
void x87_load_real(struct insn *i, u32 bytes);

/* Bytes of the memory operand of an SSE instruction that is not MMX's, and is it written. */
u32 sse_bytes(const struct insn *i);
bool sse_writes(const struct insn *i);
/* CR0.TS; with `xmm` CR4.OSFXSR, and CR0.EM for all. true: fault noted. */
bool simd_denied(struct insn *i, bool xmm);

#endif
