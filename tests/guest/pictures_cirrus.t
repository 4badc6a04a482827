#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# pictures_cirrus.t: pictures.t on the Cirrus card.
exec "$(dirname "$0")/pictures.t" cirrus
