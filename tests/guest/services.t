#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# services.t: the services of rombios, called by tests/guest/services from a disk. Time is counted in
# instructions: a loaded host would swallow ticks.
exec "$(dirname "$0")/run" services -icount shift=3 -rtc clock=vm
