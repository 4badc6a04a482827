#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# video.t: the VGA BIOS of the standard card, called by tests/guest/video; the monitor has a size that no
# VESA mode has.
exec "$(dirname "$0")/run" video -vga std -global VGA.xres=1360 -global VGA.yres=1020
