#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# world.t: the world switch and real mode's interrupts, in a partition whose real mode is vmxassist.
exec "$(dirname "$0")/run" world -cpu qemu64,+svm,+npt -append "partition=svm strict"
