#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# world_lynnfield.t: world.t on VMX with EPT, without unrestricted guest.
exec "$(dirname "$0")/run_bochs" world corei5_lynnfield_750
