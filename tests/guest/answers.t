#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# answers.t: our answers to tests/guest/conformance are those of answers.tsv, and whatever differs from a peer there is explained.
cd "$(dirname "$0")/../.." || exit 1
table=tests/guest/conformance/answers.tsv
tests/guest/conformance/record.sh dfw >build/guest/answers.now
grep -v '^#' "$table" | cut -f 1,2 >build/guest/answers.recorded
echo 1..2
if [ -s build/guest/answers.now ] && diff build/guest/answers.recorded build/guest/answers.now >build/guest/answers.diff; then
    echo "ok 1 - $(wc -l <build/guest/answers.now) answers are as recorded"
else
    sed 's/^/# /' build/guest/answers.diff
    echo "not ok 1 - answers are as recorded"
fi
unexplained=$(grep -v '^#' "$table" | awk -F '\t' '($2 != $3 || $2 != $4) && $5 == "" { print "# " $1 }')
[ -z "$unexplained" ] && echo "ok 2 - every difference from a peer is explained" || { echo "$unexplained"; echo "not ok 2 - every difference from a peer is explained"; }
