#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# fetch.sh DIR: unpacks the `guest` packages of scripts/packages into DIR/NAME (DIR/NAME-i386 for :i386).
# A package that is there is not fetched again.
set -eu

dir=$1
list=$(dirname "$0")/../../../scripts/packages
. "$(dirname "$0")/apt.sh"
apt_begin "$dir/apt"
apt_options="$apt_options -o APT::Architectures::=amd64 -o APT::Architectures::=i386"
mkdir -p "$apt_dir/debs"

place() {  # the directory of package $1
    case $1 in
    *:i386) echo "$dir/${1%:i386}-i386" ;;
    *) echo "$dir/${1%:*}" ;;
    esac
}

# linux-image-* are empty packages that depend on the one with the kernel.
real_name() {
    case $1 in
    linux-image-*) ;;
    *) echo "$1"; return ;;
    esac
    kernel=$(apt-cache $apt_options show --no-all-versions "$1" |
        sed -n 's/^Depends: \(linux-image-[^ ,]*\).*/\1/p' | head -n 1)
    case $1 in
    *:i386) echo "$kernel:i386" ;;
    *) echo "$kernel" ;;
    esac
}

for package in $(awk '$1 == "guest" { print $2 }' "$list"); do
    to=$(place "$package")
    [ ! -d "$to" ] || continue
    apt_update
    name=$(real_name "$package")
    echo "guests: fetching $name" >&2
    rm -rf "$to.new" "$apt_dir/debs" && mkdir -p "$to.new" "$apt_dir/debs"
    (cd "$apt_dir/debs" && apt-get $apt_options download "$name" >fetch.log 2>&1) || {
        cat "$apt_dir/update.log" "$apt_dir/debs/fetch.log" >&2
        rm -rf "$to.new" "$apt_dir/updated"
        echo "guests: cannot download $name" >&2
        exit 1
    }
    dpkg-deb -x "$apt_dir"/debs/*.deb "$to.new"
    mv "$to.new" "$to"
done
rm -rf "$apt_dir/debs"
