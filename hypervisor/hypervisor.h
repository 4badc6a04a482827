/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The hypervisor: one guest, its devices and interrupts passed through, no device models.
 * Policy is in exits.c; what differs between VMX and SVM is behind struct hvm_ops.
 */
#ifndef HYPERVISOR_H
#define HYPERVISOR_H

#include "lib.h"
#include "offsets.h"
#include "abi/vmx_assist.h"
#include "hw/cpu.h"

#define PAGE_SIZE    4096ull
#define LARGE_PAGE   (2ull << 20)
#define GIB          (1ull << 30)
#define FOUR_GIB     (4 * GIB)

/* The 64 KiB above 1 MiB, in pages: what real-mode addresses reach there if A20 is on. */
#define HMA_FIRST    0x100
#define HMA_PAGES    16

/* Where the core is linked; it runs from `hv_base`. */
#define HV_VIRTUAL   0xFFFFFFFF80000000ull
/* All physical memory once more, so that the guest's byte 0 is no NULL. */
#define GUEST_VIRTUAL (512 * GIB)

/* Our first MiB: image, pool, and from here the page tables that place.c makes. */
#define HV_CORE_LIMIT     0x20000      /* image and data; from core_end to HV_TABLES_OFFSET lies the pool */
#define HV_TABLES_OFFSET  0xF8000
enum { HV_TABLE_PML4, HV_TABLE_PDPT, HV_TABLE_PD, HV_TABLE_HIGH_PDPT = HV_TABLE_PD + 4, HV_TABLE_HIGH_PD };

/* ---- what the 32-bit part hands over (place.c) ---------------------------------------------- */

struct hv_start {
    u64 base, size;          /* our memory: no RAM of the guest; the core and the pool lie in its first MiB */
    u64 high_top;            /* end of RAM above 4 GiB, or FOUR_GIB */
    u32 low_top;             /* end of RAM below 4 GiB, before we took ours */
    u32 guest_entry;         /* vmxloader */
    u32 guest_eax, guest_ebx;
    u32 svm;                 /* else VMX */
    u32 strict;              /* never real mode, also where the processor has it */
    u32 early;               /* use nothing that the first VMX processors lack */
    u32 a20;                 /* A20 by an alias, also where the processor has the gate */
};

extern struct hv_start hv;

#define EFER_COMMON  (EFER_SCE | EFER_LME | EFER_NXE)   /* what both vendors' processors have */

/* ---- one virtual processor ------------------------------------------------------------------ */

enum { RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, R8, R15 = 15, GPRS };

enum exit_kind {
    EXIT_CPUID,
    EXIT_CR,
    EXIT_RDMSR,
    EXIT_WRMSR,
    EXIT_XSETBV,
    EXIT_INVD,
    EXIT_VM_INSTRUCTION,     /* VMX and SVM instructions: not in this guest's processor */
    EXIT_MEMORY,             /* nested page fault */
    EXIT_PAGE_FAULT,
    EXIT_IO,                 /* the A20 gate's ports, where they are intercepted */
    EXIT_APIC,               /* write to the local APIC, where that is intercepted */
    EXIT_FPU_ERROR,          /* #MF where the guest has CR0.NE clear, which VMX forbids */
    EXIT_NMI,                /* one that met us can be delivered now */
    EXIT_TASK_SWITCH,
    EXIT_INIT,
    EXIT_SIPI,
    EXIT_TRIPLE_FAULT,
    EXIT_ENTRY_FAILED,
    EXIT_OTHER,
    EXIT_INVOKE,             /* not exits but what came of EXIT_CR: world switches */
    EXIT_RESTORE,
    EXIT_KINDS
};

enum cr_access { CR_WRITE, CR_READ, CR_SMSW_MEMORY };

struct vm_exit {
    enum exit_kind kind;
    u32 reason;              /* as the processor gave it */
    u8  length;              /* of the instruction, where one caused the exit */
    u8  cr, gpr;             /* EXIT_CR: which register, from or to which GPR */
    u8  operand_size;        /* EXIT_CR, CR_READ: bytes of the GPR written */
    enum cr_access access;
    u64 value;               /* EXIT_CR: value written; EXIT_TASK_SWITCH: qualification */
    u64 linear;              /* CR_SMSW_MEMORY: where the word goes; EXIT_PAGE_FAULT: the address */
    u32 error;               /* EXIT_PAGE_FAULT */
    paddr address;           /* EXIT_MEMORY, EXIT_APIC */
    bool mapped;             /* EXIT_MEMORY: the page is there, but not for this access */
};

struct vcpu {
    u64 gpr[GPRS];           /* vmx/entry.S and svm/entry.S know this offset: 0 */
    u8 *stack;               /* end of ours; for ap_start.S (offsets.h) */
    u64 rip, rflags;
    /* As the guest sees them; cr0-cr4 are valid after read_control(). */
    u64 cr0, cr3, cr4, efer;
    bool assist;             /* vmxassist runs: between INVOKE and RESTORE */
    bool shielded;           /* the guest's own world after a RESTORE: vmxassist's pages are not its to write */
    u32 nested_seen;         /* nested_generation at the last entry */
    struct vm_exit exit;
    u64 *count;              /* exits by kind: its row of exit_counts */
    u32 index, apic_id;
    u8 sipi_vector;          /* page where the guest's last SIPI starts it, where SIPIs do not exit */
    /* The vendor's. */
    struct vmcb *vmcb;
    u32 *vmx_pages;          /* VMXON region and VMCS */
    bool launched;           /* the VMCS: VMRESUME from now on */
};

_Static_assert(offsetof(struct vcpu, stack) == VCPU_STACK, "offsets.h");

enum { MAX_PROCESSORS = 16 };
extern struct vcpu vcpus[MAX_PROCESSORS];   /* in the order in which they came; the first runs the firmware */
extern u32 processor_count;
extern u64 exit_counts[MAX_PROCESSORS][EXIT_KINDS];

enum { NO_ERROR_CODE = -1 };
enum wake_up { UNTIL_INIT, UNTIL_SIPI };

struct hvm_ops {
    const char *name;
    bool nested_paging;      /* in use; decided by setup() */
    bool real_mode;          /* the guest has real mode without us */
    bool sipi_exits;         /* INIT and SIPI are VM exits; else INIT resets the processor, and SIPIs are apic.c's */
    u64 cr4_allowed;         /* bits a guest may set; others are #GP */
    u64 efer_allowed;

    /* Once, on the first processor: what all share. */
    void (*setup)(void);
    /* On each: switch the extension on, and make `v` its guest, whose state is yet to be written. */
    void (*enable)(struct vcpu *v);
    /* Run the guest until the next exit: v->gpr, rip, rflags and v->exit are then valid. */
    void (*run)(struct vcpu *v);

    /* CR0, CR3, CR4, EFER between the processor's structure and v; write makes paging follow. */
    void (*read_control)(struct vcpu *v);
    void (*write_control)(struct vcpu *v);
    /* Segments, IDTR, GDTR between it and a context; other fields of the context are not touched. */
    void (*read_segments)(struct vcpu *v, struct vmx_assist_context *c);
    void (*write_segments)(struct vcpu *v, const struct vmx_assist_context *c);
    /* Let the processor sleep in the guest until an INIT (as in HLT) or a SIPI; where these do not exit it does not return. */
    void (*sleep)(struct vcpu *v, enum wake_up until);
    /* Back to the machine as after an INIT, which is still pending: does not return. */
    void (*leave)(struct vcpu *v);
    /* Raise an exception at the next entry. */
    void (*inject)(struct vcpu *v, u8 vector, s32 error);
    /* An external interrupt at the next entry: IF is 1. */
    void (*interrupt)(struct vcpu *v, u8 vector);
    /* Base of a segment register (in instruction order), and CS.L. */
    u64 (*segment_base)(const struct vcpu *v, unsigned segment);
    bool (*long_code)(const struct vcpu *v);
    bool (*code_32)(const struct vcpu *v);      /* CS.D */
    /* The instruction was emulated: end the shadow of STI or MOV SS before it; `trap`: #DB of a single step is due. */
    void (*step_over)(struct vcpu *v, bool trap);
    /* An MSR access that exited; false: #GP. NULL: none does but those that we know. */
    bool (*read_msr)(u32 msr, u64 *value);
    bool (*write_msr)(u32 msr, u64 value);
    /* Do the task switch that exited; NULL where the processor does them itself. */
    void (*task_switch)(struct vcpu *v);
    void (*io)(struct vcpu *v);
    void (*dump)(const struct vcpu *v);
};

extern struct hvm_ops vmx_ops, svm_ops;
extern struct hvm_ops *hvm;

/* ---- core.c: entered once by place.c's part, then the exit loop ------------------------------ */
void core_main(const struct hv_start *start) NORETURN;    /* NULL: again, after a reset */
extern const u8 resume_door[];                              /* resume.S */
/* Run the guest on this processor for good. */
void processor_run(struct vcpu *v) NORETURN;
/* Reset the whole machine: the guest's triple fault, and our own last resort. */
void machine_reset(void) NORETURN;
/* Print what, where and the registers; and: machine_reset() after it. */
void report(struct vcpu *v, const char *what);
void guest_dies(struct vcpu *v, const char *why) NORETURN;

/* core_entry.S: false if the processor raised a fault instead. */
bool rdmsr_try(u32 msr, u64 *value);
bool wrmsr_try(u32 msr, u64 value);
bool xsetbv_try(u32 index, u64 value);

/* ---- exits.c, control.c, cpuid.c, msr.c, world.c ---------------------------------------------- */
void handle_exit(struct vcpu *v);
void advance(struct vcpu *v);
void inject_gp(struct vcpu *v);
void inject_ud(struct vcpu *v);
u64 exits_of_kind(unsigned kind);      /* on all processors */
void dump_exits(void);
void announce_exits(void);
void exit_apic(struct vcpu *v);
void exit_cr(struct vcpu *v);
void exit_init(struct vcpu *v);
void exit_sipi(struct vcpu *v);
void exit_cpuid(struct vcpu *v);
void exit_rdmsr(struct vcpu *v);
void exit_wrmsr(struct vcpu *v);
void exit_xsetbv(struct vcpu *v);
/* False if there is no vmxassist at D0000, or its contexts are not in the guest's memory. */
bool world_invoke(struct vcpu *v);
bool world_restore(struct vcpu *v);
/* vmxassist has contexts for this processor. */
bool world_has_room(const struct vcpu *v);

/* ---- decode.c ---------------------------------------------------------------------------------- */

/*
 * Find the length of the intercepted instruction at the guest's RIP, and for a CR0 access its operands
 * (v->exit.access, gpr, value, linear). False where the bytes cannot be read or are something else.
 */
bool decode_exit(struct vcpu *v);

/* The instruction at the guest's RIP stores 32 bits to memory: v->exit.value and length; length 0 if it is not known. */
void decode_store(struct vcpu *v);

/* CPUID bits of instructions that the processor gates by a control we could not set (vmx/controls.c). */
struct gated { bool rdtscp, invpcid, xsaves, waitpkg; };
extern struct gated gated;

bool mtrr_is(u32 msr);       /* mtrr.h has more */

/* ---- memory.c ---------------------------------------------------------------------------------- */

/* Zeroed pages of ours, one behind the other. Dies when the pool is empty. */
void *pages_alloc(unsigned n);
void *page_alloc(void);
/* What was taken before the first call is kept for good; all later pages are free again at every other call. */
void pool_start(bool first);
u64 physical(const void *ours);
void map_high_memory(void);
/* Host address of guest-physical memory; NULL where it is ours or not mapped. */
void *guest_memory(paddr at, usize bytes);
/* At a linear address of the running guest; false where it is not mapped, or a write is real-mode code's over vmxassist. */
bool guest_read(struct vcpu *v, u64 linear, void *to, usize bytes);
bool guest_write(struct vcpu *v, u64 linear, const void *from, usize bytes);

/* ---- nested.c: the guest-physical map, EPT or NPT ------------------------------------------------ */
void nested_build(bool ept, bool large_1g);
/* Its root; `shielded`: of the same map with vmxassist's pages read-only. */
u64 nested_root(bool shielded);
/* Changes with the map: a processor that ran with another value must forget what it cached of it. */
extern u32 nested_generation;
/* A shielded guest writes over vmxassist: it has other pages there from the first time on. True: this is the first time. */
bool nested_unshare_assist(void);
/* Map the GiB around `at`, beyond what nested_build() mapped; false if it is too far. */
bool nested_extend(paddr at);
/* The MTRRs were written: memory types of the map as they say. */
void nested_retype(void);
/* 100000-10FFFF shows 0-FFFF, or itself. */
void nested_alias_a20(bool off);
/* Let the guest have one page of ours. */
void nested_expose(const void *page);
/* Give the guest a page of ours for the one at `at`; and: its writes to the page at `at` are violations. */
void nested_replace(paddr at, const void *page);
void nested_write_protect(paddr at);

/* ---- identity.c: page tables for a guest that has none --------------------------------------------- */
void identity_build(void);
/* For CR3, with CR4.PSE; `assist`: while vmxassist runs. */
u64 identity_root(bool assist);
/* nested_alias_a20() where there is no nested paging. */
void identity_alias_a20(bool off);
void exit_page_fault(struct vcpu *v);

#endif
