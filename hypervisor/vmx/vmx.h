/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the VMX side share. */
#ifndef VMX_SIDE_H
#define VMX_SIDE_H

#include "hypervisor.h"
#include "hw/vmx.h"

struct vmx_capabilities {
    u64 pin, cpu, cpu2, exit, entry, ept_vpid;   /* cpu2, ept_vpid: 0 where the processor has none */
};

/* The controls as the processor takes them: what must be 1 is, what may not be is not (SDM vol. 3C, appendix A). */
struct vmx_controls {
    u32 pin, cpu, cpu2, exit, entry;
    bool unrestricted;       /* the guest's PE and PG are the processor's: it has real mode by itself */
    u64 cr0_mask;            /* bits of CR0 that the guest has only by its shadow */
    bool ept_1g;
    bool invept;             /* INVEPT of all contexts */
};
extern struct vmx_controls vmx_controls;

/* controls.c. The second: NULL, or what the processor lacks that we cannot do without. */
void vmx_read_capabilities(struct vmx_capabilities *c, bool early);
const char *vmx_choose_controls(const struct vmx_capabilities *capable, bool strict, struct vmx_controls *c);
struct gated vmx_gated(const struct vmx_controls *c);
void vmx_build_shared(void);                 /* vmcs.c: what the VMCSs of all processors point at; then each of them */
void vmx_build_vmcs(void);

void vmx_read_control(struct vcpu *v);       /* vmx.c */
void vmx_run(struct vcpu *v);                /* run.c */
/* End what BLOCKING_* says: instructions that keep interrupts out, an NMI's handler. */
void vmx_unblock(u32 bits);
bool vmx_read_msr(u32 msr, u64 *value);      /* msr.c; false: #GP */
bool vmx_write_msr(u32 msr, u64 value);
void vmx_setup_io(void);                     /* io.c */
u64 vmx_io_bitmap(void);
void vmx_io(struct vcpu *v);
void vmx_task_switch(struct vcpu *v);        /* task.c */

u64 vmx_enter(struct vcpu *v, bool launched);   /* entry.S */
extern const u8 vmx_exit[];

/* The same of CR4. */
#define VMX_CR4_MASK  ((u64)(CR4_VMXE | CR4_PSE | CR4_PAE | CR4_LA57 | CR4_PCIDE | CR4_SMEP | CR4_SMAP | CR4_PKE | \
                             CR4_CET | CR4_PKS))

#endif
