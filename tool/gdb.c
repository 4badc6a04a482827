/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gdb takes an emulated PC for 64-bit code. The script describes QEMU's registers as an 8086's (gdb/i8086.xml), brings our ROMs'
 * symbols to their run addresses, knows our commands (gdb/commands.gdb), and runs to 0000:7C00.
 */
#include "gdb.h"
#include "machines.h"
#include "message.h"
#include "rombios/handoff_offsets.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STOP_MS      2000
#define ROMBIOS_AT   "0xF0000"
#define VGABIOS_AT   "0xC0000"

/* A file of this process in the directory of its machines, or in /tmp. */
static char *own_file(const char *ending)
{
    const char *why;
    char *directory = machines_directory(&why), *path = text_of("%s/%d.%s", directory ? directory : "/tmp", (int)getpid(), ending);

    free(directory);
    return path;
}

char *gdb_socket(void)
{
    return own_file("gdb-socket");
}

/* One line of the script with the name of a firmware file in it; a file that is not there is left out. */
static void put_file(FILE *script, const char *before, const char *name, const char *after)
{
    char *path = firmware_find(name);

    if (path)
        fprintf(script, "%s%s%s\n", before, path, after);
    else
        detail("%s not found: gdb goes without", name);
    free(path);
}

static int write_script(const struct gdb *g, const struct machine *m)
{
    FILE *script = fopen(g->script, "we");
    bool cirrus = !strcmp(m->options->vga, "cirrus");

    if (!script)
        return fault(DFW_USAGE, "%s: %s", g->script, strerror(errno));
    put_file(script, "source ", "gdb/commands.gdb", "");
    put_file(script, "set tdesc filename ", "gdb/i8086.xml", "");
    fprintf(script, "set remote fetch-register-packet off\nset remote set-register-packet off\ntarget remote %s\n", m->gdb);
    if (!m->options->bios)
        put_file(script, "add-symbol-file ", "rombios.elf", " -o " ROMBIOS_AT);
    if (!m->options->vgabios)
        put_file(script, "add-symbol-file ", cirrus ? "vgabios-cirrus.elf" : "vgabios-std.elf", " -o " VGABIOS_AT);
    fprintf(script, "set $e820_count = " ROMBIOS_AT " + %d\nset $e820_entries = " ROMBIOS_AT " + %d\n", HANDOFF_E820_COUNT, HANDOFF_E820);
    fputs("set architecture i8086\nbootsector\n", script);
    return fclose(script) ? fault(DFW_USAGE, "%s: %s", g->script, strerror(errno)) : 0;
}

int gdb_start(struct gdb *g, const struct machine *m)
{
    struct argv a = { 0 };
    const int keep[] = { -1 };

    *g = (struct gdb){ .script = own_file("gdb"), .child.gone = true };
    int code = write_script(g, m), error = ENOTTY;
    if (code)
        return code;
    argv_add(&a, "gdb");
    argv_add(&a, "-q");
    argv_pair(&a, "-x", "%s", g->script);
    if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
        error = child_start_foreground(&g->child, &a, STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO, keep);
    g->started = !error;
    char *command = argv_quote(&a);
    if (error == ENOENT)
        phase("gdb is not installed (Debian: apt install gdb); the machine waits for: %s", command);
    else if (error)
        phase("the machine waits for: %s", command);
    free(command);
    argv_free(&a);
    return 0;
}

bool gdb_ended(struct gdb *g)
{
    return g->started && child_ended(&g->child);
}

void gdb_close(struct gdb *g)
{
    if (g->started)
        child_stop(&g->child, STOP_MS);
    if (g->script)
        unlink(g->script);
    free(g->script);
    *g = (struct gdb){ .child.gone = true };
}
