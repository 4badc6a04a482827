#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# processors_vmx.t: tests/guest/processors in a VMX partition on Bochs, real mode by vmxassist and by the processor.
cd "$(dirname "$0")" || exit 1
. ./parts.sh
export CPUS=2
part "real mode by vmxassist" ./run_bochs processors corei5_lynnfield_750 "partition=vmx"
part "real mode by the processor" ./run_bochs processors corei5_arrandale_m520 "partition=vmx"
parts_end
