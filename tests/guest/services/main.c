/* SPDX-License-Identifier: BSD-2-Clause */
/* The services of rombios, called as programs call them. */
#include "services.h"

void guest_main(u8 drive)
{
    test_data();
    test_memory();
    test_clock();
    test_keyboard();
    test_pci();
    test_ports();
    test_callers();
    plan_done();
}
