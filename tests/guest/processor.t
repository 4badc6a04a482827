#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# processor.t: tests/guest/processor by itself and in SVM partitions on QEMU, with nested paging and without.
cd "$(dirname "$0")" || exit 1
. ./parts.sh
part "no partition" ./run processor
part "SVM" ./run processor -cpu qemu64,+svm,+npt -append "partition=svm"
part "SVM, strict" ./run processor -cpu qemu64,+svm,+npt -append "partition=svm strict"
part "SVM without NPT" ./run processor -cpu qemu64,+svm,-npt -append "partition=svm"
part "SVM without NPT, strict" ./run processor -cpu qemu64,+svm,-npt -append "partition=svm strict"
parts_end
