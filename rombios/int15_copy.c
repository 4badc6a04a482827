/* SPDX-License-Identifier: BSD-2-Clause */
/* INT 15h AH=87h: move a block anywhere in the first 4 GiB. The switch is in int15_protected.S. */
#include "int15.h"

#define MOVE_EINVALID    0x02
#define MOVE_MAX_WORDS  0x8000u

void protected_move(const struct regs16 *r);

void int15_87(struct regs16 *r)
{
    if (r->cx > MOVE_MAX_WORDS)
        return fail(r, MOVE_EINVALID);
    protected_move(r);
    ok(r);
    r->flags |= FLAG_ZF;
}
