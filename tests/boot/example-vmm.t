#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# example-vmm.t: examples/kvm_vmm.c boots a floppy image by vmxloader. On this machine's KVM where there is one; else on the KVM
# of a Debian kernel inside QEMU, whose emulated processor has SVM.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
make -s build/examples/kvm_vmm build/programs/print.bin
work=build/examples/test
rm -rf "$work" && mkdir -p "$work"
cp build/programs/print.bin "$work/floppy.img"
truncate -s 1440K "$work/floppy.img"

on_this_machine() {
    timeout 20 build/examples/kvm_vmm build/vmxloader "$work/floppy.img" >"$work/serial" 2>"$work/debug" </dev/null || true
}

in_qemu() {
    package=build/guests/pkg/linux-image-cloud-amd64
    root=$work/root
    mkdir -p "$root/bin" "$root/dev"
    cp build/guests/pkg/busybox-static/bin/busybox "$root/bin/"
    cp build/examples/kvm_vmm build/vmxloader "$work/floppy.img" "$root"
    for module in irqbypass kvm kvm-amd; do
        find "$package/lib/modules" -name "$module.ko" -exec cp '{}' "$root" ';'
    done
    cat >"$root/init" <<EOF
#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t devtmpfs none /dev
for module in irqbypass kvm kvm-amd; do insmod /\$module.ko; done
timeout 60 /kvm_vmm /vmxloader /floppy.img </dev/null
poweroff -f
EOF
    chmod +x "$root/init"
    (cd "$root" && find . | cpio --quiet -o -H newc) >"$work/initrd"
    timeout 150 qemu-system-x86_64 -accel tcg -cpu qemu64,+svm,+npt -m 512 -nodefaults -display none -no-reboot \
        -serial "file:$work/serial" -kernel "$package"/boot/vmlinuz-* -initrd "$work/initrd" \
        -append "console=ttyS0 quiet nokaslr mitigations=off panic=-1" >"$work/debug" 2>&1 </dev/null &
    qemu=$!
    while kill -0 $qemu 2>/dev/null && ! grep -aq 'rruunnss\|runs from' "$work/serial" 2>/dev/null; do sleep 1; done
    kill $qemu 2>/dev/null || true
    wait $qemu 2>/dev/null || true
}

echo 1..1
if build/dfw doctor 2>/dev/null | grep -q 'a guest really ran'; then
    on_this_machine
    where="this machine's KVM"
else
    in_qemu
    where="KVM on QEMU's SVM"
fi
# print.bin writes each character by INT 10h and by INT 14h: without a display adapter COM1 has both.
if tr -d '\r' <"$work/serial" | grep -aq 'bboooott  sseeccttoorr  rruunnss'; then
    echo "ok 1 - kvm_vmm boots a floppy image, $where"
else
    echo "not ok 1 - kvm_vmm boots a floppy image, $where"
    tail -n 20 "$work/serial" "$work/debug" | tr -cd '[:print:]\n' | sed 's/^/# /'
    exit 1
fi
