#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# video.t: the VGA BIOS of the standard card, called by tests/guest/video.
exec "$(dirname "$0")/run" video -vga std
