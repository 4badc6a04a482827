#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# nothing.t: a machine with nothing to boot halts its processor, looks again at a key, and resets when its time is over.
cd "$(dirname "$0")/../.." || exit 1
out=build/guest/nothing
mkdir -p "$out"
rm -f "$out"/*
mkfifo "$out/monitor.in" "$out/monitor.out"
: >"$out/serial"

timeout 120 qemu-system-x86_64 -M pc -m 64 -accel tcg -nodefaults -vga none -display none -kernel build/vmxloader -append fail-wait=5 \
    -serial "file:$out/serial" -no-reboot -chardev "pipe,id=monitor,path=$out/monitor" -mon chardev=monitor >"$out/qemu" 2>&1 &
qemu=$!
exec 3<>"$out/monitor.in"
cat "$out/monitor.out" >"$out/monitor.log" &
reader=$!

# until COMMAND...: true as soon as COMMAND is, false if QEMU has ended before
until_true() {
    until "$@"; do
        kill -0 $qemu 2>/dev/null || return 1
        sleep 0.1
    done
}

n=0
result() { # WHAT STATUS
    n=$((n + 1))
    [ "$2" = 0 ] && echo "ok $n - $1" || echo "not ok $n - $1"
}

asked() { [ "$(grep -ac "Press a key" "$out/serial")" -ge "$1" ]; }
halted() { echo "info registers" >&3; grep -aq "HLT=1" "$out/monitor.log"; }
press() { echo "sendkey a" >&3; sleep 0.5; asked 2; }

until_true asked 1
result "nothing to boot from: asks for a key" $?
until_true halted
result "the processor halts meanwhile" $?
until_true press
result "a key: looks for something to boot again" $?
wait $qemu
result "then resets, with -no-reboot the end" $?
kill $reader 2>/dev/null
echo "1..$n"
