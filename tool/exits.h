/* SPDX-License-Identifier: BSD-2-Clause */
/* The VM exits that our hypervisor counts by kind, read out of the machine's memory. */
#ifndef EXITS_H
#define EXITS_H

#include <stdint.h>

#define MAX_EXIT_KINDS 32
#define MAX_EXIT_PROCESSORS 16

struct exits {
    uint64_t address;          /* physical, of one 64-bit counter a kind, for each processor; 0: no hypervisor spoke */
    unsigned processors;
    char names[400];           /* "cpuid,rdmsr", in the counters' order */
    unsigned kinds;
};

/* Take the hypervisor's line about them (hypervisor/exits.c); leaves *e alone for any other line. */
void exits_hear(struct exits *e, const char *line);

/* "cpuid 12, rdmsr 3": sums over the processors that are not 0; the caller frees it. */
char *exits_text(const struct exits *e, const uint64_t *counters);

#endif
