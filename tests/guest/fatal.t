#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# fatal.t: an exception that no program took over ends in a message with the registers, not in a silent halt.
cd "$(dirname "$0")/../.." || exit 1
log=build/guest/fatal.debug
rm -f "$log"
qemu-system-x86_64 -M pc -m 64 -accel tcg -display none -net none -no-reboot -kernel build/vmxloader -serial null \
    -debugcon "file:$log" -drive format=raw,snapshot=on,if=ide,file=build/guest/fatal.img >/dev/null 2>&1 &
pid=$!
for _ in $(seq 60); do
    sleep 1
    grep -qs '^ds=' "$log" && break
done
kill $pid
echo 1..2
grep -q 'Fatal: invalid opcode at 0000:' "$log" && echo "ok 1 - what and where" || echo "not ok 1 - what and where"
grep -q 'eax=12345678' "$log" && echo "ok 2 - registers" || echo "not ok 2 - registers"
