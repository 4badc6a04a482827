/* SPDX-License-Identifier: BSD-2-Clause */
/* The verbs of dfw: what each is called, takes and does. Help, manual page and completion are made from this. */
#ifndef VERBS_H
#define VERBS_H

#include "options.h"

struct verb {
    const char *name;
    unsigned bit;                        /* FOR_... of options.h */
    int (*run)(struct options *o);       /* returns an exit code of message.h */
    int least, most;                     /* operands; most 0: none, MAX_IMAGES: any number */
    const char *operands;                /* as help names them, "" none */
    const char *completes;               /* what completes an operand: "files", "machines", or words; "" nothing */
    const char *summary;                 /* one line */
    const char *text;                    /* paragraphs separated by empty lines */
};

/* Ends with an entry whose name is NULL. */
extern const struct verb verb_table[];

const struct verb *verb_find(const char *name);

int verb_boot(struct options *o);
int verb_install(struct options *o);
int verb_trace(struct options *o);
int verb_info(struct options *o);
int verb_doctor(struct options *o);
int verb_list(struct options *o);
int verb_screen(struct options *o);
int verb_keys(struct options *o);
int verb_stop(struct options *o);
int verb_xml(struct options *o);
int verb_xl(struct options *o);
int verb_guests(struct options *o);
int verb_bench(struct options *o);
int verb_completion(struct options *o);
int verb_manual(struct options *o);

/* Help: of one verb, or the list of verbs (NULL). */
void help_print(const struct verb *verb);

/* "-m, --memory MIB", the caller's to free. */
char *option_form(const struct option_spec *s);

#endif
