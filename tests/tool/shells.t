#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# Completion as people have it: Tab in a bash and a zsh on a terminal, with what `make install` puts where they look.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Session;
use File::Temp 'tempdir';

chdir "$FindBin::Bin/../..";
$| = 1;
my $work = tempdir(CLEANUP => 1);
my $s = run_it(60, 'make', '-s', '-o', 'all', 'install', "DESTDIR=$work/root", 'PREFIX=/usr');
my $share = "$work/root/usr/share";
check($s->{code} == 0 && !grep({ !-s "$work/root/usr/$_" } qw(bin/dfw share/dfw/dfw.rom share/man/man1/dfw.1 share/dfw/gdb/commands.gdb
      share/bash-completion/completions/dfw share/zsh/site-functions/_dfw share/qemu/firmware/80-dfw.json)), 'make install DESTDIR PREFIX', $s);
check(!-e "$work/root/usr/local" && !system("grep -q '\"filename\": \"/usr/share/dfw/dfw.rom\"' $share/qemu/firmware/80-dfw.json"),
      'the descriptor names where dfw.rom will be');
$s = run_it(30, 'man', '-P', 'cat', '-l', "$share/man/man1/dfw.1");
check($s->{text} =~ s/.\x08//gr =~ /DFW\(1\).*dfw install \[OPTION...\].*--partition/s, 'man shows the manual page', $s) if -x '/usr/bin/man';

mkdir "$work/home";
open my $image, '>', "$work/home/disk one.img" or die;
close $image;
$ENV{PATH} = "$work/root/usr/bin:$ENV{PATH}";
@ENV{qw(HOME XDG_RUNTIME_DIR XDG_CONFIG_HOME)} = ("$work/home") x 3;
delete @ENV{qw(DFW_CONFIG DFW_FIRMWARE)};
chdir "$work/home";

my %shells = (
    bash => [['bash', '--norc', '-i'], "PS1='re''ady> '; source $share/bash-completion/completions/dfw\n"],
    zsh => [['zsh', '-f', '-i'], "PS1='re''ady> '; fpath=($share/zsh/site-functions \$fpath); autoload -U compinit; compinit -u -D\n"],
);
for my $name (sort keys %shells) {
    my ($command, $setup) = @{$shells{$name}};
    for (['dfw sto', qr/dfw stop/], ['dfw boot --engine q', qr/--engine qemu/], ['dfw boot --keys-', qr/--keys-after/],
         ['dfw boot di', qr/boot disk\\ one\.img/], ['dfw install --dr', qr/--dry-run/], ['dfw completion z', qr/completion zsh/]) {
        my ($typed, $line) = @$_;
        my $shell = start(@$command);
        types($shell, $setup);
        sees($shell, qr/ready> /, 20);
        types($shell, "$typed\t");
        check(sees($shell, $line, 20), "$name: $typed", $shell);
        kill 'KILL', $shell->{pid};
        ends($shell);
    }
}
chdir "/";      # out of what is removed now
plan_done();
