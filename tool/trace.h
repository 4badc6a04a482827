/* SPDX-License-Identifier: BSD-2-Clause */
/* --trace: what the firmware tells on its debug port (include/abi/trace.h), put into words, a line a call. */
#ifndef TRACE_H
#define TRACE_H

#include "abi/trace.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define TRACE_MEMORY 20          /* bytes behind a record, at most */
#define TRACE_DEPTH  16          /* calls within calls */

/* abi/trace.h, as it comes. */
struct __attribute__((packed)) trace_record {
    uint16_t es, ds;
    uint32_t edi, esi, ebp, esp, ebx, edx, ecx, eax;
    uint16_t inside, vector, ip, cs, flags;
};
_Static_assert(sizeof(struct trace_record) == TRACE_SIZE && offsetof(struct trace_record, edi) == TRACE_EDI &&
               offsetof(struct trace_record, vector) == TRACE_VECTOR, "abi/trace.h");

/* One call of a service, as it began and as it returned. */
struct trace_call {
    struct trace_record call, result;
    uint32_t called, returned;       /* time-stamp counter */
    uint8_t memory[TRACE_MEMORY], memory_after[TRACE_MEMORY];
};

struct trace {
    const char *wanted;          /* the option; NULL: nothing */
    FILE *out;                   /* NULL: stderr, between the phases */
    double ticks;                /* of the time-stamp counter in a microsecond; 0: as many as the host's */
    double start;                /* the host's seconds ... */
    uint64_t start_ticks;        /* ... and its counter at that time */
    struct trace_call calls[TRACE_DEPTH];
    int depth;
};

/* 0 if every word of --trace is known, else DFW_USAGE after one line: int13, int13:42 (only AH=42h), modes, assist, exits. */
int trace_check(const char *wanted);

/* True if the word (or with "int13" any of int13:AH) is among those of --trace, which may be NULL. */
bool trace_wants(const char *wanted, const char *word);

/* The word trace=... for the firmware, the caller's to free; NULL: there is nothing to ask of it. */
char *trace_firmware_word(const char *wanted);

/* `ticks` as in struct trace. 0, or DFW_USAGE after one line: `path` (NULL: stderr) cannot be written. */
int trace_open(struct trace *t, const char *wanted, const char *path, double ticks);

/* A line of the debug port; true if it was one of a trace. */
bool trace_hear(struct trace *t, const char *line);

/* A line of our own among the firmware's. */
void trace_say(struct trace *t, const char *text);

/* Calls that never returned are told. */
void trace_close(struct trace *t);

/* trace_words.c: the call, and what came of it, in words; the caller's to free. */
char *trace_call_words(const struct trace_call *c);
char *trace_result_words(const struct trace_call *c);

/* trace_instructions.c: "0000:7efe cd 10 66 ..." with the name of the instruction, the caller's to free. */
char *trace_instruction_words(const char *line);

#endif
