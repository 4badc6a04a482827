/* SPDX-License-Identifier: BSD-2-Clause */
/* The processors of the machine, and how the guest starts them. */
#ifndef PROCESSORS_H
#define PROCESSORS_H

#include "hypervisor.h"
#include "lock.h"

/* ap_start.S: the code that a SIPI enters, with its data, and where it goes on. */
extern u8 ap_trampoline[], ap_trampoline_data[], ap_trampoline_end[], ap_entry[];
extern struct lock ap_lock;      /* a processor is between ap_trampoline and its own stack */

struct ap_trampoline_data {
    u32 cr3;
    u32 entry;
    u16 entry_selector;
    u16 gdt_limit;
    u32 gdt_base;
} PACKED;

struct vcpu *ap_arrived(void);
void ap_main(struct vcpu *v) NORETURN;

/* processors.c: the one that we run on; then find and start the others, before the guest runs. */
struct vcpu *processors_first(void);
void processors_start(void);
/* Copy the trampoline to `page`, below 1 MiB; false if there is no memory. */
bool ap_trampoline_place(u8 *page);

/* state.c: the guest's registers as vmxloader (or vmxassist) is entered, while it waits for a SIPI, and after that. */
void flat_state(struct vcpu *v, u32 entry);
void real_state(struct vcpu *v, u16 cs, u16 ip);
void processor_wait(struct vcpu *v);
void processor_start(struct vcpu *v, u8 vector);

#endif
