#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Without a VGA card the serial line is screen and keyboard: GRUB 0.97, which knows only INT 10h and INT 16h here, shows its
# prompt on COM1 and obeys a command that is typed there.
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo 1..2

sees() {  # $1: text, $2: seconds
    tries=$(($2 * 5))
    while [ $tries -gt 0 ]; do
        grep -aqF "$1" "$work/out" && return
        sleep 0.2
        tries=$((tries - 1))
    done
    return 1
}

result() {  # $1: number, $2: what, $3: 0 if it went well
    [ "$3" = 0 ] && echo "ok $1 - $2" && return
    echo "not ok $1 - $2"
    tr -cd '[:print:]\n' <"$work/out" | tail -n 20 | sed 's/^/# /'
}

mkfifo "$work/in"
timeout 180 qemu-system-x86_64 -accel tcg -nodefaults -display none -m 64 -no-reboot -kernel build/vmxloader -vga none \
    -drive if=floppy,format=raw,snapshot=on,file=build/guests/grub1-floppy.img -serial stdio <"$work/in" >"$work/out" 2>&1 &
machine=$!
exec 3>"$work/in"
sees "grub>" 60
result 1 "the prompt of a program that uses INT 10h is on COM1" $?
printf 'reboot\r' >&3
tries=300
while kill -0 $machine 2>/dev/null && [ $tries -gt 0 ]; do
    sleep 0.2
    tries=$((tries - 1))
done
[ $tries -gt 0 ]
result 2 "a command typed on COM1 reaches INT 16h: the machine resets" $?
kill $machine 2>/dev/null
exec 3>&-
wait $machine 2>/dev/null
exit 0
