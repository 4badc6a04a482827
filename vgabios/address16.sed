# gcc -m16 addresses through 32-bit registers, one prefix byte an operand. All C objects here lie
# below 64 KiB of a segment, so that the 16-bit form of a register means the same; LEA computes.
/	lea/!s/\(%e(bx|si|di|bp)\)/(%\1)/
