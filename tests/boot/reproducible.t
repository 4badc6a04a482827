#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Two builds in two directories are byte-identical.
set -u
cd "$(dirname "$0")/../.."
echo 1..1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
products="vmxloader dfw.rom rombios.bin vgabios-std.bin vgabios-cirrus.bin vmxassist.bin hypervisor dfw"

for copy in one two/deeper; do
    mkdir -p "$work/$copy"
    tar -c --exclude=./build --exclude=./.git . | tar -x -C "$work/$copy"
    MAKEFLAGS= make -C "$work/$copy" all >"$work/log" 2>&1 || { sed 's/^/# /' "$work/log"; echo "not ok 1 - builds in $copy"; exit 1; }
done
for product in $products; do
    cmp "$work/one/build/$product" "$work/two/deeper/build/$product" >>"$work/differ" 2>&1 || true
done
if [ -s "$work/differ" ]; then
    sed 's/^/# /' "$work/differ"
    echo "not ok 1 - two builds are byte-identical"
    exit 1
fi
echo "ok 1 - two builds are byte-identical"
