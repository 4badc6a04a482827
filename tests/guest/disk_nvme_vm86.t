#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# disk_nvme_vm86.t: disk_nvme.t in a partition whose real mode is VM86 (vmxassist).
DISK=none NAME=nvme-vm86 exec "$(dirname "$0")/disk_ide.t" -device nvme,serial=1,drive=boot -device ide-cd,bus=ide.1,unit=0,drive=cd \
    -cpu qemu64,+svm,+npt -append "partition=svm strict"
