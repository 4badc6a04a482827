#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# world_penryn.t: world.t on VMX without EPT.
exec "$(dirname "$0")/run_bochs" world core2_penryn_t9600
