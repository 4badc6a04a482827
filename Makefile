# SPDX-License-Identifier: BSD-2-Clause
# Domain firmware: one Makefile. `make` builds build/; `make run`, `make check` set the machine up first.

B := build
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.SECONDARY:

CC      := gcc
LD      := ld
OBJCOPY := objcopy
IASL    := iasl

WARN   := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wno-unused-parameter
FREE   := -std=gnu11 -ffreestanding -fno-pic -fno-pie -fno-stack-protector -fno-asynchronous-unwind-tables \
          -fno-strict-aliasing -fno-delete-null-pointer-checks --param=min-pagesize=0 -fcf-protection=none \
          -ffile-prefix-map=$(CURDIR)=. -g0 -mgeneral-regs-only -Iinclude -I. $(WARN)
# 16-bit rooms: a jump table or a literal pool would be read through DS, which is not the ROM. Far pointers are returned in EAX:
# returned in memory, gcc 12 hands the callee the far variable they go to by its offset alone, and the store is in DS.
# Large data is aligned as the ABI says: gcc would pad to 32 bytes before most tables, 1 KiB of rombios.
FLAGS16 := $(FREE) -m16 -march=i386 -malign-data=abi -Os -mregparm=3 -mpreferred-stack-boundary=2 -fomit-frame-pointer \
           -fno-jump-tables -fno-tree-switch-conversion -ffunction-sections -fdata-sections -fwrapv -freg-struct-return
FLAGS32 := $(FREE) -m32 -march=i686 -Os -mregparm=3 -mpreferred-stack-boundary=2 -fomit-frame-pointer -ffunction-sections
FLAGS64 := $(FREE) -m64 -O2 -mno-red-zone -mcmodel=kernel
PREFIX    := /usr/local
VERSION   := $(shell sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)
HOSTFLAGS := -std=gnu11 -O2 -g -D_GNU_SOURCE -DDFW_PREFIX='"$(PREFIX)"' -DDFW_VERSION='"$(VERSION)"' -ffile-prefix-map=$(CURDIR)=. -I. -Iinclude $(WARN)

objects = $(patsubst %,$(B)/$(1)/%.o,$(basename $(sort $(2))))

all: $(B)/vmxloader $(B)/dfw.rom $(B)/dfw $(B)/hypervisor

# ---- objects: $(B)/16/room/file.o is room/file.c for 16-bit code, and so on -------------
$(B)/16/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(FLAGS16) -I$(<D) -MMD -MP -c $< -o $@
$(B)/16/%.o: %.S
	@mkdir -p $(@D)
	$(CC) $(FLAGS16) -I$(<D) -I$(B) -Wa,-I$(B) -MMD -MP -c $< -o $@
$(B)/32/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(FLAGS32) -I$(<D) -MMD -MP -c $< -o $@
$(B)/32/%.o: %.S
	@mkdir -p $(@D)
	$(CC) $(FLAGS32) -I$(<D) -I$(B) -Wa,-I$(B) -MMD -MP -c $< -o $@
$(B)/64/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(FLAGS64) -I$(<D) -MMD -MP -c $< -o $@
$(B)/64/%.o: %.S
	@mkdir -p $(@D)
	$(CC) $(FLAGS64) -I$(<D) -I$(B) -Wa,-I$(B) -MMD -MP -c $< -o $@

# ---- rombios: 64 KiB is little, so its code is made smaller between compiler and assembler --------
ROM16 = @mkdir -p $(@D)
ROM16 += && $(CC) $(FLAGS16) -MMD -MP -MT $@ -MF $(@:.o=.d) -S $< -o $(@:.o=.s)
ROM16 += && sed -E -f rombios/code16.sed $(@:.o=.s) >$(@:.o=.16.s) && $(CC) -m16 -c $(@:.o=.16.s) -o $@
$(B)/16/rombios/%.o: rombios/%.c rombios/code16.sed
	$(ROM16)
$(B)/16/drivers/%.o: drivers/%.c rombios/code16.sed
	$(ROM16)
$(B)/16/lib/%.o: lib/%.c rombios/code16.sed
	$(ROM16)
ROMBIOS := $(call objects,16,$(wildcard rombios/*.[cS] drivers/*.[cS]) lib/pci_config.c)
$(ROMBIOS): FLAGS16 += -Irombios -Idrivers
DISK_PATH := drivers/ata drivers/ata_disk drivers/atapi drivers/cd rombios/int13_edd
$(DISK_PATH:%=$(B)/16/%.o): FLAGS16 += -O2 -fno-if-conversion -fno-if-conversion2 -fno-align-functions -fno-align-jumps -fno-align-loops -fno-align-labels

$(B)/rombios.elf: rombios/rombios.ld $(ROMBIOS)
	$(LD) -m elf_i386 -z noexecstack --no-check-sections --gc-sections --no-warn-rwx-segments -Map $@.map -T $< -o $@ $(ROMBIOS)
$(B)/rombios.bin: $(B)/rombios.elf
	$(OBJCOPY) -O binary -j .handoff -j .text -j .fixed --gap-fill 0 $< $@

# ---- vgabios: the C files of an image are one translation unit, so that the compiler drops what a card does not use ------
VGABIOS_S      := $(call objects,16,$(filter-out %_std.S %_cirrus.S,$(wildcard vgabios/*.S)))
vgabios_s       = $(VGABIOS_S) $(call objects,16,$(wildcard vgabios/*_$(1).S))
vgabios_c       = $(sort $(filter-out %_std.c %_cirrus.c,$(wildcard vgabios/*.c)) $(wildcard vgabios/*_$(1).c) lib/pci_config.c)
VGABIOS_std    := $(B)/16/vgabios-std.o $(call vgabios_s,std)
VGABIOS_cirrus := $(B)/16/vgabios-cirrus.o $(call vgabios_s,cirrus)
VGABIOS_SIZE   := 32768
$(sort $(VGABIOS_std) $(VGABIOS_cirrus)): FLAGS16 += -Ivgabios -DROM_BLOCKS=64 -Oz -mtune=i486 -fno-tree-loop-im -fno-if-conversion -fno-if-conversion2 \
  -fno-guess-branch-probability -fno-expensive-optimizations -fwhole-program
# 32 KiB is little: addresses are made 16 bits wide between compiler and assembler.
$(B)/16/vgabios-%.o: vgabios/address16.sed $(wildcard vgabios/*.c)
	@mkdir -p $(@D)
	printf '#include "%s"\n' $(call vgabios_c,$*) >$(@:.o=.c)
	$(CC) $(FLAGS16) -MMD -MP -MT $@ -MF $(@:.o=.d) -S $(@:.o=.c) -o $(@:.o=.s)
	sed -E -f vgabios/address16.sed $(@:.o=.s) >$(@:.o=.16.s)
	$(CC) -m16 -c $(@:.o=.16.s) -o $@
FONT_SETS := Uni2 FullGreek FullCyrSlav Uni1 Arabic Lat15 Lat2 CyrKoi
FONTS     := $(B)/font8x8-256.bin $(B)/font8x14.bin $(B)/font8x16.bin
$(B)/16/vgabios/fonts.o: $(FONTS)
$(B)/16/rombios/font8x8.o: $(B)/font8x8.bin

$(B)/host/%: scripts/%.c
	@mkdir -p $(@D)
	$(CC) $(HOSTFLAGS) $< -o $@
$(B)/font8x8-256.bin: HEIGHT = 8
$(B)/font8x14.bin: HEIGHT = 14
$(B)/font8x16.bin: HEIGHT = 16
$(FONTS): $(B)/host/psf2rom vgabios/glyphs.txt
	$< $(HEIGHT) $@ vgabios/glyphs.txt $(FONT_SETS:%=/usr/share/consolefonts/%-VGA$(HEIGHT).psf.gz)
$(B)/font8x8.bin: $(B)/font8x8-256.bin
	head -c 1024 $< >$@

.SECONDEXPANSION:
$(B)/vgabios-%.elf: vgabios/vgabios.ld $$(VGABIOS_$$*)
	$(LD) -m elf_i386 -z noexecstack --gc-sections --no-warn-rwx-segments -Map $@.map -T $< -o $@ $(VGABIOS_$*)
$(B)/vgabios-%.raw: $(B)/vgabios-%.elf
	$(OBJCOPY) -O binary -j .text $< $@
$(B)/vgabios-%.bin: $(B)/vgabios-%.raw $(B)/host/romsum
	$(B)/host/romsum $< $@ $(VGABIOS_SIZE)

# ---- vmxloader --------------------------------------------------------------------------
PAYLOADS  := rombios vgabios-std vgabios-cirrus vmxassist hypervisor
VMXLOADER := $(call objects,32,$(wildcard vmxloader/*.[cS] vmxloader/*/*.[cS] lib/*.c)) $(PAYLOADS:%=$(B)/32/payload-%.o)
$(VMXLOADER): FLAGS32 += -Ivmxloader -Ilib

$(B)/%.aml: vmxloader/tables/%.asl
	@mkdir -p $(@D)
	$(IASL) -vs -vr -p $(B)/$* $< >/dev/null
$(B)/32/vmxloader/tables/dsdt.o: $(B)/dsdt_i440fx.aml $(B)/ssdt_xen.aml

# One object a payload: the image, its size and the sum of its 32-bit words.
$(B)/32/payload-%.o: vmxloader/payload.inc $(B)/%.bin
	@mkdir -p $(@D)
	$(CC) $(FLAGS32) -x assembler-with-cpp -DPAYLOAD_NAME='"$*"' -DPAYLOAD_FILE='"$(B)/$*.bin"' \
	  -DPAYLOAD_SUM=$$(od -An -v -tu4 $(B)/$*.bin | awk '{for (i = 1; i <= NF; i++) s = (s + $$i) % 4294967296} END {printf "%.0f", s}') \
	  -c $< -o $@

$(B)/vmxloader: vmxloader/vmxloader.ld $(VMXLOADER)
	$(LD) -m elf_i386 -z noexecstack --no-warn-rwx-segments -Map $@.map -T $< -o $@ $(VMXLOADER)

$(B)/vmxloader.bin: $(B)/vmxloader
	$(OBJCOPY) -O binary $< $@

# ---- vmxassist --------------------------------------------------------------------------
VMXASSIST := $(call objects,32,$(wildcard vmxassist/*.[cS] x86/*.c x86/native32.S lib/mem.c lib/print.c lib/string.c))
$(filter $(B)/32/vmxassist/%,$(VMXASSIST)): FLAGS32 += -Ilib -Ix86
$(filter $(B)/32/x86/%,$(VMXASSIST)): FLAGS32 += -Oz -fno-jump-tables -fno-inline-functions-called-once \
  -fno-tree-fre -fno-tree-dominator-opts -fno-ipa-sra
# What every interpreted instruction passes is made for speed, the rest for size.
X86_HOT := decode insn memory step valid
$(X86_HOT:%=$(B)/32/x86/%.o): FLAGS32 += -Os -finline-functions-called-once -ftree-fre -ftree-dominator-opts -fipa-sra

$(B)/vmxassist.elf: vmxassist/vmxassist.ld $(VMXASSIST)
	$(LD) -m elf_i386 -z noexecstack --gc-sections --no-warn-rwx-segments -Map $@.map -T $< -o $@ $(VMXASSIST)
$(B)/vmxassist.bin: $(B)/vmxassist.elf
	$(OBJCOPY) -O binary $< $@

# ---- hypervisor: a 64-bit core inside a 32-bit ELF that any boot loader starts ------------
HV_CORE  := $(call objects,64,$(wildcard hypervisor/*.[cS] hypervisor/svm/*.[cS] hypervisor/vmx/*.[cS] lib/*.c x86/*.c))
HV_START := $(call objects,32,$(wildcard hypervisor/start/*.[cS]) lib/mem.c lib/print.c lib/string.c)
$(HV_CORE): FLAGS64 += -Ilib -Ihypervisor -Ix86
$(filter $(B)/64/x86/%,$(HV_CORE)): FLAGS64 += -Os -ffunction-sections -fdata-sections   # task switches alone are used
$(filter $(B)/32/hypervisor/%,$(HV_START)): FLAGS32 += -Ilib -Ihypervisor
$(B)/32/hypervisor/start/start.o: $(B)/hypervisor-core.bin

$(B)/hypervisor-core.elf: hypervisor/core.ld $(HV_CORE)
	$(LD) -m elf_x86_64 -z noexecstack --gc-sections --no-warn-rwx-segments -Map $@.map -T $< -o $@ $(HV_CORE)
$(B)/hypervisor-core.bin: $(B)/hypervisor-core.elf
	$(OBJCOPY) -O binary $< $@
$(B)/hypervisor: hypervisor/start/start.ld $(HV_START)
	$(LD) -m elf_i386 -z noexecstack --no-warn-rwx-segments -Map $@.map -T $< -o $@ $(HV_START)
$(B)/hypervisor.bin: $(B)/hypervisor
	$(OBJCOPY) -O binary $< $@

# ---- dfw.rom ----------------------------------------------------------------------------
ROM := $(call objects,32,$(wildcard rom/*.S))
$(ROM): $(B)/vmxloader.bin

$(B)/rom.elf: rom/rom.ld $(ROM)
	$(LD) -m elf_i386 -z noexecstack --no-warn-rwx-segments -T $< -o $@ $(ROM)
$(B)/dfw.rom: $(B)/rom.elf
	$(OBJCOPY) -O binary --gap-fill 0xFF $< $@

# ---- the dfw command --------------------------------------------------------------------
DFW_LIBS := -ljson-c -lpng -lncursesw
TOOL     := $(call objects,host,$(wildcard tool/*.[cS]))

$(B)/host/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(HOSTFLAGS) -MMD -MP -c $< -o $@
$(B)/host/%.o: %.S
	@mkdir -p $(@D)
	$(CC) -Iinclude -MMD -MP -c $< -o $@
GDB_FILES := $(patsubst tool/%,$(B)/%,$(wildcard tool/gdb/*))
$(B)/gdb/%: tool/gdb/%
	@mkdir -p $(@D)
	cp $< $@
$(B)/guests.table: tests/boot/guests tests/boot/systems
	cat $^ >$@
$(B)/dfw: $(TOOL) $(GDB_FILES) $(B)/guests.table
	$(CC) -o $@ $(TOOL) $(DFW_LIBS)

# What a VMM or a person uses of build/: images, and symbols with what gdb wants to know.
FIRMWARE := vmxloader dfw.rom hypervisor $(addsuffix .bin,rombios vgabios-std vgabios-cirrus vmxassist) \
            $(addsuffix .elf,rombios vgabios-std vgabios-cirrus vmxassist)
SHARE    := $(DESTDIR)$(PREFIX)/share

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/dfw/gdb $(SHARE)/man/man1 $(SHARE)/bash-completion/completions \
	  $(SHARE)/zsh/site-functions $(SHARE)/qemu/firmware
	install $(B)/dfw $(DESTDIR)$(PREFIX)/bin
	install -m 644 $(FIRMWARE:%=$(B)/%) $(B)/guests.table $(SHARE)/dfw
	install -m 644 $(wildcard tool/gdb/*) $(SHARE)/dfw/gdb
	$(B)/dfw manual >$(SHARE)/man/man1/dfw.1
	$(B)/dfw completion bash >$(SHARE)/bash-completion/completions/dfw
	$(B)/dfw completion zsh >$(SHARE)/zsh/site-functions/_dfw
	sed 's,@PREFIX@,$(PREFIX),' tool/descriptor.json >$(SHARE)/qemu/firmware/80-dfw.json

# The Debian package, built from a copy of the tree, unpacked and tried.
check-package: setup
	tests/tool/package $(B)/package

# ---- host tests: each tests/host/*.c is one cmocka program that includes what it tests --------
HOST_TESTS := $(patsubst tests/host/%.c,$(B)/check/%,$(wildcard tests/host/*.c))
SANITIZERS := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

$(B)/check/%: tests/host/%.c
	@mkdir -p $(@D)
	$(CC) $(HOSTFLAGS) -Ilib -Ivmxloader -Irombios -Idrivers -Ihypervisor -O1 $(SANITIZERS) -MMD -MP $< -o $@ -lcmocka $(DFW_LIBS)
# The tests of x86/ link it, instrumented, and the other processor.
X86_TESTS := $(patsubst tests/host/%.c,$(B)/check/%,$(wildcard tests/host/x86_*.c))
X86_CHECK := $(patsubst %.c,$(B)/check/%.o,$(wildcard x86/*.c))
$(B)/check/x86/%.o: x86/%.c
	@mkdir -p $(@D)
	$(CC) $(HOSTFLAGS) -Ilib -Ivmxloader -Irombios -Idrivers -O1 $(SANITIZERS) -MMD -MP -c $< -o $@
$(X86_TESTS): $(B)/check/%: tests/host/%.c x86/native64.S $(X86_CHECK)
	@mkdir -p $(@D)
	$(CC) $(HOSTFLAGS) -Ix86 -O1 $(SANITIZERS) -MMD -MP $< x86/native64.S $(X86_CHECK) -o $@ -lcmocka -lunicorn
check-host: $(HOST_TESTS)
	tests/run host

# ---- guest programs: each folder of tests/guest is one bootable image -------------------------
GUEST_PROGRAMS := $(patsubst tests/guest/%/,$(B)/guest/%.img,$(wildcard tests/guest/*/))
GUEST_COMMON   := $(call objects,16,tests/guest/guest.c tests/guest/guest_boot.S tests/guest/protected.S)

.SECONDEXPANSION:
$(B)/guest/%.img: tests/guest/guest.ld $(GUEST_COMMON) $$(call objects,16,$$(wildcard tests/guest/%/*.[cS]))
	@mkdir -p $(@D)
	$(LD) -m elf_i386 -z noexecstack --no-warn-rwx-segments -T $< -o $(@:.img=.elf) $(filter %.o,$^)
	$(OBJCOPY) -O binary $(@:.img=.elf) $@
	truncate -s 1M $@
guest-programs: all $(GUEST_PROGRAMS) $(B)/rom/pmm.rom

# An option ROM of four blocks of 512 bytes, for QEMU's romfile=.
$(B)/16/tests/rom/pmm.o: FLAGS16 += -DROM_BLOCKS=4
$(B)/rom/%.rom: $(B)/16/tests/rom/%.o tests/rom/rom.ld $(B)/host/romsum
	@mkdir -p $(@D)
	$(LD) -m elf_i386 --oformat binary -T tests/rom/rom.ld -o $@.raw $<
	$(B)/host/romsum $@.raw $@ 2048

# Captured tests of real processors: build/check/sst 286 DIRECTORY/*.MOO.gz
$(B)/check/sst: tests/conformance/sst.c $(X86_CHECK)
	@mkdir -p $(@D)
	$(CC) $(HOSTFLAGS) -Ix86 -O1 $(SANITIZERS) -MMD -MP $< $(X86_CHECK) -o $@ -lcmocka

# Lines of x86/ that the host tests reach: gcov.
X86_GCOV := $(patsubst %.c,$(B)/gcov/%.o,$(wildcard x86/*.c))
$(B)/gcov/x86/%.o: x86/%.c
	@mkdir -p $(@D)
	$(CC) $(HOSTFLAGS) -O0 --coverage -MMD -MP -c $< -o $@
$(B)/gcov/%: tests/host/%.c x86/native64.S $(X86_GCOV)
	$(CC) $(HOSTFLAGS) -Ix86 -O1 -MMD -MP $< x86/native64.S $(X86_GCOV) --coverage -o $@ -lcmocka -lunicorn
coverage: $(X86_TESTS:$(B)/check/%=$(B)/gcov/%)
	rm -f $(B)/gcov/x86/*.gcda
	for t in $^; do $$t >/dev/null 2>&1 || echo "$$t fails" >&2; done
	gcov -n -o $(B)/gcov/x86 x86/*.c 2>/dev/null | awk -F "[':% ]+" '/^File .x86\/[^\/]*\.c/ { f = $$2 } \
	  /^Lines/ && f { printf "%-24s %6s %% of %4d\n", f, $$3, $$5; hit += $$3 * $$5 / 100; all += $$5; f = "" } \
	  END { printf "%-24s %6.2f %% of %4d\n", "x86/", 100 * hit / all, all }'

# libFuzzer on x86/ for FUZZ_SECONDS, from the corpus that it leaves in build/fuzz.
FUZZ_SECONDS := 600
$(B)/fuzz/x86_fuzz: tests/fuzz/x86_fuzz.c x86/native64.S $(wildcard x86/*.[ch])
	@command -v clang >/dev/null || { echo 'make fuzz needs clang with libFuzzer: apt-get install clang' >&2; exit 1; }
	@mkdir -p $(@D)/corpus
	clang -std=gnu11 -O1 -g -Iinclude -Ilib -Ix86 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all $< x86/native64.S x86/*.c -o $@
fuzz: $(B)/fuzz/x86_fuzz
	cd $(B)/fuzz && ./x86_fuzz -max_total_time=$(FUZZ_SECONDS) -max_len=1024 -len_control=0 -print_final_stats=1 corpus

# A BIOS image run wholly in the interpreter: build/check/rom IMAGE
$(B)/check/rom: tests/conformance/rom.c $(wildcard x86/*.[ch])
	@mkdir -p $(@D)
	$(CC) $(HOSTFLAGS) -Ix86 $< x86/*.c -o $@

# Ten million random instructions a mode, another seed each time.
check-x86-long: $(B)/check/x86_unicorn
	SEED=$$(date +%s%N) CASES=10000000 nice $<

# ---- examples: static, because the test runs it in a guest of its own ----------------------------
$(B)/examples/%: examples/%.c
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -O2 $(WARN) -static -o $@ $<

# ---- bench ------------------------------------------------------------------------------
BENCH_GUEST := $(call objects,16,bench/guest_boot.S bench/guest.c)
$(B)/bench/guest.bin: bench/guest.ld $(BENCH_GUEST)
	@mkdir -p $(@D)
	$(LD) -m elf_i386 -z noexecstack --no-warn-rwx-segments -T $< -o $(B)/bench/guest.elf $(BENCH_GUEST)
	$(OBJCOPY) -O binary $(B)/bench/guest.elf $@
$(B)/bench/count_plugin.so: bench/count_plugin.c
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -O2 -Wall -Wextra -Wno-unused-parameter -shared -fPIC -o $@ $<

bench: setup all $(B)/bench/guest.bin $(B)/bench/count_plugin.so $(B)/guests/grub2-cloud.img $(B)/guest/world.img
	bench/run.sh $(B)
	bench/partition.sh $(B)

# ---- guests: boot-sector programs, and images from Debian's packages -----------------------
PROGRAMS := $(filter-out %/guest_boot.bin %/protected.bin,$(patsubst tests/guest/%.S,$(B)/programs/%.bin,$(wildcard tests/guest/*.S)))
images_of = $(addprefix $(B)/guests/,$(sort $(shell awk -v only='$(2)' '!/^\#/ && $$1 ~ only' $(1) | grep -o '@[^]" ,|]*' | tr -d @)))
GUESTS   := $(call images_of,tests/boot/guests tests/boot/faults,.)
XEN_GUESTS = $(call images_of,tests/xen/guests,$(or $(ONLY),.))

$(B)/programs/%.bin: $(B)/16/tests/guest/%.o tests/guest/sector.ld
	@mkdir -p $(@D)
	$(LD) -m elf_i386 --oformat binary -T tests/guest/sector.ld -o $@ $<
$(B)/guests/pkg/fetched: scripts/packages
	tests/boot/images/fetch.sh $(@D)
	@touch $@
$(B)/guests/%: $(B)/guests/pkg/fetched $(PROGRAMS) $(wildcard tests/boot/images/*)
	tests/boot/images/make-guest.sh $* $@
guests: $(GUESTS)

# ---- what a user runs: each sets the machine up first -------------------------------------
setup:
	scripts/setup.sh
run: setup
	+@$(MAKE) --no-print-directory -s all $(B)/guests/grub2-cloud.img
	tests/boot/show $(B)
SUITES_check           := host scripts check
SUITES_check-guests    := host scripts full
SUITES_check-partition := partition
check check-guests check-partition: setup
	+@$(MAKE) --no-print-directory -s -j2 all $(HOST_TESTS) guest-programs guests
	tests/run $(SUITES_$@)
# Xen itself, with a Linux dom0, in QEMU: ONLY=REGEX chooses guests of tests/xen/guests.
check-xen: setup
	+@$(MAKE) --no-print-directory -s -j2 all $(XEN_GUESTS)
	tests/xen/dom0.sh $(B)/xen
	tests/xen/check '$(ONLY)'

# Debian installed from a CD with a pool of its packages, by nobody, four times: an hour of emulated work, so not in `make check`.
INSTALL_ARCH ?= amd64 i386
$(B)/guests/install-debian-%.iso: $(B)/guests/pkg/fetched $(addprefix tests/install/,make-cd install.sh packages)
	tests/install/make-cd $* $@
check-install: setup
	+@$(MAKE) --no-print-directory -s all $(INSTALL_ARCH:%=$(B)/guests/install-debian-%.iso)
	tests/install/check '$(INSTALL_ARCH)' $(INSTALL_OPTIONS)

clean:
	rm -rf $(B)

.PHONY: all install check-package check-host guest-programs bench clean guests setup run check check-guests check-partition check-xen check-x86-long coverage fuzz check-install
-include $(shell find $(B) -path $(B)/guests -prune -o -name '*.d' -type f -print 2>/dev/null)
