#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# real_mode.t: what tests/guest/world wants is what the processor's own real mode does.
exec "$(dirname "$0")/run" world
