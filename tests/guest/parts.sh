# SPDX-License-Identifier: BSD-2-Clause
# For a test that runs several programs, each with its own TAP, as one:
#   part LABEL COMMAND...   the results, numbered on; a program that does not reach its plan is a failure
#   parts_end               the plan of all
parts_number=0

part() {
    label=$1 ended=
    shift
    while read -r line; do
        case $line in
        "ok "*) parts_number=$((parts_number + 1)); echo "ok $parts_number - $label:${line#ok *[0-9] -}" ;;
        "not ok "*) parts_number=$((parts_number + 1)); echo "not ok $parts_number - $label:${line#not ok *[0-9] -}" ;;
        "1..0 # SKIP"*) ended=1; parts_number=$((parts_number + 1)); echo "ok $parts_number - $label ${line#1..0 }" ;;
        1..*) ended=1 ;;
        *) echo "$line" ;;
        esac
    done <<END
$("$@")
END
    [ "$ended" ] || { parts_number=$((parts_number + 1)); echo "not ok $parts_number - $label: the program ends"; }
}

parts_end() {
    echo "1..$parts_number"
}
