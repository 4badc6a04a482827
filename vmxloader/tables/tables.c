/* SPDX-License-Identifier: BSD-2-Clause */
/* The tables an operating system scans for, in their order. */
#include "loader.h"

void setup_tables(void)
{
}
