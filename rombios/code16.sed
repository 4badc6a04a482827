# gcc -m16 calls and returns with 32-bit addresses. A word pushed in place of the address' upper half gives the same stack
# for 2 bytes less a call. Addresses of C objects lie below 64 KiB of a segment: the 16-bit form of a register means the same.
s/^\tcall\t([A-Za-z_][A-Za-z0-9_.]*)$/\tpushw\t%ax\n\tcallw\t\1/
s/^\tret$/\tretw\t$2/
/	lea/!s/\(%e(bx|si|di|bp)\)/(%\1)/
