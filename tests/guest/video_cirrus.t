#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# video_cirrus.t: the VGA BIOS of the Cirrus card, called by tests/guest/video.
exec "$(dirname "$0")/run" video -vga cirrus
