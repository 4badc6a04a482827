#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# make bench: what a boot and each service cost, in instructions (QEMU -icount shift=0, where the
# TSC counts them) and in accesses to ports and to device memory until the boot sector, ours beside the peers in one run.
# usage: bench/run.sh BUILD_DIR
set -eu
build=$1
out=$build/bench
mkdir -p "$out/cd"

SEABIOS=/usr/share/seabios/bios-256k.bin
SEAVGABIOS=/usr/share/seabios/vgabios-stdvga.bin
BOCHSBIOS=/usr/share/bochs/BIOS-bochs-latest
LGPLVGABIOS=/usr/share/vgabios/vgabios.bin

cp "$out/guest.bin" "$out/floppy.img" && truncate -s 1440K "$out/floppy.img"
cp "$out/guest.bin" "$out/disk.img" && truncate -s 16M "$out/disk.img"
cp "$out/guest.bin" "$out/cd/"
xorriso -as mkisofs -quiet -o "$out/cd.iso" -b guest.bin -no-emul-boot -boot-load-size 32 "$out/cd" 2>"$out/xorriso.log"

# measure NAME MEDIUM DRIVE QEMU-OPTION...: "NAME MEDIUM key value" lines
measure() {
    who=$1 medium=$2 drive=$3
    shift 3
    rm -f "$out/log" "$out/counted"
    timeout 120 qemu-system-x86_64 -M pc -m 128 -accel tcg -icount shift=0 -display none -net none -no-reboot -vga none \
        "$@" -device isa-debug-exit,iobase=0xf4,iosize=1 \
        -chardev "file,id=log,path=$out/log" -device isa-debugcon,iobase=0xf5,chardev=log \
        -plugin "$out/count_plugin.so,out=$out/counted" \
        -drive "format=raw,snapshot=on,$drive" >/dev/null 2>"$out/qemu.log" || true
    grep -q '^end' "$out/log" || echo "bench: $who from $medium did not reach the end, see $out/log" >&2
    cat "$out/counted" "$out/log" 2>/dev/null | sed -n "s/^\([A-Za-z0-9_]*\) \([0-9]*\)\$/$who $medium \1 \2/p"
}

: >"$out/figures"
for medium in "disk if=ide,file=$out/disk.img" "floppy if=floppy,file=$out/floppy.img" "cd if=ide,media=cdrom,file=$out/cd.iso"; do
    name=${medium%% *} drive=${medium#* }
    echo "bench: booting from $name" >&2
    measure dfw "$name" "$drive" -bios "$build/dfw.rom" -device VGA >>"$out/figures"
    measure seabios "$name" "$drive" -bios "$SEABIOS" -device VGA,romfile="$SEAVGABIOS" >>"$out/figures"
    # The Bochs BIOS sets no APIC up, and does not find a VGA BIOS behind QEMU's PCI expansion ROM.
    measure bochs "$name" "$drive" -bios "$BOCHSBIOS" -cpu qemu64,-apic -device VGA,romfile= \
        -device "loader,file=$LGPLVGABIOS,addr=0xc0000,force-raw=on" >>"$out/figures"
done

# A drive of 42h by each of the other controllers; the Bochs BIOS has none of them.
for bus in "ahci -device ich9-ahci,id=bus -device ide-hd,bus=bus.0,drive=disk" "nvme -device nvme,serial=1,drive=disk" \
    "virtio_blk -device virtio-blk-pci,drive=disk" "virtio_scsi -device virtio-scsi-pci,id=bus -device scsi-hd,bus=bus.0,drive=disk"; do
    name=${bus%% *} drive=if=none,id=disk,file=$out/disk.img
    echo "bench: booting from $name" >&2
    # shellcheck disable=SC2086 # options are words
    {
        measure dfw "$name" "$drive" -bios "$build/dfw.rom" -device VGA ${bus#* }
        measure seabios "$name" "$drive" -bios "$SEABIOS" -device VGA,romfile="$SEAVGABIOS" ${bus#* }
    } | grep "disk_42h\|boot_sector" >>"$out/figures"
done

awk '
    { v[$1, $2 " " $3] = $4; key = $2 " " $3; if (!(key in seen)) { seen[key] = ++n; order[n] = key } }
    function ratio(a, b) { return a && b ? sprintf("%.2f", a / b) : "-" }
    function show(x) { return x == "" || x == 0 ? "-" : x }
    END {
        printf "%-32s %12s %12s %12s %9s %9s\n", "instructions (dfw, peers)", "dfw", "SeaBIOS", "Bochs BIOS", "/SeaBIOS", "/Bochs"
        for (i = 1; i <= n; i++) {
            k = order[i]; a = v["dfw", k]; s = v["seabios", k]; b = v["bochs", k]
            printf "%-32s %12s %12s %12s %9s %9s\n", k, show(a), show(s), show(b), ratio(a, s), ratio(a, b)
        }
    }' "$out/figures"

echo
echo "image sizes, bytes"
for f in vmxloader dfw.rom rombios.bin vgabios-std.bin vgabios-cirrus.bin vmxassist.bin hypervisor; do
    [ ! -f "$build/$f" ] || printf '%-32s %12s\n' "$f" "$(stat -c %s "$build/$f")"
done
for f in $SEABIOS $SEAVGABIOS $BOCHSBIOS $LGPLVGABIOS; do
    printf '%-32s %12s\n' "$(basename "$f")" "$(stat -L -c %s "$f")"
done
echo "bench: done"
