#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The rules of the tree that a script can check: licence lines, lengths, and that the walks lead to places that exist.
set -u
cd "$(dirname "$0")/../.."
number=0

report() {  # $1: the rule, $2: offenders, a line each
    number=$((number + 1))
    if [ -z "$2" ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        echo "$2" | sed 's/^/# /'
    fi
}

sources() {
    find . \( -path ./build -o -path ./.git \) -prune -o -type f \( -name '*.[chS]' -o -name '*.inc' -o -name '*.ld' -o -name '*.sh' -o -name '*.t' \) -print
}

dead_stops() {  # a stop is `file:function`; it exists if the file has the function's name
    grep -o '`[a-z0-9_/]*\.[chS]:[a-z0-9_]*`' docs/walks.md | tr -d '`' | while IFS=: read -r file name; do
        grep -qw "$name" "$file" 2>/dev/null || echo "docs/walks.md: $file:$name"
    done
}

echo 1..5
report "every source has its licence line" "$(sources | xargs grep -L 'SPDX-License-Identifier: BSD-2-Clause')"
report "no file is longer than 600 lines" "$(sources | xargs wc -l | awk '$1 > 600 && $2 != "total"')"
report "no generated or foreign binary is in the tree" "$(find . \( -path ./build -o -path ./.git \) -prune -o -type f -print | xargs grep -lP '\x00' 2>/dev/null)"
report "nothing is left to do in the sources" "$(sources | grep -v '^./tests/boot/style.t$' | xargs grep -nwE 'TODO|FIXME|XXX')"
report "every stop of the walks exists" "$([ -e docs/walks.md ] && dead_stops || echo 'docs/walks.md is missing')"
