/* SPDX-License-Identifier: BSD-2-Clause */
/* `dfw xl`: the machine as a Xen guest (xl.cfg(5)) whose firmware is vmxloader in hvmloader's place. */
#include "verbs.h"
#include "message.h"
#include "printed.h"
#include "xl_config.h"

static void put_guest(FILE *out, const struct machine *m)
{
    xl_config(out, m, NULL);
}

int verb_xl(struct options *o)
{
    struct machine m;
    int code = xl_check(o);

    if (code)
        return code;
    o->firmware = "kernel";
    code = machine_plan(&m, o);
    for (int i = 0; !code && i < m.drive_count; i++)
        if (m.drives[i].kind == DRIVE_DISK && !o->write)
            code = fault(DFW_USAGE, "%s: Xen throws no writes away: say --write, or name a copy", m.drives[i].path);
    return code ? code : print_to(o->output, put_guest, &m);
}
