#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# services.t: every row of docs/services.tsv has five columns and a test that exists, and docs/services.md is made from it.
cd "$(dirname "$0")/../.." || exit 1

untested() {
    grep -v '^#' docs/services.tsv | while IFS="$(printf '\t')" read -r line; do
        [ "$(printf '%s' "$line" | tr -cd '\t' | wc -c)" = 4 ] || { echo "not five columns: $line"; continue; }
        test=$(printf '%s' "$line" | cut -f 5)
        case $line in
        *"$(printf '\t')served$(printf '\t')-") echo "served, but no test: $line" ;;
        *"$(printf '\t')-") ;;
        *:) echo "no text named: $test" ;;
        *) grep -qF -- "${test#*:}" "${test%%:*}" 2>/dev/null || echo "no such test: $test" ;;
        esac
    done
}
report() { # NUMBER RULE OFFENDERS
    [ -z "$3" ] && echo "ok $1 - $2" || { echo "$3" | sed 's/^/# /'; echo "not ok $1 - $2"; }
}
echo 1..2
report 1 "every service has a test" "$(untested)"
report 2 "docs/services.md is current: scripts/services.sh >docs/services.md" "$(scripts/services.sh | diff docs/services.md - 2>&1)"
