#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# record.sh [dfw|seabios|bochs]: what a BIOS answers to tests/guest/conformance in real mode, a line a call, "name<TAB>answer"; the peers
# are Debian's packages seabios, bochs and vgabios. Without an argument: answers.tsv, all three, its last column kept from the one that is there.
set -eu
cd "$(dirname "$0")/../../.."
out=build/guest/answers
floppy=build/guest/answers-floppy.img
mkdir -p "$out"
truncate -s 1440K "$floppy"

answers() { # NAME QEMU-OPTION...
    log=$out/$1
    shift
    rm -f "$log"
    timeout 120 qemu-system-x86_64 -M pc -m 64 -accel tcg -icount shift=3 -rtc clock=vm -display none -net none -no-reboot -vga none "$@" \
        -device isa-debug-exit,iobase=0xf4,iosize=1 -debugcon "file:$log" -serial null -parallel null \
        -drive format=raw,snapshot=on,if=ide,file=build/guest/conformance.img -drive "format=raw,snapshot=on,if=floppy,file=$floppy" >"$log.qemu" 2>&1 &
    pid=$!
    while kill -0 "$pid" 2>/dev/null && ! grep -qsa -E '^(not )?ok 1 ' "$log"; do sleep 0.2; done
    kill "$pid" 2>/dev/null || true
    sed -n '/ok 1 /q; s/^\([0-9A-F][0-9A-F]h[^:]*\): \{0,1\}/\1\t/p' "$log"
}

record() {
    case $1 in
    dfw) answers dfw -kernel build/vmxloader -device VGA,romfile= ;;
    seabios) answers seabios -bios /usr/share/seabios/bios-256k.bin -device VGA,romfile=/usr/share/seabios/vgabios-stdvga.bin ;;
    bochs) answers bochs -bios /usr/share/bochs/BIOS-bochs-latest -cpu qemu64,-apic -device VGA,romfile= \
        -device loader,file=/usr/share/vgabios/vgabios.bin,addr=0xc0000,force-raw=on ;;
    esac
}

[ $# = 0 ] || { record "$1"; exit; }
table=tests/guest/conformance/answers.tsv
for who in dfw seabios bochs; do record "$who" >"$out/$who.tsv"; done
{
    sed -n '/^#/p' "$table"
    awk -F '\t' -v table="$table" '
        FILENAME == table { why[$1] = $5; next }
        FILENAME ~ /seabios/ { seabios[$1] = $2; next }
        FILENAME ~ /bochs/ { bochs[$1] = $2; next }
        { printf "%s\t%s\t%s\t%s\t%s\n", $1, $2, seabios[$1], bochs[$1], why[$1] }
    ' "$table" "$out/seabios.tsv" "$out/bochs.tsv" "$out/dfw.tsv"
} >"$out/answers.tsv"
cp "$out/answers.tsv" "$table"
