#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# world_vmx.t: tests/guest/world in a VMX partition on Bochs: with EPT, without, and with unrestricted guest, used and not, and with the first processors' VMX.
cd "$(dirname "$0")" || exit 1
. ./parts.sh
part "EPT" ./run_bochs world corei5_lynnfield_750 "partition=vmx"
part "no EPT" ./run_bochs world core2_penryn_t9600 "partition=vmx"
part "unrestricted guest" ./run_bochs world corei5_arrandale_m520 "partition=vmx"
part "unrestricted guest, strict" ./run_bochs world corei5_arrandale_m520 "partition=vmx strict"
part "early" ./run_bochs world core2_penryn_t9600 "partition=vmx early"
parts_end
