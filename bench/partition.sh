#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What the partition costs (make bench): instructions of a whole boot from reset to the Linux kernel's entry (BIOS, GRUB 2 and its load
# of kernel and initrd), beside the same firmware without partition; VM exits by kind; one world switch and one trapped instruction.
# QEMU counts by count_plugin.c, Bochs' ticks are its instructions.
# usage: bench/partition.sh BUILD_DIR
set -eu
build=$1
out=$build/bench
disk=$build/guests/grub2-cloud.img
KERNEL_ENTRY=0x1000000                                # startup_32, as GRUB 2 places it

# on_qemu WORDS: instructions to the kernel's entry
on_qemu() {
    rm -f "$out/counted"
    timeout 300 qemu-system-x86_64 -M pc -m 256 -accel tcg -icount shift=0 -display none -net none -no-reboot -cpu qemu64,+svm,+npt \
        -bios "$build/dfw.rom" -fw_cfg name=opt/dfw/cmdline,string="${1:-partition=none}" -serial null -debugcon "file:$out/partition.e9" \
        -plugin "$out/count_plugin.so,out=$out/counted,at=$KERNEL_ENTRY" \
        -drive "format=raw,snapshot=on,if=ide,file=$disk" >/dev/null 2>"$out/qemu.log" || true
    sed -n 's/^kernel_entry //p' "$out/counted"
}

# on_bochs MODEL WORDS: ticks to the kernel's entry, and the exits by kind
on_bochs() {
    rom=$out/partition.rom
    cp "$build/dfw.rom" "$rom"
    printf '%s' "$2" | dd of="$rom" bs=1 seek=$(($(stat -c %s "$rom") - 0x300 + 8)) conv=notrunc status=none
    printf 'pb %s\nc\nq\n' "$KERNEL_ENTRY" >"$out/partition.rc"
    timeout 300 bochs-bin -q -f /dev/null -rc "$out/partition.rc" "config_interface: textconfig" \
        "display_library: rfb, options=\"timeout=0\"" "log: /dev/null" "panic: action=fatal" "error: action=ignore" "info: action=ignore" \
        "debug: action=ignore" "port_e9_hack: enabled=1" "speaker: enabled=0" "mouse: enabled=0" \
        "sound: waveoutdrv=dummy, waveindrv=dummy, midioutdrv=dummy" "romimage: file=$rom" \
        "vgaromimage: file=$build/vgabios-std.bin" "vga: extension=vbe" "pci: enabled=1, chipset=i440fx, slot1=pcivga" "megs: 256" \
        "cpu: model=$1, ips=50000000" "clock: sync=none, time0=946684800" \
        "ata0-master: type=disk, path=$disk, mode=volatile, journal=$out/journal" "boot: disk" \
        </dev/null >"$out/partition.e9" 2>/dev/null || true
    sed -n 's/^Next at t=//p' "$out/partition.e9" | tail -n 1
}

# row NAME VALUE BASE
row() {
    awk -v name="$1" -v v="${2:-0}" -v base="${3:-0}" 'BEGIN { printf "%-48s %14s %9s\n", name, v ? v : "-", v && base ? sprintf("%.4f", v / base) : "-" }'
}

echo
printf '%-48s %14s %9s\n' "reset to the kernel's entry" instructions /none
none=$(on_qemu "")
row "QEMU, no partition" "$none" "$none"
row "QEMU, SVM" "$(on_qemu partition=svm)" "$none"
row "QEMU, SVM, strict" "$(on_qemu "partition=svm strict")" "$none"
none=$(on_bochs corei5_arrandale_m520 "")
row "Bochs, no partition" "$none" "$none"
row "Bochs, VMX, unrestricted guest" "$(on_bochs corei5_arrandale_m520 partition=vmx)" "$none"
row "Bochs, VMX, vmxassist" "$(on_bochs corei5_lynnfield_750 partition=vmx)" "$none"
row "Bochs, VMX without EPT, vmxassist" "$(on_bochs core2_penryn_t9600 partition=vmx)" "$none"

echo
echo "one operation, Bochs' instructions (VMX with vmxassist)"
tests/guest/run_bochs world corei5_lynnfield_750 partition=vmx | sed -n 's/^# ticks of/ /p'
echo
for strict in "" --strict; do
    echo "VM exits of a boot to Linux' shell, SVM $strict"
    "$build/dfw" boot --accel tcg --partition svm $strict "$disk" --expect "guest ready" --timeout 300 -v 2>&1 | sed -n 's/.*VM exits: */  /p'
done
