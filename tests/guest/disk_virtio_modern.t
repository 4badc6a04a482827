#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# disk_virtio_modern.t: INT 13h on a virtio disk without legacy interface, and a CD on a virtio-scsi adapter that has one.
DISK=none NAME=modern exec "$(dirname "$0")/disk_ide.t" -device virtio-blk-pci,disable-legacy=on,disable-modern=off,drive=boot \
    -device virtio-scsi-pci,id=scsi -device scsi-cd,bus=scsi.0,drive=cd
