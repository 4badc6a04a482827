# SPDX-License-Identifier: BSD-2-Clause
# results.awk CLOCK SAID: the RESULT lines of run-guests with the processor seconds that the machine used from the guest's BEGIN to its
# RESULT put in after the seconds until the text was there. CLOCK is boot-dom0's: so many lines were said when it had used so many seconds.
NR == FNR {
    for (line = known + 1; line <= $1; line++)
        used[line] = $2
    known = $1
    next
}
$1 == "BEGIN" { begin = used[FNR] }
$1 == "RESULT" { $4 = $4 " " used[FNR] - begin; print }
