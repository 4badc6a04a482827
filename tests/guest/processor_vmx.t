#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# processor_vmx.t: tests/guest/processor by itself and in VMX partitions on Bochs. Lynnfield has RDTSCP, Haswell INVPCID too, Penryn neither.
cd "$(dirname "$0")" || exit 1
. ./parts.sh
part "no partition" ./run_bochs processor corei7_haswell_4770
part "EPT" ./run_bochs processor corei5_lynnfield_750 "partition=vmx"
part "no EPT" ./run_bochs processor core2_penryn_t9600 "partition=vmx"
part "early, A20 by alias" ./run_bochs processor core2_penryn_t9600 "partition=vmx early a20"
part "early, x2APIC" ./run_bochs processor corei7_haswell_4770 "partition=vmx early"
part "EPT, A20 by alias" ./run_bochs processor corei5_lynnfield_750 "partition=vmx a20"
part "unrestricted guest" ./run_bochs processor corei7_haswell_4770 "partition=vmx"
parts_end
