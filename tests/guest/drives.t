#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# drives.t: floppies of every classic size; disks of odd sizes and geometries on IDE and virtio;
# a floppy image that the loader brought.
set -eu
cd "$(dirname "$0")/../.."
out=build/guest/drives
mkdir -p "$out"
n=0

# le32 NUMBER: four bytes, as printf(1) wants them
le32() {
    printf '\\%03o\\%03o\\%03o\\%03o' $(($1 & 255)) $(($1 >> 8 & 255)) $(($1 >> 16 & 255)) $(($1 >> 24 & 255))
}

# number IMAGE LBA: the sector gets its own number
number() {
    printf "$(le32 "$2")" | dd of="$1" bs=4 seek=$(($2 * size / 4)) conv=notrunc status=none
}

# image NAME CYLINDERS HEADS SECTORS [TOTAL [SIZE]]: what tests/guest/drives/main.c expects; TOTAL sectors make it a disk
image() {
    i=$out/$1 c=$2 h=$3 s=$4 total=${5:-0} size=${6:-512} last=0
    rm -f "$i"
    [ "$total" = 0 ] || last=$((total - 1))
    truncate -s $(((total ? total : c * h * s) * size)) "$i"
    printf "$(le32 0)!GEO$(le32 "$c")$(le32 "$h")$(le32 "$s")$(le32 $last)$(le32 $((last >> 32)))" | dd of="$i" conv=notrunc status=none
    for lba in $((h * s - 1)) $((h * s)) $((c / 2 * h * s + s - 1)) $((c * h * s - 1)) $last; do
        [ "$lba" = 0 ] || number "$i" "$lba"
    done
}

# partition IMAGE HEADS SECTORS CYLINDERS: one from the second track to the end of the last cylinder
partition() {
    last=$(($4 - 1)) start=$3
    printf '\200\001\001\000\006%b%b%b%b%b\125\252' "$(printf '\\%03o' $(($2 - 1)))" "$(printf '\\%03o' $(($3 | last >> 2 & 192)))" \
        "$(printf '\\%03o' $((last & 255)))" "$(le32 "$start")" "$(le32 $(($2 * $3 * $4 - start)))" >"$out/entry"
    dd if="$out/entry" of="$1" bs=1 seek=446 count=16 conv=notrunc status=none
    printf '\125\252' | dd of="$1" bs=1 seek=510 conv=notrunc status=none
}

# run QEMU-OPTION...: the results, numbered on
run() {
    tests/guest/run drives "$@" >"$out/tap"
    while read -r line; do
        case $line in
        "ok "*) n=$((n + 1)); echo "ok $n${line#ok [0-9]*[0-9 ]}" ;;
        "not ok "*) n=$((n + 1)); echo "not ok $n - $* ${line#not ok}" ;;
        1..*) ;;
        *) echo "$line" ;;
        esac
    done <"$out/tap"
    grep -q '^1\.\.' "$out/tap" || { n=$((n + 1)); echo "not ok $n - $*: the program ends"; }
}

# floppies NAME CYLINDERS HEADS SECTORS, twice
floppies() {
    image "$1" "$2" "$3" "$4"
    image "$5" "$6" "$7" "$8"
    run -drive "format=raw,snapshot=on,if=floppy,file=$out/$1" -drive "format=raw,snapshot=on,if=floppy,index=1,file=$out/$5"
}

floppies 160K 40 1 8 180K 40 1 9
floppies 320K 40 2 8 360K 40 2 9
floppies 720K 80 2 9 1200K 80 2 15
floppies 1440K 80 2 18 2880K 80 2 36

image small 64 16 63 65000                  # the drive's own geometry
image large 1024 32 63 2064384              # 1008 MB: more heads
image huge 1024 255 63 300000000            # beyond 28 bits of sector number
image parted 53 64 32 110000
partition "$out/parted" 64 32 50
run -drive "format=raw,snapshot=on,if=ide,index=1,file=$out/small" -drive "format=raw,snapshot=on,if=ide,index=2,file=$out/large" \
    -drive "format=raw,snapshot=on,if=ide,index=3,file=$out/huge"
run -drive "format=raw,snapshot=on,if=ide,index=1,file=$out/parted" -drive "format=raw,snapshot=on,if=virtio,file=$out/large" \
    -drive "format=raw,snapshot=on,if=virtio,file=$out/huge"
image long 18 16 56 16384 4096              # sectors of 4 KiB
run -drive "format=raw,snapshot=on,if=none,id=long,file=$out/long" -device virtio-blk-pci,drive=long,logical_block_size=4096,physical_block_size=4096

image vast 1024 255 63 6442450944           # 3 TiB: 33 bits of sector number; six disks
run -device virtio-scsi-pci,id=scsi -drive "format=raw,snapshot=on,if=none,id=a,file=$out/vast" -device scsi-hd,bus=scsi.0,drive=a \
    -drive "format=raw,snapshot=on,if=none,id=b,file=$out/vast" -device nvme,serial=1,drive=b \
    -drive "format=raw,snapshot=on,if=virtio,file=$out/vast" -drive "format=raw,snapshot=on,if=ide,index=1,file=$out/vast" \
    -drive "format=raw,snapshot=on,if=virtio,file=$out/small"
image wide 16 16 63 16384 4096
run -drive "format=raw,snapshot=on,if=none,id=long,file=$out/wide" -device nvme,serial=1,drive=long,logical_block_size=4096,physical_block_size=4096 \
    -drive "format=raw,snapshot=on,if=none,id=longer,file=$out/wide" -device virtio-scsi-pci -device scsi-hd,drive=longer,logical_block_size=4096,physical_block_size=4096

cp build/guest/drives.img "$out/ram"
truncate -s 1440K "$out/ram"
image first 64 16 63 65000
run -initrd "$out/ram" -drive "format=raw,snapshot=on,if=ide,index=1,file=$out/first"
echo "1..$n"
