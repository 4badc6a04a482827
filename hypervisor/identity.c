/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Page tables in which linear is physical: for a guest without paging where the processor must have it on (VMX without
 * unrestricted guest), and for vmxassist's world. In the second, VM86 code, whose CPL is 3, cannot write over vmxassist, and
 * vmxassist, with CPL 0 and CR0.WP=0, can. Intel SDM vol. 3A, 4.3 (32-bit paging with CR4.PSE) and 4.6 (access rights).
 */
#include "hypervisor.h"
#include "hw/paging.h"

#define ENTRIES        1024
#define USER_PAGE      (PTE_D | PTE_A | PTE_US | PTE_RW | PTE_P)
#define WRITE_DENIED   (PTE_US | PTE_RW | PTE_P)       /* the error code has the same bits */

/* One of each kind: 4 MiB pages, but for the first, which has small ones. */
static u32 *directory[2], *first_4m[2];
static bool a20_off;                    /* 100000-10FFFF leads to 0-FFFF */

static u32 small_page(u32 page, bool assist)
{
    u32 entry = page << 12 | USER_PAGE;

    if (a20_off && page >= HMA_FIRST && page < HMA_FIRST + HMA_PAGES)
        entry -= HMA_FIRST << 12;
    return assist && vmx_assist_has(page * PAGE_SIZE) ? entry & ~(u32)PTE_RW : entry;
}

static void fill(void)
{
    for (u32 kind = 0; kind < ARRAY_SIZE(directory); kind++)
        for (u32 i = 0; i < ENTRIES; i++) {
            first_4m[kind][i] = small_page(i, kind);
            directory[kind][i] = i ? i << 22 | PTE_PS | USER_PAGE : physical(first_4m[kind]) | USER_PAGE;
        }
}

/* With nested paging the tables must lie in the guest's memory too; it may write there: see exit_page_fault(). */
void identity_build(void)
{
    a20_off = false;
    for (u32 kind = 0; kind < ARRAY_SIZE(directory); kind++) {
        directory[kind] = page_alloc();
        first_4m[kind] = page_alloc();
        if (hvm->nested_paging) {
            nested_expose(directory[kind]);
            nested_expose(first_4m[kind]);
        }
    }
    fill();
}

u64 identity_root(bool assist)
{
    return physical(directory[assist]);
}

void identity_alias_a20(bool off)
{
    a20_off = off;
    fill();
}

/* VM86 code wrote over vmxassist, which skips that. Else the guest has overwritten these tables, which it does not know of. */
void exit_page_fault(struct vcpu *v)
{
    if (v->assist && v->exit.error == WRITE_DENIED && vmx_assist_has(v->exit.linear))
        hvm->inject(v, VECTOR_PF, v->exit.error);
    else
        fill();
}
