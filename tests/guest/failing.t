#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# failing.t: bad sectors on every kind of disk, an IDE drive that hangs, a SCSI disk that is pulled out, a serial port that is never empty.
cd "$(dirname "$0")/../.." || exit 1
out=build/guest/failing
mkdir -p "$out"
rm -f "$out"/*
n=0
printf 'S\020' >"$out/S"           # the code of a medium that cannot be read
printf 'S\040' >"$out/A"            # QEMU's ATA and SCSI drives abort the command
printf H >"$out/H"
printf P >"$out/P"
truncate -s 1M "$out/S" "$out/A" "$out/H" "$out/P"
mkfifo "$out/serial" "$out/monitor.in" "$out/monitor.out"

numbered() { # NAME: the results on stdin, numbered on
    while read -r line; do
        case $line in
        "ok "*) n=$((n + 1)); echo "ok $n - $1: ${line#ok [0-9]*- }" ;;
        "not ok "*) n=$((n + 1)); echo "not ok $n - $1: ${line#not ok [0-9]*- }" ;;
        1..*) ;;
        *) echo "$line" ;;
        esac
    done
}

# boot NAME QEMU-OPTION...
boot() {
    name=$1
    shift
    tests/guest/run failing -icount shift=3 -rtc clock=vm "$@" >"$out/tap" 2>&1
    numbered "$name" <"$out/tap"
    grep -q '^1\.\.' "$out/tap" || { n=$((n + 1)); echo "not ok $n - $name: the program ends"; }
}

# bad NAME IMAGE DEVICE [ADAPTER]: a disk whose sector 5 cannot be read
bad() {
    boot "$1" ${4:+-device "$4"} -blockdev "driver=blkdebug,node-name=bad,image.driver=file,image.filename=$out/$2,image.locking=off,inject-error.0.event=none,inject-error.0.iotype=read,inject-error.0.sector=5" \
        -device "$3,drive=bad"
}
bad IDE A ide-hd,bus=ide.1
bad AHCI A ide-hd,bus=sata.0 ahci,id=sata
bad virtio S virtio-blk-pci
bad SCSI A scsi-hd virtio-scsi-pci
bad NVMe S nvme,serial=1

# Enough for POST and the first sector, then a byte a second.
boot "IDE, hanging" -drive "format=raw,snapshot=on,if=ide,index=2,file=$out/H,throttling.bps-read=1,throttling.bps-read-max=1600,cache=none"

# Read until the monitor takes the disk out.
(exec 3>"$out/monitor.in" 4<"$out/monitor.out"
    tail -c +1 <&4 >"$out/monitor.log" &
    for _ in $(seq 100); do
        sleep 0.2
        grep -qas '^ok 1 ' "$(ls -t build/guest/failing-*.debug | head -1)" && break
    done
    echo "device_del pulled" >&3
    sleep 20) &
boot "SCSI, pulled out" -device virtio-scsi-pci -drive "format=raw,if=none,id=pull,file=$out/H" -device scsi-hd,id=pulled,drive=pull \
    -chardev "pipe,id=monitor,path=$out/monitor" -mon chardev=monitor
kill $! 2>/dev/null

# COM2 is a pipe that nobody reads: full after 64 KiB.
exec 5<>"$out/serial"
boot "serial port" -drive "format=raw,snapshot=on,if=ide,index=1,file=$out/P" -serial none -chardev "pipe,id=full,path=$out/serial" \
    -device isa-serial,chardev=full
echo "1..$n"
