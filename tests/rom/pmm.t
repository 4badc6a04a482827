#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# pmm.t: the POST memory manager, called by an option ROM. With -kernel the firmware before us would run it.
set -eu
cd "$(dirname "$0")/../.."
log=build/rom/pmm.debug
timeout 60 qemu-system-x86_64 -M pc -m 64 -accel tcg -display none -no-reboot -bios build/dfw.rom -serial null -nic none \
    -device e1000,romfile=build/rom/pmm.rom -device isa-debug-exit,iobase=0xf4,iosize=1 -debugcon "file:$log" >"$log.qemu" 2>&1 || :
grep -a -E '^(ok|not ok|1\.\.)' "$log"
