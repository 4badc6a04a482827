#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# Every verb's --help, and the mistakes that people make with it: the message they see, on a terminal, and the exit code.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Session;
use File::Temp 'tempdir';

chdir "$FindBin::Bin/../..";
$| = 1;
my $dfw = $ENV{DFW} || 'build/dfw';
my $work = tempdir(CLEANUP => 1);
my $floppy = 'build/guests/grub1-floppy.img';
$ENV{XDG_RUNTIME_DIR} = $work;
$ENV{XDG_CONFIG_HOME} = $work;
delete @ENV{qw(DISPLAY WAYLAND_DISPLAY DFW_CONFIG)};

sub put { my ($name, $text) = @_; open my $out, '>', "$work/$name" or die; print $out $text; close $out; return "$work/$name" }

sub mistake {    # a command line's words after dfw, the code, what is said
    my ($line, $code, $pattern) = @_;
    my $s = run_it(30, $dfw, split ' ', $line);
    check($s->{code} == $code && $s->{text} =~ $pattern, "dfw $line" =~ s/\Q$work\E/DIR/gr, $s);
}

my $help = run_it(10, $dfw, '--help');
my @verbs = $help->{text} =~ /^  dfw (\w+)/mg;
check($help->{code} == 0 && @verbs > 11, 'dfw --help lists the verbs', $help);
for my $verb (@verbs) {
    my $s = run_it(10, $dfw, $verb, '--help');
    check($s->{code} == 0 && $s->{text} =~ /^dfw $verb .*^Options:\n.*--help/ms, "dfw $verb --help", $s);
    mistake("$verb --no-such", 1, qr/--no-such: no such option \(dfw $verb --help lists them\)/);
}
my $nothing = run_it(10, $dfw);
check($nothing->{code} == 1 && $nothing->{text} eq $help->{text}, 'dfw alone shows the same, with code 1', $nothing);
mistake('bott disk.img', 1, qr/bott: no such verb \(dfw --help lists them\)/);

my $notes = put('notes.txt', "only text\n");
my $packed = put('disk.img.gz', "\037\213\010packed");
put('empty.img', '');
mistake('boot', 1, qr/boot: no IMAGE... named/);
mistake("boot $work/nowhere.img", 1, qr/nowhere.img: No such file or directory/);
mistake("boot $notes", 1, qr/notes.txt: no boot sector, .* \(--hd, --cd or --fd attach it all the same\)/);
mistake("boot $packed", 1, qr/unpack it first \(gunzip\)/);
mistake("boot $work", 1, qr/a directory, not an image file/);
mistake("boot $floppy --engine vmware", 1, qr/--engine vmware: not one of qemu\|bochs/);
mistake("boot $floppy -m", 1, qr/--memory needs a value: MIB/);
mistake("boot $floppy --partition svm --engine bochs", 1, qr/QEMU emulates SVM \(--engine qemu\)/);
mistake("boot $floppy --name a/b", 1, qr/--name a\/b: a name is made of letters/);
mistake("boot $floppy -- --no-such", 1, qr/QEMU refused: .*invalid option/);

mistake("boot $floppy --display term --serial stdio", 1, qr/--display term: COM1 cannot be on the same terminal \(--serial FILE\)/);
mistake("boot $floppy --display window --engine bochs", 1, qr/--display window: dfw itself watches Bochs' display/);
mistake('info', 1, qr/info: no IMAGE... named/);
mistake("info $work/empty.img", 1, qr/empty.img: the file is empty/);
mistake("info --menu $floppy", 1, qr/--menu: dfw info takes no such option/);
mistake('doctor now', 1, qr/doctor: one word too many: now/);
mistake('doctor -m 1G', 1, qr/-m: dfw doctor takes no such option/);
mistake('doctor --serial', 1, qr/--serial: dfw doctor takes no such option/);

mistake("install --disk $work/d.img", 1, qr/install: --cd ISO is missing \(dfw install --cd ISO --disk DISK/);
mistake("install --cd $floppy", 1, qr/install: --disk DISK is missing/);
mistake("install --cd $floppy --disk $work/d.img,big", 1, qr/the size is a number of MiB, or 512M, or 8G/);
mistake("install --cd $work/nowhere.iso --disk $work/d.img", 1, qr/nowhere.iso: No such file/);
mistake("install --cd $floppy --disk $work/d.qcow2 --engine bochs", 1, qr/d.qcow2: Bochs does not write qcow2 \(it writes raw images, NAME.img/);
mistake("install --write --cd $floppy --disk $work/d.img", 1, qr/--write: dfw install takes no such option/);
check(!glob("$work/d.*"), 'no disk was made by a wrong dfw install');

mistake('list all', 1, qr/list: one word too many: all/);
mistake('list --all', 1, qr/--all: dfw list takes no such option/);
mistake('list -x', 1, qr/-x: no such option/);
mistake('screen', 1, qr/no machine runs \(dfw boot IMAGE starts one\)/);
mistake('screen ghost', 1, qr/ghost: no machine of that name runs \(dfw list\)/);
mistake("screen -o $work/a.gif", 1, qr/the name must end in .png, .ppm or .txt/);
mistake('keys', 1, qr/keys: no \[NAME\] KEYS named/);
mistake('keys ghost dir<enter>', 1, qr/ghost: no machine of that name runs/);
mistake('keys <entre>', 1, qr/--keys: no such key: <entre>/);
mistake('stop', 1, qr/no machine runs/);
mistake('stop ghost', 1, qr/ghost: no machine of that name runs/);
mistake('stop a b', 1, qr/stop: one word too many: b/);
mistake('completion', 1, qr/completion: no bash\|zsh named/);
mistake('completion fish', 1, qr/completion fish: shells are bash and zsh/);
mistake('completion bash zsh', 1, qr/completion: one word too many: zsh/);
mistake('manual page', 1, qr/manual: one word too many: page/);
mistake('manual -o dfw.1', 1, qr{-o: dfw manual takes no such option});

mistake('trace', 1, qr/trace: no IMAGE... named/);
mistake("trace $floppy --trace int21", 1, qr/--trace int21: not one of int10, int13, int15, int16, modes, assist, exits/);
mistake("trace $floppy --trace int13:zz", 1, qr/a filter is int13:42, the function in hexadecimal/);
mistake("trace $floppy --trace modes", 1, qr/vmxassist tells them, so real mode must be its \(--partition svm --strict, or vmx\)/);
mistake('gdb', 1, qr/gdb: no IMAGE... named/);
mistake("gdb $floppy --engine bochs", 1, qr/--gdb: QEMU alone serves gdb/);
mistake("gdb $floppy --serial stdio", 1, qr/--gdb: gdb has this terminal \(--serial FILE, --display window\)/);
mistake("gdb $floppy --partition svm --strict --assist interpret", 1, qr/--gdb: the processor runs no instruction of the guest's real mode/);
mistake('xml', 1, qr/xml: no IMAGE... named/);
mistake("xml $floppy --once cd", 1, qr/--once: a libvirt domain has no place for it/);
mistake("xml $floppy --bus nvme", 1, qr{--bus nvme: a libvirt domain has no NVMe});
mistake("xml $floppy --partition svm --bios $floppy", 1, qr/--bios: a libvirt domain in a partition has no place for it/);
mistake("xml $floppy -o $work/none/a.xml", 1, qr/a.xml: No such file or directory/);
mistake("xl --hd $floppy", 1, qr/Xen throws no writes away: say --write, or name a copy/);
mistake("xl $floppy --menu", 1, qr/--menu: a Xen guest has no place for it/);
mistake("xl $floppy --keys x", 1, qr/--keys: dfw xl takes no such option/);
mistake('guests', 1, qr/guests: --dir DIR is missing/);
mistake("guests --dir $work/nowhere", 1, qr/guests: --dir .*nowhere: no such directory/);
mistake("guests --dir $work --pictures $work/nowhere", 1, qr/guests: --pictures .*nowhere: no directory that can be written/);
mistake("guests --dir $work", 1, qr/no image of the table is in it/);
mistake("guests --dir $work --table $work/none", 1, qr/none: No such file or directory/);
mistake('bench disk.img', 1, qr/bench: one word too many: disk.img/);
mistake('bench --engine qemu', 1, qr/--engine: dfw bench takes no such option/);
mistake('bench --partition', 1, qr/--partition: dfw bench takes no such option/);
mistake("boot $floppy --config $work/none", 1, qr/none: No such file or directory/);
mistake('boot --config ' . put('rc1', "engine = qemu\nspeed = 9\n"), 1, qr/rc1:2: no option is called speed/);
mistake('boot --config ' . put('rc2', "-boot x\n"), 1, qr/rc2:1: -boot x: letters are a \(floppy\)/);
mistake('boot --config ' . put('rc3', "menu = perhaps\n"), 1, qr/rc3:1: menu is yes or no/);
$ENV{PATH} = $work;
mistake("boot $floppy", 4, qr/qemu-system-x86_64 is not installed \(Debian: apt install qemu-system-x86\)/);
mistake("boot $floppy --engine bochs", 4, qr/bochs-bin is not installed \(Debian: apt install bochs bochs-term\)/);
mistake("install --cd $floppy --disk $work/d.qcow2", 4, qr/qemu-img is not installed \(Debian: apt install qemu-utils/);
plan_done();
