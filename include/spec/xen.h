/* SPDX-License-Identifier: BSD-2-Clause */
/* What Xen offers a fully virtualised guest, as 32-bit code sees it: Xen 4.17, public headers of the names given here. */
#ifndef SPEC_XEN_H
#define SPEC_XEN_H

#include "types.h"

/* CPUID: arch-x86/cpuid.h. The leaves begin at one of these steps; +0: signature, +2: MSR of the hypercall page. */
#define XEN_CPUID_FIRST        0x40000000u
#define XEN_CPUID_LAST         0x40010000u
#define XEN_CPUID_STEP         0x100u
#define XEN_CPUID_EBX          0x566E6558u   /* "XenV" */
#define XEN_CPUID_ECX          0x65584D4Du   /* "MMXe" */
#define XEN_CPUID_EDX          0x4D4D566Eu   /* "nVMM" */
#define XEN_PAGE               4096u

/* Hypercalls: xen.h; 32 bytes of the page each; EBX, ECX, EDX in, EAX out (negative: error). */
#define XEN_HYPERCALL_SIZE     32u
#define XEN_MEMORY_OP          12u
#define XEN_VERSION            17u
#define XEN_SCHED_OP           29u
#define XEN_EVENT_CHANNEL_OP   32u
#define XEN_HVM_OP             34u
#define XEN_DOMID_SELF         0x7FF0u

/* version.h */
#define XENVER_VERSION         0u            /* major:16 minor:16 */
#define XENVER_EXTRAVERSION    1u
#define XENVER_GUEST_HANDLE    8u            /* UUID, as it is written: big-endian */
#define XEN_EXTRAVERSION_SIZE  16
#define XEN_UUID_SIZE          16

/* memory.h */
#define XENMEM_ADD_TO_PHYSMAP      7u
#define XENMEM_MEMORY_MAP          9u        /* struct e820_entry[] */
#define XENMEM_REMOVE_FROM_PHYSMAP 15u
#define XENMAPSPACE_SHARED_INFO    0u
#define XENMAPSPACE_GMFN           2u        /* moves a page of the guest's own */

struct xen_memory_map {
    u32 count;                               /* in: room, out: entries */
    u32 buffer;
};

struct xen_add_to_physmap {
    u16 domid, size;
    u32 space, index, gpfn;
};

struct xen_remove_from_physmap {
    u16 domid, pad;
    u32 gpfn;
};

/* sched.h, event_channel.h */
#define XEN_SCHEDOP_YIELD      0u
#define XEN_EVTCHNOP_SEND      4u

/* xen.h, struct shared_info: what comes before the clock; all of it is event state. */
#define XEN_SHARED_INFO_EVENTS 2304u         /* 32 vcpu_info of 64 bytes, two masks of 1024 bits */

/* hvm/hvm_op.h, hvm/params.h */
#define XEN_HVMOP_SET_PARAM    0u
#define XEN_HVMOP_GET_PARAM    1u

struct xen_hvm_param {
    u16 domid, pad;
    u32 index;
    u64 value;
};
SIZE_ASSERT(struct xen_hvm_param, 16);

#define HVM_PARAM_STORE_PFN              1u
#define HVM_PARAM_STORE_EVTCHN           2u
#define HVM_PARAM_ACPI_IOPORTS_LOCATION  19u /* 0: PM block at 1F40h, 1: at B000h */
#define HVM_PARAM_VM_GENERATION_ID_ADDR  34u
#define HVM_PARAM_VM86_TSS_SIZED         37u /* size:32 address:32 */

/* hvm/hvm_info_table.h: written by the toolstack before the guest starts. */
#define XEN_HVM_INFO           0x9F800u

struct xen_hvm_info {
    char signature[8];                       /* "HVM INFO" */
    u32  length;
    u8   checksum, apic_mode, pad[2];
    u32  vcpus;
    u32  low_end, reserved, high_end;        /* page numbers; 0: no such range */
    u8   vcpu_online[16];
} PACKED;
SIZE_ASSERT(struct xen_hvm_info, 48);

/* The toolstack's layout (config.h of hvmloader): nothing but fixed devices and pages of Xen above. */
#define XEN_RESERVED_BASE      0xFC000000u

/* io/xs_wire.h: the page that xenstore is reached by. */
#define XENSTORE_RING          1024u
#define XENSTORE_READ          2u
#define XENSTORE_ERROR         16u
#define XENSTORE_PAYLOAD_MAX   4096u
#define XENSTORE_RECONNECTS    1u            /* in features */
#define XENSTORE_RECONNECT     1u            /* in connection; 0 when done */

struct xenstore_message {
    u32 type, request, transaction, length;  /* `length` bytes follow */
};

struct xenstore_ring {
    u8  request[XENSTORE_RING], response[XENSTORE_RING];
    volatile u32 request_consumer, request_producer, response_consumer, response_producer;
    volatile u32 features, connection;
};

#endif
