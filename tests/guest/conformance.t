#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# conformance.t: every service from every setting (tests/guest/conformance), booted from a disk of each kind: in real mode and big
# real mode, under a VM86 monitor that is not ours, and the same in a partition whose real mode is vmxassist.
cd "$(dirname "$0")/../.." || exit 1
floppy=build/guest/conformance-floppy.img
truncate -s 1440K "$floppy"
n=0

settings() { # DISK QEMU-OPTION...: the results, numbered on
    disk=$1
    shift
    while read -r line; do
        case $line in
        "ok "*) n=$((n + 1)); echo "ok $n - $disk: ${line#ok [0-9]*- }" ;;
        "not ok "*) n=$((n + 1)); echo "not ok $n - $disk: ${line#not ok [0-9]*- }" ;;
        1..*) echo "# $disk ends" ;;
        *) echo "$line" ;;
        esac
    done <<END
$(tests/guest/run conformance -icount shift=3 -rtc clock=vm -drive "format=raw,snapshot=on,if=floppy,file=$floppy" "$@")
END
}

settings ide
export DISK=none
settings ahci -device ahci,id=ahci -device ide-hd,bus=ahci.0,drive=boot
settings virtio -device virtio-blk-pci,drive=boot
settings "virtio, modern" -device virtio-blk-pci,disable-legacy=on,drive=boot
settings scsi -device virtio-scsi-pci -device scsi-hd,drive=boot
settings nvme -device nvme,serial=1,drive=boot
DISK=ide settings "partition" -cpu qemu64,+svm,+npt -append "partition=svm strict"
echo "1..$n"
