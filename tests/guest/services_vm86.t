#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# services_vm86.t: the same services in a partition whose real mode is VM86 (vmxassist).
exec "$(dirname "$0")/run" services -icount shift=3 -rtc clock=vm -cpu qemu64,+svm,+npt -append "partition=svm strict"
