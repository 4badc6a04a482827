#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# services.t: the services of rombios, called by tests/guest/services from a disk.
exec "$(dirname "$0")/run" services
