#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# One function per kind of guest image: sourced by make-guest.sh; each leaves $work/image.

grub2_config() {  # $1: what precedes the paths
    cat <<EOF
serial --unit=0 --speed=115200
terminal_output console serial
set timeout=0
menuentry Linux {
    echo GRUB 2 loads Linux
    linux $1/boot/vmlinuz $linux_args
    initrd $1/boot/initrd
}
EOF
}

syslinux_config() {
    cat <<EOF
SERIAL 0 115200
SAY SYSLINUX loads Linux
PROMPT 0
DEFAULT linux
LABEL linux
    LINUX $1vmlinuz
    INITRD $1initrd
    APPEND $linux_args
EOF
}

make_grub2_disk() {
    linux_files "$flavour" "$work/tree/boot"
    mkdir -p "$work/tree/boot/grub"
    grub2_config "" >"$work/tree/boot/grub/grub.cfg"
    disk_make "$work/image" "$work/tree" 48 83
    grub2_install "$work/image"
}

make_extlinux_disk() {
    linux_files "$flavour" "$work/tree/boot"
    mkdir -p "$work/tree/boot/extlinux"
    cp $syslinux/modules/bios/ldlinux.c32 "$work/tree/boot/extlinux/"
    syslinux_config /boot/ >"$work/tree/boot/extlinux/extlinux.conf"
    disk_make "$work/image" "$work/tree" 48 83
    extlinux_install "$work/image"
}

make_grub1_disk() {
    linux_files "$flavour" "$work/tree/boot"
    mkdir -p "$work/tree/boot/grub"
    cp "$grub1/stage1" "$grub1/stage2" "$grub1/e2fs_stage1_5" "$work/tree/boot/grub/"
    echo installed >"$work/tree/boot/grub/installed"
    cat >"$work/tree/boot/grub/menu.lst" <<EOF
serial --unit=0 --speed=115200
terminal --timeout=0 console serial
timeout 0
default 0
title Linux
root (hd0,0)
kernel /boot/vmlinuz $linux_args
initrd /boot/initrd
EOF
    disk_make "$work/image" "$work/tree" 48 83
    grub1_install "$work/image"
}

make_grub1_floppy() {  # GRUB manual, "Creating a GRUB boot floppy": stage1, then stage2 from the second sector
    truncate -s 1440K "$work/image"
    dd if="$grub1/stage1" of="$work/image" conv=notrunc status=none
    dd if="$grub1/stage2" of="$work/image" bs=512 seek=1 conv=notrunc status=none
}

# SYSLINUX on FAT16 in a partition, as on a USB stick.
make_syslinux_stick() {
    linux_files "$flavour" "$work/tree/boot"
    syslinux_config /boot/ >"$work/tree/syslinux.cfg"
    truncate -s 40M "$work/fat"
    mkfs.vfat -F 16 -h $part_start -n GUEST "$work/fat" >/dev/null
    mcopy -s -i "$work/fat" "$work/tree/boot" "$work/tree/syslinux.cfg" ::/
    mcopy -i "$work/fat" $syslinux/modules/bios/ldlinux.c32 ::/
    syslinux --install "$work/fat"
    truncate -s 41M "$work/image"
    echo "$part_start,,6,*" | sfdisk -q "$work/image"
    dd if="$work/fat" of="$work/image" bs=512 seek=$part_start conv=notrunc status=none
    mbr_install "$work/image"
}

isolinux_files() {  # MODULE...: ISOLINUX into the tree, with these modules beside its own
    mkdir -p "$work/tree/isolinux"
    cp /usr/lib/ISOLINUX/isolinux.bin "$work/tree/isolinux/"
    for module in ldlinux "$@"; do
        cp "$syslinux/modules/bios/$module.c32" "$work/tree/isolinux/"
    done
}

make_isolinux_cd() {
    linux_files "$flavour" "$work/tree/boot"
    isolinux_files
    syslinux_config /boot/ >"$work/tree/isolinux/isolinux.cfg"
    iso_make isolinux/isolinux.bin
}

# vesamenu.c32 draws its menu in a VESA mode; its entry asks Linux's set-up code for 1024x768 in 16 bits, which vesafb keeps.
make_vesamenu_cd() {
    linux_files "$flavour" "$work/tree/boot"
    isolinux_files vesamenu libcom32 libutil
    syslinux_config /boot/ | sed 's/^DEFAULT.*/DEFAULT vesamenu.c32\nTIMEOUT 10/; s/APPEND/APPEND vga=0x317/' >"$work/tree/isolinux/isolinux.cfg"
    iso_make isolinux/isolinux.bin
}

# gfxboot draws its menu in a VESA mode and puts what is typed there at the end of Linux's command line; it waits for ever.
make_gfxboot_cd() {
    linux_files "$flavour" "$work/tree/boot"
    isolinux_files gfxboot libcom32
    cp "$pkg/gfxboot-themes/usr/share/gfxboot/themes/upstream/message" "$work/tree/isolinux/bootlogo"
    syslinux_config /boot/ | sed 's/^DEFAULT.*/&\nUI gfxboot.c32 bootlogo/' >"$work/tree/isolinux/isolinux.cfg"
    iso_make isolinux/isolinux.bin
}

iso_make() {  # $1: the boot image in the tree; El Torito without emulation
    xorriso -as mkisofs -quiet -R -J -V GUEST -b "$1" -c boot.cat -no-emul-boot -boot-load-size 4 -boot-info-table \
        -o "$work/image" "$work/tree" 2>/dev/null
}

make_grub2_cd() {
    linux_files "$flavour" "$work/tree/boot"
    mkdir -p "$work/tree/boot/grub"
    grub2_config "" >"$work/tree/boot/grub/grub.cfg"
    grub-mkrescue --directory=/usr/lib/grub/i386-pc --locales= --themes= -o "$work/image" "$work/tree" >"$work/log" 2>&1 ||
        fail "grub-mkrescue: $(cat "$work/log")"
}

# memtest86+ brings its own boot sector, which reads the rest track by track; on its own and through SYSLINUX.
make_memtest_sector() {
    cp "$pkg/memtest86+/boot/memtest86+x64.bin" "$work/image"
    truncate -s 1440K "$work/image"
}

make_memtest_floppy() {
    cp "$pkg/memtest86+/boot/memtest86+x64.bin" "$work/memtest"
    floppy_with_kernel "$work/memtest"
}

make_ipxe_floppy() {
    cp "$pkg/ipxe/boot/ipxe.lkrn" "$work/ipxe"
    floppy_with_kernel "$work/ipxe"
}

floppy_with_kernel() {  # kernel $1
    truncate -s 1440K "$work/image"
    mkfs.vfat -F 12 "$work/image" >/dev/null
    printf 'PROMPT 0\nDEFAULT guest\nLABEL guest\n    LINUX %s\n' "${1##*/}" >"$work/syslinux.cfg"
    mcopy -i "$work/image" "$1" "$work/syslinux.cfg" $syslinux/modules/bios/ldlinux.c32 ::/
    syslinux --install "$work/image"
}

# MEMDISK serves a floppy image from memory, from a CD.
make_memdisk_cd() {
    isolinux_files
    cp $syslinux/memdisk "$work/tree/isolinux/"
    case $flavour in
    grub1) make_grub1_floppy ;;
    memtest) make_memtest_sector ;;
    esac
    mv "$work/image" "$work/tree/floppy.img"
    cat >"$work/tree/isolinux/isolinux.cfg" <<EOF
PROMPT 0
DEFAULT memdisk
LABEL memdisk
    LINUX memdisk
    INITRD /floppy.img
EOF
    iso_make isolinux/isolinux.bin
}

# A live CD that installs itself on the first disk and reboots: the tools are this machine's, with their libraries.
make_install_cd() {
    live=$work/tree/live
    linux_files "$flavour" "$work/tree/boot"
    isolinux_files
    mkdir -p "$work/tree/boot/extlinux"
    for place in bin tools cdrom target dev proc sys tmp; do mkdir -p "$live/$place"; done
    for tool in sfdisk mke2fs extlinux; do
        tool=$(command -v $tool)
        cp "$tool" "$live/tools/"
        cp -L --parents $(ldd "$tool" | grep -o '/[^ ]*') "$live"
    done
    cp "$pkg/busybox-static/bin/busybox" "$live/bin/"
    for tool in sh mount umount mkdir cp dd sync; do ln "$live/bin/busybox" "$live/bin/$tool"; done
    cp "$images/install" "$work/tree/boot/install"
    cp /usr/lib/syslinux/mbr/mbr.bin "$work/tree/boot/"
    cp $syslinux/modules/bios/ldlinux.c32 "$work/tree/boot/extlinux/"
    syslinux_config /boot/ >"$work/tree/boot/extlinux/extlinux.conf"
    sed 's/APPEND/APPEND then=install/' "$work/tree/boot/extlinux/extlinux.conf" >"$work/tree/isolinux/isolinux.cfg"
    iso_make isolinux/isolinux.bin
}
