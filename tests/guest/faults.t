#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# faults.t: guests that end badly (tests/guest/faults): what the hypervisor says, and that the machine comes back each time.
cd "$(dirname "$0")" || exit 1
. ./parts.sh

# said LABEL WHAT...: each stands in the debug log, with the registers
said() {
    label=$1
    shift
    for what; do
        parts_number=$((parts_number + 1))
        if grep -a -A2 "hypervisor: $what" "$LOG" | grep -q '^rax='; then
            echo "ok $parts_number - $label: says \"$what\""
        else
            echo "not ok $parts_number - $label: says \"$what\""
        fi
    done
}

export LOG
LOG=$(pwd)/../../build/guest/faults.log
part "VMX" ./run_bochs faults corei5_lynnfield_750 "partition=vmx"
said "VMX" "triple fault" "the guest writes over vmxassist, and gets a copy"
part "VMX without EPT" ./run_bochs faults core2_penryn_t9600 "partition=vmx"
said "VMX without EPT" "real mode entered, and there is no vmxassist at D0000" "the processor refuses this guest state"
part "VMX, unrestricted guest" ./run_bochs faults corei5_arrandale_m520 "partition=vmx"
said "VMX, unrestricted guest" "triple fault"
part "SVM" ./run faults -action reboot=reset -cpu qemu64,+svm,+npt -append "partition=svm"
part "SVM, strict" ./run faults -action reboot=reset -cpu qemu64,+svm,+npt -append "partition=svm strict"
said "SVM, strict" "triple fault" "the guest writes over vmxassist, and gets a copy"
part "SVM, strict, without nested paging" ./run faults -action reboot=reset -cpu qemu64,+svm,-npt -append "partition=svm strict"
parts_end
