#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# disk_virtio.t: INT 13h on a virtio disk, and the floppy and CD of disk_ide.t.
DISK=virtio NAME=virtio exec "$(dirname "$0")/disk_ide.t"
