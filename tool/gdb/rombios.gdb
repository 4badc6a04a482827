# SPDX-License-Identifier: BSD-2-Clause
# gdb -x tool/gdb/rombios.gdb: our ROMs at their run addresses, 16-bit code, and commands that know
# segments. QEMU must wait with -S -s; run from the top of the tree.
set pagination off
set confirm off
set tdesc filename tool/gdb/i8086.xml
target remote :1234
add-symbol-file build/rombios.elf -o 0xF0000
add-symbol-file build/vgabios-std.elf -o 0xC0000
set architecture i8086

define here
  printf "%04x:%04x  ax=%04x bx=%04x cx=%04x dx=%04x si=%04x di=%04x bp=%04x sp=%04x ds=%04x es=%04x ss=%04x fl=%04x\n", \
    $cs, (int)$eip, $eax & 0xffff, $ebx & 0xffff, $ecx & 0xffff, $edx & 0xffff, $esi & 0xffff, $edi & 0xffff, \
    (int)$ebp & 0xffff, (int)$esp & 0xffff, $ds, $es, $ss, $eflags & 0xffff
  x/6i $cs * 16 + (int)$eip
end
document here
Registers and the next instructions, at CS * 16 + IP.
end

define step16
  stepi
  here
end
document step16
One instruction, then `here`.
end

define ivt
  set $n = 0
  while $n < 0x20
    printf "%02x %04x:%04x\n", $n, *(unsigned short *)($n * 4 + 2), *(unsigned short *)($n * 4)
    set $n = $n + 1
  end
end
document ivt
Interrupt vectors 00h to 1Fh.
end

define bootsector
  break *0x7c00
  continue
  here
end
document bootsector
Run to the first instruction of the boot sector.
end
