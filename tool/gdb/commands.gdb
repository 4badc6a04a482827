# SPDX-License-Identifier: BSD-2-Clause
# gdb commands that know segments and the BIOS' data: `dfw gdb` reads this. 16-bit code, our ROMs at their run addresses.
set pagination off
set confirm off

define here
  printf "%04x:%04x  ax=%04x bx=%04x cx=%04x dx=%04x si=%04x di=%04x bp=%04x sp=%04x ds=%04x es=%04x ss=%04x fl=%04x\n", \
    $cs, (int)$eip, $eax & 0xffff, $ebx & 0xffff, $ecx & 0xffff, $edx & 0xffff, $esi & 0xffff, $edi & 0xffff, \
    (int)$ebp & 0xffff, (int)$esp & 0xffff, $ds, $es, $ss, $eflags & 0xffff
  if ($cr0 & 1) && !($eflags & 0x20000)
    x/6i $eip
  else
    x/6i $cs * 16 + (int)$eip
  end
end
document here
Registers and the next instructions: at CS * 16 + IP, or in protected mode at EIP.
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

define int
  set $vector = $arg0
  thbreak *(*(unsigned short *)($vector * 4 + 2) * 16 + *(unsigned short *)($vector * 4))
  continue
  here
end
document int
int N: run until interrupt N is taken (int 0x13), then `here`. Its vector is looked up now.
end

define bda
  printf "COM %04x %04x %04x %04x  LPT %04x %04x %04x  EBDA %04x\n", *(unsigned short *)0x400, *(unsigned short *)0x402, \
    *(unsigned short *)0x404, *(unsigned short *)0x406, *(unsigned short *)0x408, *(unsigned short *)0x40a, *(unsigned short *)0x40c, \
    *(unsigned short *)0x40e
  printf "equipment %04x  memory %d KiB  ticks %d\n", *(unsigned short *)0x410, *(unsigned short *)0x413, *(unsigned int *)0x46c
  printf "keyboard flags %04x  head %04x  tail %04x  buffer %04x-%04x\n", *(unsigned short *)0x417, *(unsigned short *)0x41a, \
    *(unsigned short *)0x41c, *(unsigned short *)0x480, *(unsigned short *)0x482
  printf "video mode %02x  columns %d  rows %d  page %d at %04x  cursor %d,%d  CRTC %03x\n", *(unsigned char *)0x449, \
    *(unsigned short *)0x44a, *(unsigned char *)0x484 + 1, *(unsigned char *)0x462, *(unsigned short *)0x44e, \
    *(unsigned char *)0x451, *(unsigned char *)0x450, *(unsigned short *)0x463
  printf "disks %d  last disk status %02x  floppy status %02x\n", *(unsigned char *)0x475, *(unsigned char *)0x474, *(unsigned char *)0x441
end
document bda
The BIOS data area, 0040:0000, in words.
end

define e820
  set $n = 0
  while $n < *(unsigned short *)$e820_count
    set $entry = $e820_entries + $n * 20
    printf "%08x%08x  %08x%08x  type %d\n", *(unsigned int *)($entry + 4), *(unsigned int *)$entry, \
      *(unsigned int *)($entry + 12), *(unsigned int *)($entry + 8), *(unsigned int *)($entry + 16)
    set $n = $n + 1
  end
end
document e820
The memory map that INT 15h AX=E820h gives: base, length, type (1 RAM, 2 reserved). Needs our firmware.
end

define bootsector
  thbreak *0x7c00
  continue
  here
end
document bootsector
Run to the first instruction of the boot sector.
end
