#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# What `dfw xml` prints, given to a libvirtd that this test starts as a user's session: defined, started, seen booting, destroyed.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Session;
use File::Temp 'tempdir';

chdir "$FindBin::Bin/../..";
$| = 1;
# A session belongs to an ordinary user, who may not reach this tree: root becomes nobody, and all that is needed is copied.
my $work = tempdir(CLEANUP => 1);
my @user = $> ? () : qw(setpriv --reuid=65534 --regid=65534 --clear-groups);
my @images = qw(grub2-cloud.img grub1-floppy.img grub2-cloud.iso);
system('cp', qw(build/dfw build/dfw.rom build/vmxloader), map({ "build/guests/$_" } @images), $work) == 0 or die;
mkdir "$work/$_" for qw(run config config/qemu config/qemu/firmware config/libvirt);
open my $descriptor, '>', "$work/config/qemu/firmware/80-dfw.json" or die;
print $descriptor `sed 's,\@PREFIX\@/share/dfw,$work,' tool/descriptor.json`;
close $descriptor;
open my $settings, '>', "$work/config/libvirt/qemu.conf" or die;
print $settings "stdio_handler = \"file\"\n";    # no virtlogd, which would outlive us
# Displays away from 5900, where other tests' engines take and leave ports while libvirtd looks for a free one.
my $port = 20000 + $$ % 10000;
print $settings "remote_display_port_min = $port\nremote_display_port_max = ", $port + 100, "\n";
close $settings;
system('chown', '-R', '65534:65534', $work) if !$>;
chmod 0700, "$work/run";
@ENV{qw(HOME XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_CACHE_HOME)} = ($work, "$work/run", "$work/config", "$work/cache");
delete @ENV{qw(DISPLAY WAYLAND_DISPLAY DFW_CONFIG DBUS_SESSION_BUS_ADDRESS LIBVIRT_DEFAULT_URI)};

sub as_user { my ($seconds, @command) = @_; return run_it($seconds, @user, @command) }
sub virsh { return as_user(60, qw(virsh -c qemu:///session), @_) }

sub define {    # the domain of this text
    my ($xml) = @_;
    open my $out, '>', "$work/domain.xml" or die;
    print $out $xml;
    close $out;
    return virsh('define', "$work/domain.xml", '--validate');
}

sub boots {    # started, text seen on its serial port
    my ($pattern, $what) = @_;
    my $console = start(@user, qw(virsh -c qemu:///session start --console guest));
    check(sees($console, $pattern, 240), $what, $console);
    kill 'KILL', $console->{pid};    # virsh lets SIGTERM pass
    ends($console);
}

sub ends_domain {
    my $s = virsh('destroy', 'guest');
    $s = virsh('undefine', 'guest') if $s->{code} == 0;
    check($s->{code} == 0 && virsh('list', '--all', '--name')->{text} !~ /guest/, 'destroyed and undefined', $s);
}

my $daemon = start(@user, 'libvirtd');
for (1 .. 100) {
    last if -S "$work/run/libvirt/libvirt-sock";
    sleep 1;
}
my $s = virsh('version', '--daemon');
check($s->{code} == 0 && $s->{text} =~ /Running against daemon: /, 'libvirtd runs as a session', $daemon);

my @words = ('--hd', "$work/grub2-cloud.img", '--memory', 256, '--name', 'guest', '-q');
# What the firmware loads is the claim: the cloud kernel need not have a driver of AHCI or SCSI to find its root by.
for my $domain (['floppy, CD and disk', 'sda1', "$work/grub1-floppy.img", "$work/grub2-cloud.iso", '--boot', 'hd'],
                ['q35, virtio', 'vda1', '--machine', 'q35', '--bus', 'virtio'], ['AHCI, two processors', '', '--bus', 'ahci', '-c', 2],
                ['SCSI', '', '--bus', 'scsi'], ['in the partition', 'sda1', '--partition', 'svm', '--strict']) {
    my ($what, $root, @more) = @$domain;
    my $xml = as_user(60, "$work/dfw", 'xml', @words, @more);
    $s = $xml->{code} ? $xml : define($xml->{text});
    check($s->{code} == 0, "$what: defined", $s);
    boots(qr/guest ready: x86_64 from $root/, "$what: boots");
    ends_domain();
}

# The firmware by its descriptor alone.
$s = virsh(qw(domcapabilities --virttype qemu --machine pc));
check($s->{text} =~ m{<enum name='firmware'>\s*<value>bios</value>} && $s->{text} =~ m{<value>\Q$work\E/dfw.rom</value>}, 'domcapabilities lists our bios', $s);
my $xml = as_user(60, "$work/dfw", 'xml', @words)->{text};
$xml =~ s{<os>}{<os firmware='bios'>};
$xml =~ s{ *<loader .*</loader>\n}{};
$s = define($xml);
check($s->{code} == 0, "firmware='bios': defined", $s);
boots(qr/guest ready: x86_64 from sda1/, "firmware='bios': boots");
$s = virsh('dumpxml', 'guest');
check($s->{text} =~ m{<loader [^>]*>\Q$work\E/dfw.rom</loader>}, "firmware='bios' is dfw.rom", $s);
ends_domain();

kill 'TERM', $daemon->{pid};
check(ends($daemon) == 0 && !glob("$work/*TRANSIENT*"), 'libvirtd ends, nothing is left behind', $daemon);
plan_done();
