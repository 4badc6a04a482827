#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# pictures.t [CARD]: every video mode's picture (tests/guest/pictures), as the screen shows it, against what the definition of the mode
# gives, pixel by pixel. CARD is std (default; pictures_cirrus.t is the other) or cirrus.
use strict;
use warnings;
use FindBin;
use IO::Socket::UNIX;
use JSON::PP;
use Time::HiRes 'sleep';

use constant { BAND => 8, BAND_LINES => 2, RAMP => 0x01030507, WAIT => 60 };    # as tests/guest/pictures/main.c

chdir "$FindBin::Bin/../..";
my $card = shift // 'std';
my $base = "build/guest/pictures-$card";
my ($number, $pid) = (0);

# ---- colours: 6 bits of the DAC as the card shows them in 8 ------------------------------------

sub dac { pack 'C3', map { my $low = $_ & 1; $_ << 2 | $low << 1 | $low } @_ }
my $black = dac(0, 0, 0);
my @cga = map {                                        # the CGA's 16 colours: dark yellow is brown
    my ($c, $bright) = ($_ & 7, $_ & 8 ? 0x15 : 0);
    dac(map { ($_ ? 0x2A : 0) + $bright } $c & 4, $c & 2, $c & 1)
} 0 .. 15;
$cga[6] = dac(0x2A, 0x15, 0);
my @gray = ($black, dac((0x2A) x 3), dac((0x3F) x 3));
my %colours = (                                        # of the standard modes, by pixel value
    0x04 => [@cga[0, 11, 13, 15]], 0x05 => [@cga[0, 11, 13, 15]], 0x06 => [@cga[0, 15]], 0x0F => [@gray[0, 1]], 0x11 => [@cga[0, 15]],
);
my @own = map { dac($_ >> 2, 63 - ($_ >> 2), $_ & 63) } 0 .. 255;    # set by the guest

sub direct {
    my ($bits, $v) = @_;
    return pack 'C3', $v >> 16 & 255, $v >> 8 & 255, $v & 255 if $bits >= 24;
    my @field = $bits == 15 ? ($v >> 10 & 31, $v >> 5 & 31, $v & 31) : ($v >> 11 & 31, $v >> 5 & 63, $v & 31);
    my $green = $bits == 15 ? $field[1] << 3 | $field[1] >> 2 : $field[1] << 2 | $field[1] >> 4;
    return pack 'C3', $field[0] << 3 | $field[0] >> 2, $green, $field[2] << 3 | $field[2] >> 2;
}

sub colour {
    my ($mode, $bits, $value) = @_;
    return direct($bits, $value) if $bits > 8;
    my $palette = $bits == 8 ? \@own : $colours{$mode} // \@cga;
    return $palette->[$value & ((1 << $bits) - 1)];
}

# ---- what must be seen: one string of RGB a line ------------------------------------------------

sub graphics_lines {
    my ($mode, $width, $height, $bits) = @_;
    my ($zero, $ones) = map { colour($mode, $bits, $_) } 0, 0xFFFFFFFF;
    my $half = $width >> 1;
    my $plain = $ones . $zero x ($half - 1) . $ones . $zero x ($width - $half - 2) . $ones;
    my $band = join '', map { colour($mode, $bits, $bits > 8 ? $_ * RAMP & 0xFFFFFFFF : $_) } 0 .. $width - 1;
    substr($band, 3 * $_, 3) = $ones for 0, $half, $width - 1;
    my @lines = ($plain) x $height;
    $lines[0] = $lines[-1] = $ones x $width;
    $lines[$_] = $band for BAND .. BAND + BAND_LINES - 1;
    return @lines;
}

sub text_lines {
    my ($mode, $columns, $width) = @_;
    my $nine = $width == 9 * $columns;
    open my $in, '<:raw', 'build/font8x16.bin' or die "build/font8x16.bin: $!\n";
    read $in, my $font, 4096;
    my @mono = (0x07, 0x0F, 0x70, 0x00);
    my @lines;
    for my $y (0 .. 25 * 16 - 1) {
        my ($row, $line) = ($y >> 4, '');
        for my $column (0 .. $columns - 1) {
            my $ch = ($column + $row * 80) & 255;
            my $dots = ord(substr $font, $ch * 16 + ($y & 15), 1) << 1;
            $dots |= $dots >> 1 & 1 if $ch >= 0xB0 && $ch <= 0xDF;    # line graphics reach the ninth dot (IBM's: from C0 on)
            my ($fore, $back) = $mode == 7
                ? (map { $gray[$_] } $mono[$row & 3] == 0x70 ? (0, 1) : $mono[$row & 3] == 0 ? (0, 0) : $mono[$row & 3] == 0x0F ? (2, 0) : (1, 0))
                : ($cga[($column ^ $row) & 15], $cga[$row & 7]);
            $line .= join '', map { $dots & 1 << $_ ? $fore : $back } reverse !$nine .. 8;
        }
        push @lines, $line;
    }
    return @lines;
}

# ---- the machine -----------------------------------------------------------------------------------

my $qmp;
sub command {
    my ($name, %arguments) = @_;
    print $qmp encode_json({ execute => $name, arguments => \%arguments }), "\n";
    while (my $answer = <$qmp>) {
        $answer = decode_json($answer);
        die "$name: $answer->{error}{desc}\n" if $answer->{error};
        return if exists $answer->{return};
    }
    die "$name: QEMU is gone\n";
}

sub start {
    unlink "$base.qmp", "$base.debug";
    $pid = fork // die "fork: $!\n";
    if (!$pid) {
        open STDOUT, '>', "$base.log";
        open STDERR, '>&', \*STDOUT;
        exec qw(timeout 900 qemu-system-x86_64 -M pc -m 64 -accel tcg -display none -net none -no-reboot -kernel build/vmxloader),
            '-vga', 'none', '-device', $card eq 'std' ? 'VGA,vgamem_mb=32' : 'cirrus-vga', qw(-serial null -parallel null -device),
            'isa-debug-exit,iobase=0xf4,iosize=1', '-debugcon', "file:$base.debug", '-qmp', "unix:$base.qmp,server=on,wait=off",
            '-drive', 'format=raw,snapshot=on,if=ide,file=build/guest/pictures.img';
    }
    for (1 .. WAIT * 20) {
        last if $qmp = IO::Socket::UNIX->new(Peer => "$base.qmp");
        sleep 0.05;
    }
    die "no QEMU: see $base.log\n" unless $qmp;
    $qmp->autoflush(1);
    <$qmp>;
    command('qmp_capabilities');
}

sub screen {
    command('screendump', filename => "$base.ppm");
    open my $in, '<:raw', "$base.ppm" or die "$base.ppm: $!\n";
    local $/;
    <$in> =~ /^P6\s(\d+)\s(\d+)\s255\s(.*)/s or die "$base.ppm: no picture\n";
    return ($1, $2, $3);
}

# QEMU's Cirrus repeats the picture from line 1024 on (no interlace), and reaches 64 KiB of a plane: lines that can be compared.
sub lines_seen {
    my ($mode, $height) = @_;
    return $card ne 'cirrus' ? $height : $mode == 0x104 ? 255 : $mode == 0x106 ? 0 : $height > 1024 ? 1024 : $height;
}

# The first line and pixel where the screen is not what it must be, or ''. Cards double lines and dots of small modes.
sub difference {
    my ($compared, $mask, $width, $height, $pixels, @lines) = @_;
    my ($dots, $doubles) = (length($lines[0]) / 3, $height / @lines);
    return "screen of ${width}x$height for ${dots}x" . @lines if $width % $dots || $doubles != int $doubles;
    my $wide = $width / $dots;
    $mask = chr($mask) x (3 * $width);
    for my $y (0 .. $compared - 1) {
        my $expected = $wide == 1 ? $lines[$y] : $lines[$y] =~ s/(...)/$1 x $wide/gser;
        for my $line ($y * $doubles .. ($y + 1) * $doubles - 1) {
            my $seen = substr $pixels, $line * $width * 3, $width * 3;
            next if ($seen & $mask) eq ($expected & $mask);
            my ($at) = grep { substr($seen, 3 * $_, 3) ne substr($expected, 3 * $_, 3) } 0 .. $width - 1;
            return sprintf 'line %d, dot %d: %s, not %s', $line, $at, map { unpack 'H6', substr $_, 3 * $at, 3 } $seen, $expected;
        }
    }
    return '';
}

sub report {
    my ($text, $wrong) = @_;
    $number++;
    print $wrong ne '' ? "not ok $number - $text\n# $wrong\n" : "ok $number - $text\n";
}

$| = 1;
start();
my ($debug, $text, $pictures) = (undef, '', 0);
for (my $idle = 0; $idle < WAIT * 100; $idle++) {
    open $debug, '<', "$base.debug" unless $debug;
    my $more = $debug ? do { seek $debug, 0, 1; local $/; <$debug> } : undef;
    $text .= $more // '';
    if ($text =~ s/^(?:.*\n)*?picture (\S+) (\S+) (\S+) (\S+)\n//) {
        my ($mode, $width, $height, $bits) = map { hex } $1, $2, $3, $4;
        my @screen = screen();
        my @lines = $bits ? graphics_lines($mode, $width, $height, $bits) : text_lines($mode, $width, $screen[0]);
        report(sprintf('mode %xh: %dx%d, %s', $mode, $width, $height, $bits ? "$bits bits" : 'text'),
               difference(lines_seen($mode, scalar @lines), $bits == 15 ? 0xF8 : 0xFF, @screen, @lines));    # 15 bits: QEMU fills up with 0 or 1
        command('send-key', keys => [{ type => 'qcode', data => 'spc' }]);
        $pictures++;
        $idle = 0;
        next;
    }
    last if $text =~ /^1\.\./m;
    sleep 0.01;
}
report('all modes of the card', $text =~ /^1\.\./m && $pictures > ($card eq 'std' ? 90 : 35) ? '' : "only $pictures pictures, see $base.debug");
print "1..$number\n";
kill 'TERM', $pid;
waitpid $pid, 0;
