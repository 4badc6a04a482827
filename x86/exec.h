/* SPDX-License-Identifier: BSD-2-Clause */
/* The exec functions by name and number, from exec.def. */
#ifndef X86_EXEC_H
#define X86_EXEC_H

#include "insn.h"

#define EXEC(name) EXEC_##name,
enum exec {
#include "exec.def"
    EXEC_group,     /* no functions: the row names a group, ModRM reg the row in it; */
    EXEC_prefix,    /* the byte is a prefix */
};
#undef EXEC

#define EXEC(name) exec_function exec_##name;
#include "exec.def"
#undef EXEC

#endif
