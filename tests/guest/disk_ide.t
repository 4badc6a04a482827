#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# disk_ide.t: INT 13h on an IDE disk by DMA, a 1.44 MB floppy and a CD.
set -eu
cd "$(dirname "$0")/../.."
floppy=build/guest/disk-floppy.img
cd=build/guest/disk-cd.iso
truncate -s 0 "$floppy" "$cd"
truncate -s 1440K "$floppy"
truncate -s 1M "$cd"
printf '\001CD001' | dd of="$cd" bs=1 seek=32768 conv=notrunc status=none
exec tests/guest/run disk -drive "format=raw,snapshot=on,if=floppy,file=$floppy" -drive "format=raw,if=ide,index=2,media=cdrom,file=$cd"
