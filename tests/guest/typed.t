#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# typed.t: keyboard and mouse. The program tests/guest/typed asks for keys and movements on the debug port, as commands of QEMU's
# monitor; they are given to it here. What only the machine shows is looked at here too: the LED bytes, and Ctrl-Alt-Del's reset.
# $NAME tells its files from those of other tests; arguments: QEMU options.
cd "$(dirname "$0")/../.." || exit 1
out=build/guest/typed${NAME:+-$NAME}
mkdir -p "$out"
rm -f "$out"/*
mkfifo "$out/monitor.in" "$out/monitor.out"
log=$out/debug
: >"$log"

SECONDS_MOST=300 LOG=$log tests/guest/run typed -icount shift=3 -rtc clock=vm -action shutdown=pause -trace "ps2_write_keyboard,file=$out/trace" \
    -chardev "pipe,id=monitor,path=$out/monitor" -mon chardev=monitor "$@" >"$out/tap" 2>&1 &
runner=$!
exec 3<>"$out/monitor.in"
cat "$out/monitor.out" >"$out/monitor.log" &
reader=$!

# The reset has stopped the machine: memory is as Ctrl-Alt-Del left it.
look_and_quit() {
    while kill -0 $runner 2>/dev/null; do
        echo "info status" >&3
        sleep 0.2
        grep -aq "paused (shutdown)" "$out/monitor.log" || continue
        echo "xp /1hx 0x472" >&3
        echo quit >&3
        return
    done
}

tail -s 0.2 --pid=$runner -n +1 -f "$log" | while read -r mark command; do
    [ "$mark" = "?" ] || continue
    echo "$command" >&3
    [ "$command" != "sendkey ctrl-alt-delete" ] || look_and_quit
done
wait $runner
kill $reader 2>/dev/null

grep -a -E '^(ok|not ok|#)' "$out/tap"
n=$(grep -c -E '^(ok|not ok)' "$out/tap")
result() { # WHAT STATUS
    n=$((n + 1))
    [ "$2" = 0 ] && echo "ok $n - $1" || echo "not ok $n - $1"
}
sed -n 's/.*val \([0-9]*\)$/\1/p' "$out/trace" | tr '\n' ' ' | grep -q '237 4 .*237 0 '
result "LED command and its byte, on and off" $?
grep -aq '472: 0x1234' "$out/monitor.log"
result "Ctrl-Alt-Del resets the machine, 40:72 is 1234h" $?
echo "1..$n"
