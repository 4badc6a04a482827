#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# entries.t: every way into vmxloader ends in a boot sector that prints on COM1.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
make -s build/programs/print.bin
work=build/entries
mkdir -p "$work"
cp build/programs/print.bin "$work/disk.img"
truncate -s 1M "$work/disk.img"

number=0
# try NAME QEMU-OPTION...
try() {
    number=$((number + 1))
    name=$1
    shift
    rm -f "$work/serial"
    timeout 60 qemu-system-x86_64 -m 128 -accel tcg -display none -net none -no-reboot -serial "file:$work/serial" \
        -debugcon "file:$work/debug" -drive "format=raw,snapshot=on,if=ide,file=$work/disk.img" "$@" >"$work/qemu" 2>&1 &
    qemu=$!
    seconds=0
    while [ $seconds -lt 50 ] && ! grep -aq 'boot sector runs' "$work/serial" 2>/dev/null; do
        sleep 1
        seconds=$((seconds + 1))
    done
    kill $qemu 2>/dev/null || true
    wait $qemu || true
    grep -aq 'boot sector runs' "$work/serial" || printf 'not '
    echo "ok $number - $name"
    sed -n '1s/^/# /p' "$work/debug"
}

# iso NAME COMMAND MODULE-COMMAND: GRUB starts vmxloader from a CD
iso() {
    rm -rf "$work/$1" && mkdir -p "$work/$1/boot/grub"
    cp build/vmxloader "$work/$1/boot/"
    printf 'set timeout=0\nmenuentry dfw {\n%s /boot/vmxloader boot=hd\n%s /boot/vmxloader\n}\n' "$2" "$3" >"$work/$1/boot/grub/grub.cfg"
    grub-mkrescue -o "$work/$1.iso" "$work/$1" >"$work/$1.log" 2>&1
}

echo 1..6
try "Multiboot by -kernel" -M pc -kernel build/vmxloader
# The same file without its two Multiboot headers: QEMU then takes the PVH note.
perl -0777 -pe 's/\x02\xb0\xad\x1b/\0\0\0\0/; s/\xd6\x50\x52\xe8/\0\0\0\0/' build/vmxloader >"$work/pvh"
try "PVH by -kernel" -M pc -kernel "$work/pvh"
iso multiboot multiboot module
try "Multiboot by GRUB, with a module" -M pc -cdrom "$work/multiboot.iso" -boot d
iso multiboot2 multiboot2 module2
try "Multiboot 2 by GRUB, with a module" -M pc -cdrom "$work/multiboot2.iso" -boot d
try "reset vector" -M pc -bios build/dfw.rom
try "reset vector, another display adapter" -M pc -bios build/dfw.rom -vga vmware
