#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# walks.t: every stop of docs/walks.md exists: `file:symbol`, the symbol as a word in the file.
cd "$(dirname "$0")/../.."
n=0
grep -o '`[a-z0-9_/]*\.[chS]:[A-Za-z0-9_]*`' docs/walks.md | tr -d '`' | sort -u >/tmp/walks.$$
while IFS=: read -r file symbol; do
    n=$((n + 1))
    if [ -f "$file" ] && grep -qw "$symbol" "$file"; then
        echo "ok $n - $file:$symbol"
    else
        echo "not ok $n - $file:$symbol"
    fi
done </tmp/walks.$$
rm -f /tmp/walks.$$
echo "1..$n"
