#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# processors.t: tests/guest/processors, started by INIT and SIPI, on the bare machine and in a partition on SVM.
cd "$(dirname "$0")" || exit 1
. ./parts.sh
part "bare" ./run processors -smp 2
part "real mode by the processor" ./run processors -smp 2 -cpu qemu64,+svm,+npt -append "partition=svm"
part "vmxassist, four" ./run processors -smp 4 -cpu qemu64,+svm,+npt -append "partition=svm strict"
parts_end
