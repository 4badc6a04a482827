#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Boot loaders into image files, by their own tools and without root: sourced by make-guest.sh.

part_start=2048   # sectors: where every disk's one partition begins

# disk_make IMAGE TREE MIB TYPE: an MBR disk of MIB with one active partition of TYPE; its ext2 file system holds TREE.
# 128-byte inodes because GRUB 0.97 knows no others, and no ext4 features because EXTLINUX gets I/O errors from them.
disk_make() {
    rm -f "$1"
    truncate -s "$3M" "$1"
    echo "$part_start,,$4,*" | sfdisk -q "$1"
    mke2fs -q -F -t ext2 -I 128 -r 1 -O none,filetype,sparse_super -d "$2" \
        -E offset=$((part_start * 512)) "$1" $(($3 * 1024 - part_start / 2))k 2>&1 |
        grep -v '128-byte inodes' || true
}

# GRUB 2: boot.img and core.img as grub-bios-setup places them for MBR disks: sector 0, and sectors 1 onward.
grub2_install() {
    grub-mkimage -O i386-pc -p '(hd0,msdos1)/boot/grub' -o "$1.core" \
        biosdisk part_msdos ext2 linux linux16 normal serial terminal echo configfile ls halt reboot multiboot multiboot2
    [ "$(stat -c %s "$1.core")" -lt $(((part_start - 1) * 512)) ] || fail "GRUB 2 core image too large"
    dd if=/usr/lib/grub/i386-pc/boot.img of="$1" bs=440 count=1 conv=notrunc status=none
    dd if="$1.core" of="$1" bs=512 seek=1 conv=notrunc status=none
    rm -f "$1.core"
}

mbr_install() {
    dd if=/usr/lib/syslinux/mbr/mbr.bin of="$1" bs=440 count=1 conv=notrunc status=none
}

# EXTLINUX installs itself only on a mounted file system: a Linux in QEMU mounts the image.
extlinux_install() {
    tools=$1.tools
    rm -rf "$tools"
    mkdir -p "$tools/mnt" "$tools/proc" "$tools/dev" "$tools/sys"
    linux_files cloud "$tools/linux"
    (cd "$tools" && gzip -dc linux/initrd | cpio -id --quiet)
    cp --parents /usr/bin/extlinux $(ldd /usr/bin/extlinux | grep -o '/[^ ]*') "$tools"
    cp "$images/install-extlinux" "$tools/init"
    mv "$tools/linux" "$1.linux"
    (cd "$tools" && find . | cpio --quiet -o -H newc) >"$1.linux/initrd"
    run_builder "$1" -kernel "$1.linux/vmlinuz" -initrd "$1.linux/initrd" -append "console=ttyS0 quiet nokaslr mitigations=off panic=-1"
    rm -rf "$tools" "$1.linux"
    mbr_install "$1"
}

# GRUB 0.97: its own installer, run from its El Torito image (GRUB manual, "Installing GRUB natively").
grub1_install() {
    cd_tree=$1.cd
    mkdir -p "$cd_tree/boot/grub"
    cp "$grub1/stage2_eltorito" "$cd_tree/boot/grub/"
    cp "$images/install-grub1.lst" "$cd_tree/boot/grub/menu.lst"
    xorriso -as mkisofs -quiet -R -b boot/grub/stage2_eltorito -no-emul-boot -boot-load-size 4 -boot-info-table \
        -o "$1.iso" "$cd_tree" 2>/dev/null
    run_builder "$1" -cdrom "$1.iso" -boot d
    rm -rf "$cd_tree" "$1.iso"
}

# run_builder DISK OPTION...: QEMU with its own BIOS; the guest must say "installed" on serial and reset the machine.
run_builder() {
    disk=$1
    shift
    timeout 120 qemu-system-x86_64 -accel tcg -m 256 -nodefaults -display none -no-reboot -serial file:"$disk.log" \
        -drive file="$disk",format=raw,if=ide "$@" </dev/null
    grep -q installed "$disk.log" || fail "installer for $disk: $(cat "$disk.log")"
    rm -f "$disk.log"
}
