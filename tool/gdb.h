/* SPDX-License-Identifier: BSD-2-Clause */
/* --gdb: a debugger on the machine's processor, for 16-bit code. */
#ifndef GDB_H
#define GDB_H

#include "child.h"
#include "machine.h"

struct gdb {
    struct child child;
    char *script;        /* a file; NULL: none was made */
    bool started;        /* the debugger runs on this terminal */
};

/* The path where QEMU shall listen for gdb, the caller's to free. */
char *gdb_socket(void);

/*
 * Write the script and start gdb with it on this terminal; where there is no gdb or no terminal, say how to start it.
 * 0 or an exit code after one line.
 */
int gdb_start(struct gdb *g, const struct machine *m);

/* True once a debugger that was started has ended. */
bool gdb_ended(struct gdb *g);

void gdb_close(struct gdb *g);

#endif
