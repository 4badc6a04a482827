#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# What people do with dfw, on a terminal: boot, look, type, install, leave.
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
my $linux = 'build/guests/grub2-cloud.iso';
$ENV{XDG_RUNTIME_DIR} = $ENV{XDG_CONFIG_HOME} = $work;
delete @ENV{qw(DISPLAY WAYLAND_DISPLAY DFW_CONFIG)};

sub dfw { return run_it(60, $dfw, @_) }

# A machine in one terminal, looked at and typed on from another.
my $machine = start($dfw, 'boot', $floppy, '--serial', 'none', '--name', 'grub');
check(sees($machine, qr/QEMU started/, 60), 'dfw boot says that the engine started', $machine);
my $other = start($dfw, 'boot', $floppy, '--serial', 'none');
check(sees($other, qr/QEMU started/, 60), 'a second machine starts', $other);
my $s = dfw('boot', $floppy, '--name', 'grub');
check($s->{code} == 1 && $s->{text} =~ /--name grub: a machine of that name runs/, 'a name is taken once', $s);
$s = dfw('list');
check($s->{code} == 0 && $s->{text} =~ /^NAME.*\ngrub .* QEMU .* build\/guests.*\ngrub1-floppy /, 'dfw list shows both', $s);
$s = dfw('stop');
check($s->{code} == 1 && $s->{text} =~ /2 machines run, name one: grub, grub1-floppy/, 'dfw stop does not guess', $s);
$s = dfw('stop', 'grub1-floppy');
check($s->{code} == 0 && ends($other) == 0, 'dfw stop NAME ends it', $s);
for (1 .. 60) {
    $s = dfw('screen');
    last if $s->{text} =~ /grub>/;
    sleep 1;
}
check($s->{code} == 0 && $s->{text} =~ /GNU GRUB.*grub>/s, 'dfw screen prints the text screen', $s);
$s = dfw('keys', 'grub', 'geometry (fd0)<enter><wait:C/H/S>');
check($s->{code} == 0, 'dfw keys types, and returns when the answer was seen', $s);
$s = dfw('screen', 'grub', '-o', "$work/grub.png");
check($s->{code} == 0 && -s "$work/grub.png", 'dfw screen -o FILE.png takes a picture', $s);
$s = dfw('list', '--json');
check($s->{text} =~ /^\{"name":"grub","pid":$machine->{pid},"engine":"QEMU","seconds":\d+,"images":\["$floppy"\]\}$/, 'dfw list --json', $s);
kill 'KILL', $machine->{pid};
ends($machine);
$s = dfw('list');
check($s->{code} == 0 && $s->{text} !~ /grub/ && !glob("$work/dfw/*"), 'dfw list forgets a machine that was killed', $s);

# Ended by a signal: an exit code that says so where something was expected, and nothing left behind.
for (['Ctrl-C', 130, ['--expect', 'never'], sub { types($_[0], "\x03") }], ['Ctrl-C', 0, [], sub { types($_[0], "\x03") }],
     ['SIGTERM', 143, [], sub { kill 'TERM', $_[0]{pid} }], ['SIGHUP', 129, ['--write'], sub { kill 'HUP', $_[0]{pid} }],
     ['SIGKILL', 137, ['--gdb'], sub { sees($_[0], qr/\(gdb\)/, 60); kill 'KILL', $_[0]{pid} }]) {
    my ($what, $code, $more, $end) = @$_;
    system "cp $floppy $work/copy.img";
    $machine = start($dfw, 'boot', "$work/copy.img", '--serial', 'none', @$more);
    sees($machine, qr/QEMU started/, 60);
    my @children = split ' ', `ps -o pid= --ppid $machine->{pid}`;
    $end->($machine);
    my $got = ends($machine);
    sleep 1;
    $s = dfw('list');
    check($got == $code && @children && !grep({ `ps -o stat= -p $_` =~ /^[^Z]/ } @children) && !glob("$work/dfw/*"), "$what with @$more ends with $code, and all is gone", $machine);
}

# An installation in small: the CD's system copies itself to the empty disk and resets; the disk is next.
$s = run_it(300, $dfw, 'install', '--cd', $linux, '--disk', "$work/disk.qcow2,128M", '--serial', "$work/serial", '--timeout', 280,
            '--keys', '<wait:guest ready><pause:1000>dd if=/dev/sr0 of=/dev/sda bs=1M; reboot -f<enter>',
            '--expect', 'ready: x86_64 from sr0', '--expect', 'ready: x86_64 from sda');
check($s->{code} == 0 && $s->{text} =~ /a new disk of 128 MiB \(qcow2\).*from sr0.*reset the machine.*from sda/s,
      'dfw install makes a disk, boots the CD once, then the disk', $s);
check(-s "$work/disk.qcow2" > 8 << 20 && $s->{text} =~ /[1-9]\d* MiB written/, 'what the guest wrote is kept, and progress was shown', $s);
$s = dfw('info', $linux);
check($s->{text} =~ /drive: CD/, 'dfw info', $s);

# The configuration file, QEMU's options of 2005 in it.
mkdir "$work/dfw";
open my $rc, '>', "$work/dfw/dfwrc" or die;
print $rc "memory = 64\n-cirrusvga -fda $floppy\n-boot a\n";
close $rc;
$s = dfw('boot', '--dry-run', '-q');
check($s->{code} == 0 && $s->{text} =~ /-m 64M .*if=floppy.*order=a -vga cirrus/, 'dfwrc describes a machine', $s);
$s = dfw('boot', '--dry-run', '-q', '-m', '32');
check($s->{text} =~ /-m 32M /, 'the command line wins over dfwrc', $s);
unlink "$work/dfw/dfwrc";
# The text screen in the terminal.
$machine = start($dfw, 'boot', $floppy, '--display', 'term');
check(sees($machine, qr/grub>/, 60), 'dfw boot --display term draws the screen', $machine);
types($machine, "geometry (fd0)\r");
check(sees($machine, qr/drive 0x0: C\/H\/S/, 30), 'what is typed reaches the guest', $machine);
types($machine, "\x1d");
check(ends($machine) == 0 && $machine->{text} =~ /QEMU started.*\e\[\?1049l/s, 'Ctrl-] leaves, and the terminal is as it was', $machine);

# What the guest asks of the firmware.
$s = run_it(120, $dfw, 'trace', $floppy, '--expect', 'grub>', '--timeout', 100, '--serial', 'none', '--trace', 'int13:02,int10:0e', '-o', "$work/trace");
my $trace = do { local $/; open my $in, '<', "$work/trace"; <$in> // '' };
check($s->{code} == 0 && $trace =~ /int13 .* read 1 sectors at 0\/0\/1 of drive 00h to 0000:7C00: 1 sectors \(\d+\.\d us\)/, 'dfw trace: a disk read in words', $s);
check($trace =~ /int10 0000:[0-9A-F]{4}  teletype 'G': ok/ && $trace !~ /parameters of drive/, 'and what the filter lets through alone');
$s = run_it(200, $dfw, 'trace', 'build/guests/memtest-floppy.img', '--partition', 'svm', '--strict', '--expect', 'Errors: 0', '--timeout', 180,
            '--serial', 'none', '--trace', 'modes,assist,exits');
check($s->{code} == 0 && $s->{text} =~ /modes +processor 0: real mode begins at f000:fff0/ && $s->{text} =~ /modes +processor 0: to protected mode/ &&
      $s->{text} =~ /assist [0-9a-f]{4}:[0-9a-f]{4} .*  MOV to CR/ && $s->{text} =~ /exits  .*from vmxassist \d/, 'dfw trace: modes, instructions, exits', $s);

# The debugger at the boot sector, on the bare machine and in the partition.
for my $more ([], ['--partition', 'svm', '--strict']) {
    $machine = start($dfw, 'gdb', $floppy, @$more);
    check(sees($machine, qr/^0000:7c00 .*\(gdb\)/ms, 60), "dfw gdb @$more stops at 0000:7C00", $machine);
    for (['ivt', qr/13 f000:[0-9a-f]{4}/], ['bda', qr/memory 638 KiB/], ['e820', qr/0000000000000000  000000000009f800  type 1/],
         ['int 0x13', qr/f000:[0-9a-f]{4} +ax=.*\(gdb\)/s], ['info symbol trace_init', qr/trace_init in section/], ['step16', qr/f000:[0-9a-f]{4} /],
         ['set $ebx = 0x7654', qr/\(gdb\)/], ['here', qr/ bx=7654 /]) {
        types($machine, "$_->[0]\n");
        check(sees($machine, $_->[1], 30), "gdb: $_->[0]", $machine);
    }
    types($machine, "quit\n");
    check(ends($machine) == 0 && !glob("$work/dfw/*"), 'quit ends the machine, nothing is left behind', $machine);
}

# Disk containers: opened by the engine, untouched unless --write says so, and then by one machine alone.
my $disk = 'build/guests/odd-print-disk.img';
for (['qcow2', 'QEMU copy-on-write'], ['vmdk', 'VMware'], ['vdi', 'VirtualBox'], ['vpc', 'Virtual PC']) {
    my ($format, $what) = @$_;
    system "qemu-img convert -O $format $disk $work/disk.$format";
    my $before = `cksum $work/disk.$format`;
    $s = dfw('boot', "$work/disk.$format", '--expect', 'boot sector runs', '--timeout', 50, '--serial', 'none');
    check($s->{code} == 0 && $s->{text} =~ /$what disk.*\(changes are thrown away\)/ && $before eq `cksum $work/disk.$format`, "dfw boot disk.$format", $s);
}
$machine = start($dfw, 'boot', "$work/disk.qcow2", '--write', '--serial', 'none', '--name', 'writer');
check(sees($machine, qr/QEMU started/, 60), 'dfw boot --write', $machine);
$s = dfw('boot', "$work/disk.qcow2", '--write', '--serial', 'none');
check($s->{code} == 1 && $s->{text} =~ /disk.qcow2: in use by another program/, 'a second writer is refused', $s);
$s = dfw('stop', 'writer');
check($s->{code} == 0 && ends($machine) == 0, 'dfw stop ends the writer', $s);

# The systems of a table, and the firmware measured.
open my $table, '>', "$work/table" or die;
print $table "# a table\nsector | --hd \@odd-print-disk.img | boot sector runs & drive C | - | 50\nabsent | \@none.img | x | - | 9\n";
print $table "wrong | --hd \@odd-print-disk.img | never seen | - | 3 | more\npicture | --hd \@odd-print-disk.img | - | - | 3\n";
close $table;
$s = run_it(120, $dfw, 'guests', '--dir', 'build/guests', '--table', "$work/table", '-o', "$work/guests.md", '--pictures', $work);
my $rows = do { local $/; open my $in, '<', "$work/guests.md"; <$in> // '' };
check($s->{code} == 2 && $s->{text} =~ /3 systems of the table are in build\/guests, 2 of them booted/ && -s "$work/sector.png" && -s "$work/picture.png" &&
      $rows =~ /^\| sector \| yes \| [\d.]+ \|  \|\n\| wrong \| no \| [\d.]+ \| time-out after 3 s: "never seen" was not seen \|\n\| picture \| see its picture \|/m,
      'dfw guests', $s);
$s = run_it(240, $dfw, 'bench');
check($s->{code} == 0 && $s->{text} =~ /^hard disk +[1-9]\d{4,6} +[1-9]\d{6}\nfloppy +[1-9]\d{4,6} /m, 'dfw bench', $s);

# QEMU answers "quit" and writes an image's last blocks after that.
chomp(my $qemu = `which qemu-system-x86_64`);
mkdir "$work/bin";
open my $slow, '>', "$work/bin/qemu-system-x86_64" or die;
print $slow "#!/bin/sh\n$qemu \"\$\@\"\nsleep 3\necho written >$work/written\n";
close $slow;
chmod 0755, "$work/bin/qemu-system-x86_64";
{
    local $ENV{PATH} = "$work/bin:$ENV{PATH}";
    $s = dfw('boot', "$work/copy.img", '--write', '--serial', 'none', '--expect', 'grub>');
    check($s->{code} == 0 && -s "$work/written", 'with --write QEMU has the time that its disks take', $s);
}

# A machine for other programs, the words for shells.
sub prints { my ($what, $pattern, @words) = @_; $s = dfw(@words); check($s->{code} == 0 && $s->{text} =~ $pattern, $what, $s); return $s }
for my $more ([], ['--machine', 'q35'], ['--partition', 'svm', '--strict'], ['--firmware', 'kernel', '--cmdline', 'log'], ['--bus', 'virtio', '--write', '-c', 2]) {
    prints("dfw xml @$more", qr/<domain type='(?:qemu|kvm)'>/, 'xml', $linux, $floppy, '--hd', 'build/guests/grub2-cloud.img', '-q', @$more);
    open my $out, '>', "$work/domain.xml" or die;
    print $out $s->{text};
    close $out;
    check(!system("virt-xml-validate $work/domain.xml >/dev/null 2>&1"), 'virt-xml-validate accepts it');
}
prints('dfw xl', qr/^type += "hvm".*^firmware_override = "\/.*vmxloader".*vdev=hda, access=rw, target=\/.*devtype=cdrom.*if=floppy/ms,
       'xl', $linux, $floppy, '--hd', 'build/guests/grub2-cloud.img', '--write', '-q');
prints('dfw completion bash', qr/complete -o filenames -F _dfw dfw/, 'completion', 'bash');
prints('dfw completion zsh', qr/^#compdef dfw/, 'completion', 'zsh');
prints('dfw manual', qr/^\.SS dfw install \[OPTION...\]$/m, 'manual');
prints('dfw doctor', qr/^KVM .*^QEMU .*^dfw.rom .*build\/dfw.rom$/ms, 'doctor');
plan_done();
