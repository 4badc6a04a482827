#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# world_interpret.t: world.t with every instruction of real mode interpreted.
exec "$(dirname "$0")/run" world -cpu qemu64,+svm,+npt -append "partition=svm assist=interpret"
