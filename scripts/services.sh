#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# services.sh: docs/services.md, from docs/services.tsv, to stdout.
cd "$(dirname "$0")/.." || exit 1
cat <<'END'
# Services of rombios and vgabios

Made by `scripts/services.sh` from [services.tsv](services.tsv). The test of a row is a text in a file; `make check` fails if
it is not there. [conformance/answers.tsv](../tests/guest/conformance/answers.tsv) has what the peers answer. All calls keep every register,
upper halves included, that they do not answer in, and take 32 bytes of stack, INT 10h 320.

| interrupt | function | what | status | test |
|---|---|---|---|---|
END
grep -v '^#' docs/services.tsv | awk -F '\t' '{ gsub(/\|/, "\\|"); printf "| %s | %s | %s | %s | %s |\n", $1, $2, $3, $4, $5 == "-" ? "-" : "`" $5 "`" }'
