#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# disk_scsi.t: INT 13h on the disk and the CD of a virtio-scsi adapter without legacy interface, units 2:1 and 5:0; the floppy of disk_ide.t.
DISK=none NAME=scsi exec "$(dirname "$0")/disk_ide.t" -device virtio-scsi-pci,id=scsi,disable-legacy=on \
    -device scsi-hd,bus=scsi.0,scsi-id=2,lun=1,drive=boot -device scsi-cd,bus=scsi.0,scsi-id=5,drive=cd
