#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Damaged and odd media: sourced by make-guest.sh; each function leaves $work/image.

make_program() {  # $1: a program of tests/guest, $2: size of the medium
    cp "$programs/$1.bin" "$work/image"
    truncate -s "$2" "$work/image"
}

# A hard disk for a program: BIOSes and dfw look for a partition table.
make_program_disk() {
    make_program "$1" 8M
    echo 2048,,83,* | sfdisk -q "$work/image"
}

# The partition lies behind the end of the image: its boot record cannot be read.
make_short_disk() {
    truncate -s 40M "$work/image"
    echo 20480,,83,* | sfdisk -q "$work/image"
    mbr_install "$work/image"
    truncate -s 4M "$work/image"
}

# A partition table whose signature is gone, and garbage for code.
make_corrupt_mbr() {
    make_program_disk print
    printf '\0\0' | dd of="$work/image" bs=1 seek=510 conv=notrunc status=none
}

make_unsigned_floppy() {
    make_program print 1440K
    printf '\0\0' | dd of="$work/image" bs=1 seek=510 conv=notrunc status=none
}

make_plain_cd() {
    echo data >"$work/tree/data"
    xorriso -as mkisofs -quiet -R -V DATA -o "$work/image" "$work/tree" 2>/dev/null
}

# A CD with boot program, without emulation unless an option says other.
make_print_cd() {
    cp "$programs/print.bin" "$work/tree/boot.bin"
    truncate -s "${1:-2K}" "$work/tree/boot.bin"
    xorriso -as mkisofs -quiet -R -V BOOT -b boot.bin -c boot.cat ${2:--no-emul-boot -boot-load-size 4} \
        -o "$work/image" "$work/tree" 2>/dev/null
}

catalog_byte() {  # $1: offset in the boot catalogue, $2: the byte, printf style
    sector=$(od -An -tu4 -j $((17 * 2048 + 71)) -N 4 "$work/image" | tr -d ' ')
    printf "$2" | dd of="$work/image" bs=1 seek=$((sector * 2048 + $1)) conv=notrunc status=none
}

# The catalogue's checksum is wrong: boots, as on other BIOSes. Without the key bytes 55AA it is no catalogue.
make_catalog_checksum() {
    make_print_cd
    catalog_byte 28 '\252'
}
make_bad_catalog() {
    make_print_cd
    catalog_byte 30 '\0'
}

# The catalogue is good and its only entry says "not bootable".
make_unbootable_cd() {
    make_print_cd
    catalog_byte 32 '\0'
}

# The boot record points behind the end of the medium.
make_lost_catalog() {
    make_print_cd
    printf '\377\377\377\0' | dd of="$work/image" bs=1 seek=$((17 * 2048 + 71)) conv=notrunc status=none
}

make_fault() {
    case $1 in
    blank-disk) truncate -s 8M "$work/image" ;;
    short-disk) make_short_disk ;;
    corrupt-mbr) make_corrupt_mbr ;;
    gives-up) make_program_disk int18 ;;
    boots-again) make_program_disk int19 ;;
    print-disk) make_program_disk print ;;
    print-floppy) make_program print 1440K ;;
    resets-disk) make_program_disk resets ;;
    resets-floppy) make_program resets 1440K ;;
    unsigned-floppy) make_unsigned_floppy ;;
    blank-floppy) truncate -s 1440K "$work/image" ;;
    plain-cd) make_plain_cd ;;
    print-cd) make_print_cd ;;
    print-cd-as-floppy) make_print_cd 1440K -v ;;
    catalog-checksum) make_catalog_checksum ;;
    bad-catalog) make_bad_catalog ;;
    lost-catalog) make_lost_catalog ;;
    unbootable-cd) make_unbootable_cd ;;
    *) fail "no medium is called $1" ;;
    esac
}
