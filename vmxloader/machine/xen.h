/* SPDX-License-Identifier: BSD-2-Clause */
/* What the steps that know Xen share. */
#ifndef MACHINE_XEN_H
#define MACHINE_XEN_H

#include "loader.h"
#include "spec/xen.h"

/* A hypercall with up to two arguments; negative: error. */
s32 xen_hypercall(u32 number, u32 operation, void *argument);

/* A parameter of this guest (HVM_PARAM_...); 0 where Xen has none. */
u64 xen_get_param(u32 index);
bool xen_set_param(u32 index, u64 value);

/* Read key `path` of this guest into `to` as a C string, cut to `size`. False if there is none. */
bool xenstore_read(const char *path, char *to, u32 size);
u32 xenstore_number(const char *path, u32 otherwise);

/* Facts that the toolstack wrote into memory; never NULL. */
const struct xen_hvm_info *xen_hvm_info(void);

/* Find the ring; give it back as a guest expects it. */
bool xenstore_connect(void);
void xenstore_disconnect(void);

#endif
