/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the firmware tells of itself on the debug port when it is asked by the word `trace=WHAT,...` of its command line:
 * lines that begin with TRACE_MARK. A call of a service is two of them, told apart by the second character:
 *
 *   ~>...   the call: the record as it lies in memory; of INT 13h the 16 bytes at DS:SI, of INT 15h the 20 at ES:DI; the low
 *           half of the time-stamp counter, taken after all that is told, and of a return before
 *   ~<...   its return, the same
 *   ~mTEXT  a change of mode that vmxassist carried out, in words
 *   ~aTEXT  an instruction that vmxassist runs for real-mode code: CS:IP, then its bytes, in hexadecimal
 *
 * A byte is two characters, its high half first, each '@' plus four bits. Not traced: a call past the interrupt vector table, and
 * the return of INT 15h AH=89h, which is no return.
 */
#ifndef ABI_TRACE_H
#define ABI_TRACE_H

#define TRACE_MARK      '~'
#define TRACE_CALL      '>'
#define TRACE_RETURN    '<'
#define TRACE_MODE      'm'
#define TRACE_ASSIST    'a'
#define TRACE_ZERO      '@'

#define TRACE_AT_DS_SI  16         /* bytes */
#define TRACE_AT_ES_DI  20

/* handoff.trace: whose calls */
#define TRACE_INT10     0x1
#define TRACE_INT13     0x2
#define TRACE_INT15     0x4
#define TRACE_INT16     0x8

/* The record: offsets, little-endian. */
#define TRACE_ES        0
#define TRACE_DS        2
#define TRACE_EDI       4          /* from here as PUSHAD leaves them: EDI ESI EBP ESP EBX EDX ECX EAX */
#define TRACE_ESI       8
#define TRACE_INSIDE    36         /* the firmware's own */
#define TRACE_VECTOR    38
#define TRACE_IP        40         /* the caller's IP, CS and FLAGS: of the return the flags that it gets */
#define TRACE_SIZE      46
#define TRACE_TSC_SIZE  4

#endif
