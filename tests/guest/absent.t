#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# absent.t: a processor without VMX and SVM, without 64-bit mode, or with VMX locked off by firmware: one line, and the boot goes on
# without a partition (tests/guest/processor runs), unless it was demanded.
cd "$(dirname "$0")" || exit 1
. ./parts.sh
build=$(pwd)/../../build
export LOG ROM
LOG=$build/guest/absent.log

said() { # LABEL LINE
    parts_number=$((parts_number + 1))
    if grep -aqx "hypervisor: $2" "$LOG"; then echo "ok $parts_number - $1: $2"; else echo "not ok $parts_number - $1: $2"; fi
}

part "no extension" ./run processor -cpu qemu64,-svm -append "partition=auto"
said "no extension" "this processor has neither VMX nor SVM; going on without a partition"
part "32 bits" ./run_bochs processor p4_willamette "partition=auto"
said "32 bits" "this processor has no 64-bit mode; going on without a partition"

# A ROM whose reset vector (F000:FFF0) goes to F000:FC00, where FEATURE_CONTROL is locked without VMX if it is not locked yet (a reset
# of the processor alone leaves it), and then on to F000:FE00.
ROM=$build/guest/absent.rom
cp "$build/dfw.rom" "$ROM"
patch() { # OFFSET-FROM-END BYTES
    printf "$2" | dd of="$ROM" bs=1 seek=$(($(stat -c %s "$ROM") - $1)) conv=notrunc status=none
}
patch 1024 '\146\271\072\000\000\000\017\062\250\001\165\004\260\001\017\060\351\355\001'
patch 16 '\351\015\374'
part "locked" ./run_bochs processor corei5_lynnfield_750 "partition=auto"
said "locked" "firmware has locked VMX off; going on without a partition"

# Demanded: the machine stops there, so the line is awaited.
rm -f "$LOG"
timeout 120 qemu-system-x86_64 -M pc -m 64 -accel tcg -display none -net none -cpu qemu64,-svm -kernel "$build/vmxloader" -append "partition=svm" \
    -debugcon "file:$LOG" >/dev/null 2>&1 &
pid=$!
for _ in $(seq 100); do
    grep -qs "^hypervisor: " "$LOG" && break
    sleep 1
done
kill $pid
said "demanded" "this processor has neither VMX nor SVM"
parts_end
