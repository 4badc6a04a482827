/* SPDX-License-Identifier: BSD-2-Clause */
/* The verbs of dfw. Each returns an exit code of message.h. */
#ifndef VERBS_H
#define VERBS_H

#include "options.h"

int verb_boot(struct options *o);
int verb_info(struct options *o);
int verb_doctor(struct options *o);

/* Help: of one verb ("boot"), or the list of verbs (NULL). */
void help_print(const char *verb);

#endif
