#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Linux for a guest image: sourced by make-guest.sh. linux_files FLAVOUR DIR leaves DIR/vmlinuz and DIR/initrd.
# Kernel and busybox are Debian's, unchanged; /init is tests/boot/images/init. A flavour that ends in -short boots with few modules and
# says little: for Xen in an emulator, where each character on COM1 costs a millisecond.

linux_kernel() {  # the package directory of flavour $1
    case ${1%-short} in
    cloud) echo "$pkg/linux-image-cloud-amd64" ;;
    amd64) echo "$pkg/linux-image-amd64" ;;
    i386) echo "$pkg/linux-image-686-i386" ;;
    *) fail "no Linux flavour $1" ;;
    esac
}

# Drivers of every disk and CD that an engine may offer, and the file systems of the images.
linux_modules="ata_piix ata_generic ahci sd_mod sr_mod virtio_pci virtio_blk virtio_scsi nvme ext4 isofs vfat nls_cp437 nls_ascii
    nls_iso8859-1 usb_storage uhci_hcd i8042 atkbd"

linux_modules_short="xen_blkfront ahci ata_piix sd_mod sr_mod ext4 isofs i8042 atkbd"

linux_initrd() {  # flavour $1, output $2
    modules=$linux_modules
    from=$(linux_kernel "$1")
    version=$(ls "$from/lib/modules")
    root=$2.root
    rm -rf "$root"
    mkdir -p "$root/bin" "$root/dev" "$root/proc" "$root/sys" "$root/mnt"
    case $1 in
    i386*) cp "$pkg/busybox-static-i386/bin/busybox" "$root/bin/" ;;
    *) cp "$pkg/busybox-static/bin/busybox" "$root/bin/" ;;
    esac
    cp "$images/init" "$root/init"
    case $1 in *-short) modules=$linux_modules_short ;; esac
    for module in $modules; do
        modprobe -d "$from" -S "$version" --show-depends "$module" 2>/dev/null | awk '$1 == "insmod" { print $2 }'
    done | sort -u | while read -r file; do
        to=$root/lib/modules/$version/${file##*/}
        mkdir -p "${to%/*}"
        cp "$file" "$to"
    done
    depmod -b "$root" "$version" 2>/dev/null
    rm -f "$root/lib/modules/$version"/modules.*.bin
    (cd "$root" && find . | sort | cpio --quiet -o -H newc -R 0:0) | gzip -9n >"$2"
    rm -rf "$root"
}

linux_files() {  # flavour $1, directory $2
    from=$(linux_kernel "$1")
    version=$(ls "$from/lib/modules")
    [ -e "$from/lib/modules/$version/modules.dep.bin" ] || depmod -b "$from" "$version"
    mkdir -p "$2"
    cp "$from"/boot/vmlinuz-* "$2/vmlinuz"
    linux_initrd "$1" "$2/initrd"
    case $1 in *-short) linux_args="$linux_args quiet" ;; esac
    echo "The guest looks for this file on the medium it came from." >"$2/guest.txt"
}

# One line for all loaders. No KASLR and no mitigations: they cost seconds on an emulator and concern no firmware. no-scroll keeps the text screen where
# the BIOS has it, so that dfw can read it.
linux_args="console=tty0 console=ttyS0,115200 nokaslr mitigations=off panic=-1 no-scroll"
