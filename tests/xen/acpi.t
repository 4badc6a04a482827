#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The compiled ACPI tables in ACPICA's interpreter, with the names that vmxloader makes at run time: PCI window above
# 4 GiB, interrupts by links (440FX, Bochs) and by I/O APIC inputs (Xen), hotplug slots, VM generation ID.
set -eu

cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0
echo 1..8

names() {  # file, PCIX, PCIG, PHBH
    cat >"$work/$1.asl" <<END
DefinitionBlock ("", "SSDT", 1, "DFW   ", "NAMES   ", 1)
{
    Name (\\PCIX, $2) Name (\\PCIG, $3) Name (\\PCIB, 0xC0000000) Name (\\PCIL, 0xFBFFFFFF)
    Name (\\PHBL, 0) Name (\\PHBH, $4) Name (\\PHLL, 0xFFFFFFFF) Name (\\PHLH, 3) Name (\\PHSL, 0) Name (\\PHSH, 2)
    External (\\_SB.PCI0._PRT, MethodObj)
    Method (\\ROUT) { Local0 = \\_SB.PCI0._PRT () Return (DerefOf (Local0 [22])) }      // slot 5, pin C
    Name (\\VGIA, 0x1234) Name (\\HCO1, 1) Name (\\HCO2, 0) Name (\\HLPT, 0) Name (\\HFDC, 1) Name (\\HHPT, 1)
}
END
    iasl -p "$work/$1" "$work/$1.asl" >/dev/null 2>&1
}

evaluate() {  # tables... -- commands separated by ;
    tables=
    while [ "$1" != -- ]; do
        tables="$tables $1"
        shift
    done
    # shellcheck disable=SC2086 # tables are words
    { echo "$2;quit" | tr ';' '\n'; } | acpiexec $tables 2>&1
}

result() {  # title, pattern, text
    number=$((number + 1))
    if echo "$3" | tr -s ' \n' ' ' | grep -qE "$2"; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        echo "$3" | tail -n 20 | sed 's/^/# /'
    fi
}

names board 3 0 0
names xen 0 16 2
board="build/dsdt_i440fx.aml $work/board.aml"
xen="build/dsdt_i440fx.aml build/ssdt_xen.aml $work/xen.aml"
entry='Elements: \[Integer\] = 000000000005FFFF \[Integer\] = 0000000000000002'

result "440FX: no window above 4 GiB" 'Length 6E =' "$(evaluate $board -- 'evaluate \_SB.PCI0._CRS')"
result "440FX: link C for pin C of slot 5" "$entry"' \[Object Reference\] = [^[]*LNKC' "$(evaluate $board -- 'evaluate \_PIC 1;evaluate \ROUT')"
result "Xen: window above 4 GiB" '8A 2B 00 00 .* 02 00 .*FF FF FF FF 03 00' "$(evaluate $xen -- 'evaluate \_SB.PCI0._CRS')"
result "Xen: an I/O APIC input for each pin" "$entry"' \[Integer\] = 0+ \[Integer\] = 0+26' "$(evaluate $xen -- 'evaluate \_PIC 1;evaluate \ROUT')"
result "Xen: link D for pin C of slot 5 without I/O APIC" "$entry"' \[Object Reference\] = [^[]*LNKD' "$(evaluate $xen -- 'evaluate \ROUT')"
result "Xen: an empty slot" '\[Integer\] = 0000000000000000' "$(evaluate $xen -- 'evaluate \_SB.PCI0.S03._STA')"
result "Xen: the hotplug event runs to its end" 'Evaluating \\_GPE._E01 (0x[0-9A-F]+ Outstanding [^N]*)?No object was returned' "$(evaluate $xen -- 'evaluate \_GPE._E01')"
result "Xen: VM generation ID" '\[Integer\] = 0+1234 \[Integer\] = 0+ ' "$(evaluate $xen -- 'evaluate \_SB.VGEN.ADDR')"
