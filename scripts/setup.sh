#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Installs what is missing of scripts/packages; silent and off-line when nothing is.
# setup.sh [KIND...]: build, run, test (all three by default). guest packages are not installed:
# tests/boot/images/fetch.sh unpacks them below build/.
set -eu

list=$(dirname "$0")/packages
kinds=${*:-build run test}

wanted() {
    for kind in $kinds; do
        awk -v kind="$kind" '$1 == kind { print $2 }' "$list"
    done
}

missing() {
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null |
        awk '$2 == "installed" { print $1 }')
    for package in $(wanted); do
        echo "$installed" | grep -qxF "$package" || echo "$package"
    done
}

command -v dpkg-query >/dev/null || {
    echo "setup: this is no Debian system; install by other means:" $(wanted) >&2
    exit 1
}
need=$(missing)
[ -n "$need" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null; then
    as_root="sudo -n"
    [ ! -t 0 ] || as_root=sudo
else
    echo "setup: be root, or install sudo, or install these packages:" $need >&2
    exit 1
fi

echo "setup: installing" $need >&2
apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300"
# A mirror in the middle of its update gives an error here although all packages can be had.
$apt update >&2 || echo "setup: apt-get update had errors, going on" >&2
$apt install -y --no-install-recommends $need >&2

need=$(missing)
[ -z "$need" ] || { echo "setup: still missing:" $need >&2; exit 1; }
