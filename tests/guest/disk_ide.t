#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# disk_ide.t: INT 13h on an IDE disk by DMA, a 1.44 MB floppy and a CD.
# $DISK: another bus of the disk (run); $NAME tells its files from those of other tests; arguments: QEMU options that attach the drive "cd", IDE if there are none.
set -eu
cd "$(dirname "$0")/../.."
floppy=build/guest/disk-floppy-${NAME:-ide}.img   # tests run side by side
cd=build/guest/disk-cd-${NAME:-ide}.iso
truncate -s 0 "$floppy" "$cd"
truncate -s 1440K "$floppy"
truncate -s 1M "$cd"
printf '\001CD001' | dd of="$cd" bs=1 seek=32768 conv=notrunc status=none
for part in '204800 \315\140\353\374' '205312 SEC2' '214016 HEAD'; do      # sector 100: a floppy whose boot sector is INT 60h
    printf "${part#* }" | dd of="$cd" bs=1 seek="${part%% *}" conv=notrunc status=none
done
[ $# -gt 0 ] || set -- -device ide-cd,bus=ide.1,unit=0,drive=cd
exec tests/guest/run disk -drive "format=raw,snapshot=on,if=floppy,file=$floppy" -drive "format=raw,if=none,id=cd,media=cdrom,file=$cd" "$@"
