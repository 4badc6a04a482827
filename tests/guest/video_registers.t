#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# video_registers.t: every VGA register after every standard mode set, ours beside SeaVGABIOS.
# The differences that are meant, and why:
#   mode 0D after 07  SeaVGABIOS writes the colour mode through the mono ports, so nothing arrives
#   mode 07           the same way round
#   mode 0F           monochrome: CRTC at 3B4h, planes 0 and 2, blinking (IBM's table)
#   mode 11           one plane: every colour but 0 is white, GC 7 compares plane 0 (IBM's table)
#   GC 7 in text      0, colour compare plays no part
#   BDA 65h, 66h      the CGA's mode and colour registers, as IBM's BIOS keeps them
#   BDA 89h, 8Ah      400 lines and VGA active; 8Ah is an index into IBM's combination table
set -eu
cd "$(dirname "$0")/../.."
build=build/guest

dump() { # NAME VGA-BIOS
    timeout 120 qemu-system-x86_64 -M pc -m 64 -accel tcg -display none -net none -no-reboot -vga none -device "VGA,romfile=$2" \
        -device isa-debug-exit,iobase=0xf4,iosize=1 -debugcon "file:$build/registers-$1.debug" -serial null -parallel null \
        -drive "format=raw,snapshot=on,if=ide,file=$build/video_registers.img" >"$build/registers-$1.qemu" 2>&1 || true
    grep -a '^mode' "$build/registers-$1.debug" >"$build/registers-$1"
}
dump ours build/vgabios-std.bin
dump seavgabios /usr/share/seabios/vgabios-stdvga.bin

diff "$build/registers-ours" "$build/registers-seavgabios" | sed -n 's/^< //p' |
    grep -v -E '^mode (07|0d|0f|11) |gc 07|bda (65|66|89|8a)' >"$build/registers-unexplained" || true
echo 1..2
lines=$(wc -l <"$build/registers-ours")
[ "$lines" -gt 1500 ] && echo "ok 1 - $lines registers read" || echo "not ok 1 - only $lines registers read"
if [ -s "$build/registers-unexplained" ]; then
    sed 's/^/# /' "$build/registers-unexplained"
    echo "not ok 2 - differences nobody explained"
else
    echo "ok 2 - equal to SeaVGABIOS but for the explained"
fi
