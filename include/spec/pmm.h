/* SPDX-License-Identifier: BSD-2-Clause */
/* POST Memory Manager Specification 1.01: the functions that option ROMs call during POST. */
#ifndef SPEC_PMM_H
#define SPEC_PMM_H

#define PMM_ALLOCATE          0
#define PMM_FIND              1
#define PMM_DEALLOCATE        2

#define PMM_FLAG_LOW          0x0001      /* below 1 MiB */
#define PMM_FLAG_HIGH         0x0002      /* above 1 MiB */
#define PMM_FLAG_ALIGNED      0x0004      /* to the lowest bit set in the length */
#define PMM_ANONYMOUS         0xFFFFFFFFu /* a handle that nobody finds */
#define PMM_EFUNCTION         0xFFFFFFFFu

#endif
