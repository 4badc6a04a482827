/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine's processors: each is one virtual processor of the guest. We start the others once, before the guest runs.
 *   VMX   They become guests in the wait-for-SIPI state; from then on an INIT and a SIPI of the guest's are VM exits.
 *   SVM   An INIT takes a processor out of the guest, so they wait for SIPIs outside, as after a reset; apic.c leads the
 *         SIPIs of the guest to ap_trampoline, and the processor comes here each time.
 * Intel SDM vol. 3C, 26.1 and 27.3.1.5 (activity state); AMD APM vol. 2, 15.13.4 and 15.20.
 */
#include "apic.h"
#include "processors.h"
#include "registers.h"
#include "hw/cmos.h"
#include "hw/cpuid.h"
#include "hw/io.h"
#include "hw/lapic.h"
#include "hw/msr.h"
#include "hw/pit.h"

#define FIRST_PAGE       0x8000      /* where they start before the guest runs; its contents come back */
#define STACK_PAGES      2

#define CMOS_OTHERS      0x5F        /* how many there are beside the first: QEMU says it, others leave 0 */
#define PORT_B_GATE2     0x01
#define PORT_B_SPEAKER   0x02
#define PORT_B_OUT2      0x20
#define PIT_COUNT_2      0xB0        /* counter 2, low then high byte, mode 0: OUT rises at the end */
#define WAIT_SIPI        200         /* us between the two that the MP specification (B.4) wants */
#define WAIT_UNKNOWN     2000        /* us for processors nobody announced */
#define WAIT_STEP        10000
#define WAIT_STEPS       50          /* for those announced */

struct vcpu vcpus[MAX_PROCESSORS];
u32 processor_count;
static volatile bool guest_runs;
static volatile bool init_stays;    /* pending after its VM exit */
static u32 waiting;                 /* others that came and wait for an INIT or a SIPI */

extern u8 core_gdt[];

static struct vcpu *find(u32 apic_id)
{
    for (u32 i = 0; i < processor_count; i++)
        if (vcpus[i].apic_id == apic_id)
            return &vcpus[i];
    return NULL;
}

static u32 apic_id(void)
{
    return cpuid(1, 0).b >> 24;
}

static struct vcpu *processor_new(void)
{
    struct vcpu *v = &vcpus[processor_count];

    if (processor_count == MAX_PROCESSORS)
        return NULL;
    v->index = processor_count;
    v->apic_id = apic_id();
    v->count = exit_counts[v->index];
    __atomic_store_n(&processor_count, processor_count + 1, __ATOMIC_RELEASE);
    return v;
}

/* ap_start.S: on the first stack, one at a time. */
struct vcpu *ap_arrived(void)
{
    struct vcpu *v = find(apic_id());

    if (v)
        return v;
    v = processor_new();
    if (v)
        v->stack = (u8 *)pages_alloc(STACK_PAGES) + STACK_PAGES * PAGE_SIZE;
    return v;
}

/* Forget those of before a reset: all are as after power-on now. */
struct vcpu *processors_first(void)
{
    memset(vcpus, 0, sizeof(vcpus));
    memset(exit_counts, 0, sizeof(exit_counts));
    processor_count = waiting = 0;
    guest_runs = false;
    ap_lock.taken = 0;
    return processor_new();
}

/* On the processor's own stack. */
void ap_main(struct vcpu *v)
{
    if (guest_runs) {
        hvm->enable(v);
        processor_start(v, v->sipi_vector);
    } else if (hvm->sipi_exits) {
        hvm->enable(v);
        flat_state(v, VMX_ASSIST_BASE);
        hvm->sleep(v, UNTIL_INIT);
        __atomic_add_fetch(&waiting, 1, __ATOMIC_RELEASE);
    } else {
        __atomic_add_fetch(&waiting, 1, __ATOMIC_RELEASE);
        for (;;)
            asm volatile("hlt");
    }
    processor_run(v);
}

/* Of the first processor it is a reset, as a keyboard controller makes it; the others wait for the guest's SIPI. */
void exit_init(struct vcpu *v)
{
    if (v->index == 0)
        machine_reset();
    if (!guest_runs && v->count[EXIT_INIT] > 1)
        init_stays = true;
    if (init_stays)
        hvm->leave(v);
    if (guest_runs)
        return processor_wait(v);
    flat_state(v, VMX_ASSIST_BASE);
    hvm->sleep(v, UNTIL_INIT);
}

void exit_sipi(struct vcpu *v)
{
    processor_start(v, hvm->sipi_exits ? v->exit.value : v->sipi_vector);
}

/* At most 50 ms. */
static void wait(u32 us)
{
    u32 count = us * (PIT_HZ / 1000) / 1000;
    u8 port = inb(PORT_B);

    outb(PORT_B, (port & ~PORT_B_SPEAKER) | PORT_B_GATE2);
    outb(PIT_CONTROL, PIT_COUNT_2);
    outb(PIT_COUNTER2, count);
    outb(PIT_COUNTER2, count >> 8);
    while (!(inb(PORT_B) & PORT_B_OUT2))
        spin_hint();
    outb(PORT_B, port);
}

static void send_to_others(u32 icr)
{
    icr |= LAPIC_ICR_OTHERS | LAPIC_ICR_ASSERT;
    if (rdmsr(MSR_APIC_BASE) & APIC_BASE_X2APIC)
        wrmsr(MSR_X2APIC_ICR, icr);
    else
        *lapic(LAPIC_ICR) = icr;
}

/* The trampoline in `page`, below 1 MiB; false if that is no memory. */
bool ap_trampoline_place(u8 *page)
{
    memcpy(page, ap_trampoline, ap_trampoline_end - ap_trampoline);
    return !memcmp(page, ap_trampoline, ap_trampoline_end - ap_trampoline);
}

static void ap_trampoline_complete(void)
{
    struct ap_trampoline_data *data = (void *)ap_trampoline_data;

    data->cr3 = read_cr3();
    data->entry = physical(ap_entry);
    data->gdt_limit = 4 * sizeof(u64) - 1;
    data->gdt_base = physical(core_gdt);
}

static u8 announced(void)
{
    return cmos_read(CMOS_OTHERS);
}

/*
 * Each of the others sleeps in the guest and has had an INIT, which was a VM exit. Where that INIT is still pending, and
 * exits again at each entry (Bochs 2.7), they have left VMX and are as after a reset; then it is done as on SVM.
 */
static void use_sipi_exits(void)
{
    wait(WAIT_UNKNOWN);
    hvm->sipi_exits = !init_stays;
    if (!init_stays) {
        guest_runs = true;
        send_to_others(LAPIC_ICR_INIT);
        wait(WAIT_SIPI);
    } else if (!hvm->nested_paging) {
        print("hypervisor: INIT stays pending here: the other processors are not in the partition\n");
        processor_count = 1;
    }
}

void processors_start(void)
{
    u8 saved[256], *page = (u8 *)FIRST_PAGE;
    u32 others = announced();

    if (!(rdmsr(MSR_APIC_BASE) & APIC_BASE_ENABLE))
        return;
    ap_trampoline_complete();
    memcpy(saved, page, ap_trampoline_end - ap_trampoline);
    ap_trampoline_place(page);
    send_to_others(LAPIC_ICR_INIT);
    wait(WAIT_SIPI);
    send_to_others(LAPIC_ICR_STARTUP | FIRST_PAGE >> 12);
    wait(WAIT_SIPI);
    send_to_others(LAPIC_ICR_STARTUP | FIRST_PAGE >> 12);
    wait(WAIT_UNKNOWN);
    for (u32 i = 0; i < WAIT_STEPS && __atomic_load_n(&waiting, __ATOMIC_ACQUIRE) < MIN(others, MAX_PROCESSORS - 1u); i++)
        wait(WAIT_STEP);
    lock(&ap_lock);                 /* an INIT must not meet a processor that has it */
    send_to_others(LAPIC_ICR_INIT);
    unlock(&ap_lock);
    memcpy(page, saved, ap_trampoline_end - ap_trampoline);
    if (hvm->sipi_exits)
        use_sipi_exits();
    guest_runs = true;
}
