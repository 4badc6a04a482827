/* SPDX-License-Identifier: BSD-2-Clause */
/* Entries of page tables. Intel SDM vol. 3A, 4.3-4.5; the nested ones of AMD are the same. */
#ifndef HW_PAGING_H
#define HW_PAGING_H

#define PTE_P        0x001ull
#define PTE_RW       0x002ull
#define PTE_US       0x004ull
#define PTE_PCD      0x010ull
#define PTE_A        0x020ull
#define PTE_D        0x040ull
#define PTE_PS       0x080ull
#define PTE_ADDRESS  0x000FFFFFFFFFF000ull

#endif
