#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# A machine on Bochs, as people have it: typed on, looked at, photographed, stopped; images in containers that it does not open.
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
my $alphabet = join '', 'a' .. 'z';
$ENV{XDG_RUNTIME_DIR} = $ENV{XDG_CONFIG_HOME} = $ENV{TMPDIR} = $work;
delete @ENV{qw(DISPLAY WAYLAND_DISPLAY DFW_CONFIG)};

sub dfw { return run_it(90, $dfw, @_) }

my $machine = start($dfw, 'boot', 'build/guests/grub1-floppy.img', '--engine', 'bochs', '--serial', 'none', '--name', 'b',
                    '--keys', "<wait:grub>geometry (fd0)<enter><wait:C/H/S>$alphabet", '--expect', $alphabet, '--expect', 'never', '-q');
for (1 .. 240) {
    last if dfw('list')->{text} =~ /^b .* Bochs .*grub1-floppy.img$/m && dfw('screen', 'b')->{text} =~ /$alphabet/;
    sleep 1;
}
my $s = dfw('screen');
check($s->{code} == 0 && $s->{text} =~ /drive 0x0: C\/H\/S = 80\/2\/18.*\ngrub> $alphabet/s, 'every key of --keys arrives, and dfw screen shows it', $s);
$s = dfw('keys', 'b', '0123456789<wait:z0123456789>');
check($s->{code} == 0, 'so do those of dfw keys', $s);
$s = dfw('screen', '-o', "$work/b.ppm");
open my $in, '<:raw', "$work/b.ppm" or die;
my ($head, $pixels) = do { local $/; <$in> =~ /^P6\s(720 400)\s255\n(.*)$/s };
my %rows = map { $_ => 1 } grep { substr($pixels, $_ * 2160, 2160) =~ /[^\0]/ } 0 .. 399;
check($s->{code} == 0 && $head && keys %rows > 100, 'dfw screen -o takes a whole picture', $s);
$s = dfw('stop', 'b');
check($s->{code} == 0 && ends($machine) == 2 && $machine->{text} =~ /stopped before "never" was seen/, 'dfw stop ends it', $machine);

# By a copy where Bochs does not open the container, and the image stays as it was.
for my $format (qw(qcow2 vhdx vmdk vdi vpc)) {
    system "qemu-img convert -O $format build/guests/odd-print-disk.img $work/disk.$format";
    my $before = `cksum $work/disk.$format`;
    $s = dfw('boot', "$work/disk.$format", '--engine', 'bochs', '--expect', 'boot sector runs', '--timeout', 80, '--serial', 'none');
    my $copied = $s->{text} =~ /disk.$format: a raw copy for Bochs, 8 MiB/ == ($format =~ /^v[dp]/ ? 0 : 1);
    check($s->{code} == 0 && $copied && $before eq `cksum $work/disk.$format`, "dfw boot disk.$format --engine bochs", $s);
}
$s = dfw('boot', "$work/disk.qcow2", '--engine', 'bochs', '--dry-run', '-q');
check($s->{text} =~ m{^qemu-img convert -p -f qcow2 -O raw \S+/disk.qcow2 (\S+)\nbochs-bin .*path=\1,}m, '--dry-run says how', $s);
$s = dfw('boot', "$work/disk.qcow2", '--engine', 'bochs', '--write');
check($s->{code} == 1 && $s->{text} =~ /disk.qcow2: Bochs does not write qcow2 \(it writes raw images/, '--write is refused', $s);
system "qemu-img create -q -f qcow2 $work/big.qcow2 64M && qemu-io -c 'write 0 64M' $work/big.qcow2 >/dev/null";
$s = dfw('boot', "$work/big.qcow2", '--engine', 'bochs', '--serial', 'none', '--expect', 'Nothing to boot from', '--timeout', 80);
check($s->{code} == 0 && $s->{text} =~ /big.qcow2: a raw copy, [1-9]\d* %.*a raw copy for Bochs, 64 MiB/s, 'a copy shows how far it is', $s);
system "printf 'QFI\\373broken' >$work/bad.qcow2 && truncate -s 1M $work/bad.qcow2";
$s = dfw('boot', "$work/bad.qcow2", '--engine', 'bochs');
check($s->{code} == 1 && $s->{text} =~ /bad.qcow2: no raw copy for Bochs: qemu-img: /, 'what qemu-img says of a broken image is told', $s);
check(!grep({ !/disk\.|b(?:ig|ad)\.|b\.ppm|dfw$/ } glob "$work/*") && !glob("$work/dfw/*"), 'nothing is left behind');
plan_done();
