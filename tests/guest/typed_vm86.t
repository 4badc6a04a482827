#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# typed_vm86.t: typed.t in a partition whose real mode is VM86 (vmxassist).
NAME=vm86 exec "$(dirname "$0")/typed.t" -cpu qemu64,+svm,+npt -append "partition=svm strict"
