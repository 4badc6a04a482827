#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# make-guest.sh NAME OUT: builds the guest image NAME (tests/boot/guests lists them) into the file OUT.
# NAME is LOADER-FLAVOUR.KIND: grub2-cloud.img, isolinux-i386.iso ...; needs fetch.sh's packages, no root and no mounts.
set -eu

name=$1
out=$2
images=$(cd "$(dirname "$0")" && pwd)
pkg=$(cd "$(dirname "$out")" && pwd)/pkg
grub1=$pkg/grub-legacy/usr/lib/grub/x86_64-pc
syslinux=/usr/lib/syslinux
programs=$pkg/../../programs
PATH=$PATH:/usr/sbin:/sbin

fail() {
    echo "make-guest: $*" >&2
    exit 1
}
for part in linux loaders media faults; do
    . "$images/$part.sh"
done

work=$out.work
trap 'rm -rf "$work"' EXIT
rm -rf "$work"
mkdir -p "$work/tree"
stem=${name%.*}
flavour=${stem#*-}
case $name in
grub1-floppy.img) make_grub1_floppy ;;
grub2-*.img) make_grub2_disk ;;
extlinux-*.img) make_extlinux_disk ;;
grub1-*.img) make_grub1_disk ;;
syslinux-*.img) make_syslinux_stick ;;
isolinux-*.iso) make_isolinux_cd ;;
vesamenu-*.iso) make_vesamenu_cd ;;
gfxboot-*.iso) make_gfxboot_cd ;;
install-*.iso) make_install_cd ;;
blank-*.img) truncate -s "$flavour" "$work/image" ;;
grub2-*.iso) make_grub2_cd ;;
memtest-*.iso) cp "$pkg/memtest86+/usr/lib/memtest86+/memtest86+$flavour.iso" "$work/image" ;;
memtest-sector.img) make_memtest_sector ;;
memtest-floppy.img) make_memtest_floppy ;;
ipxe-cd.iso) cp "$pkg/ipxe/usr/lib/ipxe/ipxe.iso" "$work/image" ;;
ipxe-floppy.img) make_ipxe_floppy ;;
memdisk-*.iso) make_memdisk_cd ;;
odd-*) make_fault "${stem#odd-}" ;;
*) fail "no guest is called $name" ;;
esac
mv "$work/image" "$out"
