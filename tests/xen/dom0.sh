#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# dom0.sh DIR: makes a Xen machine of Debian's packages: DIR/xen, DIR/vmlinux, DIR/initrd and DIR/root.img (ext4).
# Packages of kind `xen` in scripts/packages, with what they depend on, are unpacked below DIR and not installed; the
# kernel is the one of the test guests. Needs no root and no mounts. What is there already is not made again.
set -eu

dir=$1
here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
PATH=$PATH:/usr/sbin:/sbin
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
kernel=$top/build/guests/pkg/linux-image-amd64

. "$top/tests/boot/images/apt.sh"

packages=$(awk '$1 == "xen" { print $2 }' "$top/scripts/packages")

fetch() {  # again when the list is another
    [ "$(cat "$dir/fetched" 2>/dev/null)" != "$packages" ] || return 0
    apt_begin "$dir/apt"
    : >"$dir/apt/status"        # nothing is installed: every dependency is downloaded
    apt_update
    echo "dom0: fetching packages" >&2
    # shellcheck disable=SC2086 # options and packages are words
    apt-get $apt_options -o Dir::State::status="$dir/apt/status" -o APT::Architectures=amd64 \
        --no-install-recommends -y -d install $packages >"$dir/apt/fetch.log" 2>&1 || {
        cat "$dir/apt/update.log" "$dir/apt/fetch.log" >&2
        echo "dom0: cannot download packages" >&2
        exit 1
    }
    rm -rf "$dir/root"
    mkdir -p "$dir/root"
    for deb in "$dir"/apt/cache/archives/*.deb; do
        dpkg-deb -x "$deb" "$dir/root"
    done
    rm -rf "$dir/apt/cache"
    echo "$packages" >"$dir/fetched"
}

# The ELF inside a bzImage: Linux Documentation/arch/x86/boot.rst, payload_offset and payload_length.
unpack_kernel() {  # $1: vmlinuz, $2: output
    number() { od -An -t"u$3" -j "$2" -N "$3" "$1" | tr -d ' '; }
    setup=$(($(number "$1" 497 1) * 512 + 512))
    tail -c +$((setup + $(number "$1" 584 4) + 1)) "$1" | head -c $(($(number "$1" 588 4) - 4)) | xz -dc >"$2"
}

make_initrd() {  # $1: output. Modules in the order of their dependencies.
    version=$(ls "$kernel/lib/modules")
    tree=$dir/initrd.tree
    rm -rf "$tree"
    mkdir -p "$tree/bin" "$tree/dev" "$tree/proc" "$tree/sys" "$tree/root" "$tree/modules"
    cp "$dir/root/bin/busybox" "$tree/bin/"
    cp "$here/initrd-init" "$tree/init"
    [ -e "$kernel/lib/modules/$version/modules.dep.bin" ] || depmod -b "$kernel" "$version"
    for module in virtio_pci virtio_blk ext4 xen-privcmd xenfs xen-evtchn xen-gntdev xen-gntalloc; do
        modprobe -d "$kernel" -S "$version" --show-depends "$module" | awk '$1 == "insmod" { print $2 }'
    done | awk '!seen[$0]++' | while read -r file; do
        cp "$file" "$tree/modules/"
        echo "${file##*/}" >>"$tree/modules/order"
    done
    (cd "$tree" && find . | sort | cpio --quiet -o -H newc -R 0:0) >"$1"
    rm -rf "$tree"
}

make_root() {  # $1: output
    tree=$dir/root
    rm -rf "$tree/usr/share/doc" "$tree/usr/share/locale" "$tree/usr/share/man" "$tree/usr/lib/python3.11" "$tree/lib/udev"
    mkdir -p "$tree/proc" "$tree/sys" "$tree/dev" "$tree/tmp" "$tree/run" "$tree/job" "$tree/var/run" "$tree/var/tmp" "$tree/var/log/xen" \
        "$tree/var/lib/xen" "$tree/var/lib/xenstored"
    cp "$here/dom0-init" "$tree/sbin/init"
    rm -f "$1"
    truncate -s 512M "$1"
    mkfs.ext4 -q -F -O ^has_journal -E root_owner=0:0 -d "$tree" "$1"
}

fetch
[ "$dir/xen" -nt "$dir/fetched" ] || gzip -dc "$dir"/root/boot/xen-*-amd64.gz >"$dir/xen"
[ "$dir/vmlinux" -nt "$dir/fetched" ] || unpack_kernel "$(echo "$kernel"/boot/vmlinuz-*)" "$dir/vmlinux"
[ "$dir/initrd" -nt "$here/initrd-init" ] || make_initrd "$dir/initrd"
[ "$dir/root.img" -nt "$here/dom0-init" ] && [ "$dir/root.img" -nt "$here/dom0.sh" ] || make_root "$dir/root.img"
