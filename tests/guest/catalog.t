#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# catalog.t: the boot catalogue, read by a program that came from the CD as an emulated floppy.
set -eu
cd "$(dirname "$0")/../.."
out=build/guest/catalog
mkdir -p "$out/cd"
cp build/guest/catalog.img "$out/cd/floppy.img"
truncate -s 1440K "$out/cd/floppy.img"
xorriso -as mkisofs -quiet -o "$out/cd.iso" -b floppy.img "$out/cd" 2>"$out/xorriso.log"
exec tests/guest/run catalog -boot d -drive "format=raw,if=ide,index=2,media=cdrom,file=$out/cd.iso"
