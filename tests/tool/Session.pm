# SPDX-License-Identifier: BSD-2-Clause
# A terminal with a program on it, as a person has it: start, see, type, leave; and TAP around it.
package Session;
use strict;
use warnings;
use Exporter 'import';
use IO::Pty;
use POSIX ':sys_wait_h';
use Time::HiRes qw(time sleep);
our @EXPORT = qw(start sees types ends run_it check plan_done);

my $patience = $ENV{DFW_PATIENCE} || 1;
my $number = 0;

sub start {    # the program and its arguments; the session
    my @command = @_;
    my $pty = IO::Pty->new or die "no pty: $!\n";
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        $pty->make_slave_controlling_terminal;
        my $slave = $pty->slave;
        $slave->set_winsize(30, 100);
        $ENV{TERM} = 'xterm';
        open STDIN, '<&', $slave or die;
        open STDOUT, '>&', $slave or die;
        open STDERR, '>&', $slave or die;
        close $pty;
        exec @command or die "$command[0]: $!\n";
    }
    $pty->close_slave;
    return { pty => $pty, pid => $pid, text => '', from => 0, command => "@command" };
}

sub take {    # what comes within so many seconds; false at its end
    my ($s, $seconds) = @_;
    my $in = '';
    vec($in, fileno $s->{pty}, 1) = 1;
    return 1 if !select $in, undef, undef, $seconds;
    return sysread $s->{pty}, $s->{text}, 65536, length $s->{text};
}

sub sees {    # true when the pattern comes in what was not yet seen
    my ($s, $pattern, $seconds) = @_;
    my $until = time + ($seconds || 20) * $patience;
    while (1) {
        if (substr($s->{text}, $s->{from}) =~ $pattern) {
            $s->{from} += $+[0];
            return 1;
        }
        return 0 if time > $until || !take($s, 0.2);
    }
}

sub types { my ($s, $text) = @_; syswrite $s->{pty}, $text }

sub ends {    # its exit code; -1: it had to be killed
    my ($s, $seconds) = @_;
    my $until = time + ($seconds || 20) * $patience;
    while (time < $until && take($s, 0.2)) { }
    while (time < $until) {
        return $? & 127 ? 128 + ($? & 127) : $? >> 8 if waitpid($s->{pid}, WNOHANG) == $s->{pid};
        sleep 0.05;
    }
    kill 'KILL', $s->{pid};
    waitpid $s->{pid}, 0;
    return -1;
}

sub run_it {    # to its end: the session with its code and text, a line ending as "\n"
    my ($seconds, @command) = @_;
    my $s = start(@command);
    $s->{code} = ends($s, $seconds);
    $s->{text} =~ s/\r\n/\n/g;
    return $s;
}

sub check($$;$) {    # one line of TAP; what the terminal showed where it is not ok. A match that fails is an empty list without the prototype
    my ($good, $what, $s) = @_;
    $number++;
    print $good ? '' : 'not ', "ok $number - $what\n";
    if (!$good && $s) {
        print "# $s->{command}", defined $s->{code} ? " (code $s->{code})" : '', "\n";
        my @lines = split /\n/, $s->{text};
        splice @lines, 0, -25 if @lines > 25;
        print map { '# ' . tr/\x20-\x7e//cdr . "\n" } @lines;
    }
}

sub plan_done { print "1..$number\n" }

1;
