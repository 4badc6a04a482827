/* SPDX-License-Identifier: BSD-2-Clause */
#include "printed.h"
#include "control.h"
#include "message.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

char *full_path(const char *path)
{
    char *real = realpath(path, NULL);

    return real ? real : text_of("%s", path);
}

char *printed_name(const struct machine *m)
{
    return m->options->name ? text_of("%s", m->options->name) : name_of_image(m->drive_count ? m->drives[0].path : "machine");
}

int print_to(const char *path, void (*print)(FILE *out, const struct machine *m), const struct machine *m)
{
    FILE *out = path ? fopen(path, "we") : stdout;

    if (out)
        print(out, m);
    if (!out || fflush(out) || (path && fclose(out)))
        return fault(DFW_USAGE, "%s: %s", path ? path : "stdout", strerror(errno));
    return DFW_OK;
}
