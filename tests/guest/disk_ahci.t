#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# disk_ahci.t: INT 13h on a SATA disk, the third port of an AHCI controller, and a SATA CD on its sixth; the floppy of disk_ide.t.
DISK=none NAME=ahci exec "$(dirname "$0")/disk_ide.t" -device ahci,id=ahci -device ide-hd,bus=ahci.2,drive=boot -device ide-cd,bus=ahci.5,drive=cd
