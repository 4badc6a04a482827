#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# disk_nvme.t: INT 13h on an NVMe disk, and the floppy and CD of disk_ide.t.
DISK=none NAME=nvme exec "$(dirname "$0")/disk_ide.t" -device nvme,serial=1,drive=boot -device ide-cd,bus=ide.1,unit=0,drive=cd
