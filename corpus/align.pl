#!/usr/bin/perl
# In: the lines of a page as it was rendered (SRC) and as it was recognised (RAW), pages ended by form feeds.
# Out: the gold beside RAW, one line for each of its lines: the rendered line, or nothing where RAW has a blank line or a
# line of specks. With -r the other way round: RAW in the lines of SRC, blank where SRC is, lines of specks left out.
# Superscript figures of SRC become plain. Apostrophes, double quotation marks and dashes take RAW's shape in the gold
# (with -r: SRC's in RAW), so that no measure counts them.
# Never: changes a word. A rendered line without a recognised one, or that lies on two, is reported; the status is then 1.
use strict;
use warnings;
use utf8;

my $to_src = @ARGV && $ARGV[0] eq '-r' ? shift : '';
die "usage: align.pl [-r] SRC RAW\n" unless @ARGV == 2;
my $bad = 0;

sub pages {
	my ($name) = @_;
	open my $f, '<:encoding(UTF-8)', $name or die "$name: $!\n";
	local $/;
	my $text = <$f>;
	$text =~ tr/¹²³⁴⁵⁶⁷⁸⁹⁰/1234567890/;
	$text =~ s/\f\z//;
	return map { [split /\n/, $_, -1] } split /\f/, $text, -1;
}

# The table of edit distances of two strings, for its last cell or for the way back.
sub edits {
	my ($a, $b) = @_;
	my @t = ([0 .. @$b]);
	for my $i (1 .. @$a) {
		my ($up, @row) = ($t[-1], $i);
		for my $j (1 .. @$b) {
			my $d = $up->[$j - 1] + ($a->[$i - 1] ne $b->[$j - 1]);
			$d = $up->[$j] + 1 if $up->[$j] + 1 < $d;
			$d = $row[-1] + 1 if $row[-1] + 1 < $d;
			push @row, $d;
		}
		push @t, \@row;
	}
	return \@t;
}

# The pairs of letters of a line, its first and last letter paired with a space; spaces, accents and shapes of marks aside.
sub bag {
	my %n;
	my $s = lc $_[0];
	$s =~ s/\s+//g;
	$s =~ tr/’‘“”–—àâäéèêëçîïôöùûü/''""\-\-aaaeeeeciioouuu/;
	$s = " $s ";
	$n{substr $s, $_, 2}++ for 0 .. length($s) - 2;
	return \%n;
}

# Likeness of two bags of letter pairs, 0 to 1.
sub likeness {
	my ($x, $y) = @_;
	my ($same, $all) = (0, 0);
	$all += $_ for values %$x, values %$y;
	for (keys %$x) {
		next unless $y->{$_};
		$same += 2 * ($x->{$_} < $y->{$_} ? $x->{$_} : $y->{$_});
	}
	return $all ? $same / $all : 0;
}

# Pairs of line numbers [src, raw] in order, the sum of likenesses being the greatest.
sub pair_lines {
	my ($src, $raw) = @_;
	my @s = grep { $src->[$_] =~ /\S/ } 0 .. $#$src;
	my @r = grep { $raw->[$_] =~ /\S/ } 0 .. $#$raw;
	my @sb = map { bag($src->[$_]) } @s;
	my @rb = map { bag($raw->[$_]) } @r;
	my (@best, @way);
	$best[$_][0] = 0 for 0 .. @s;
	$best[0][$_] = 0 for 0 .. @r;
	for my $i (1 .. @s) {
		for my $j (1 .. @r) {
			my $like = likeness($sb[$i - 1], $rb[$j - 1]);
			my $d = $best[$i - 1][$j - 1] + ($like >= 0.15 ? $like : -1);
			my ($u, $l) = ($best[$i - 1][$j], $best[$i][$j - 1]);
			($best[$i][$j], $way[$i][$j]) = $d >= $u && $d >= $l ? ($d, 'd') : $u >= $l ? ($u, 'u') : ($l, 'l');
		}
	}
	my ($i, $j, @pairs) = (scalar @s, scalar @r);
	while ($i && $j) {
		my $w = $way[$i][$j];
		unshift @pairs, [$s[$i - 1], $r[$j - 1]] if $w eq 'd';
		$i-- if $w ne 'l';
		$j-- if $w ne 'u';
	}
	return @pairs;
}

sub class {
	my ($c) = @_;
	return $c =~ /^['’‘ʼ]$/ ? 1 : $c =~ /^["“”„]$/ ? 2 : $c =~ /^[–—]$/ ? 3 : 0;
}

# $to with the shapes of marks that $from has in the same places.
sub shape {
	my ($to, $from) = @_;
	my @a = split //, $to;
	my @b = split //, $from;
	my $t = edits(\@a, \@b);
	my ($i, $j) = (scalar @a, scalar @b);
	while ($i && $j) {
		if ($t->[$i][$j] == $t->[$i - 1][$j - 1] + ($a[$i - 1] ne $b[$j - 1])) {
			$i--;
			$j--;
			$a[$i] = $b[$j] if class($a[$i]) && class($a[$i]) == class($b[$j]);
		} elsif ($t->[$i][$j] == $t->[$i - 1][$j] + 1) {
			$i--;
		} else {
			$j--;
		}
	}
	return join '', @a;
}

my @src = pages($ARGV[0]);
my @raw = pages($ARGV[1]);
if (@src != @raw) {
	print STDERR "align.pl: $ARGV[1]: ", scalar @raw, " pages, not ", scalar @src, "\n";
	exit 2;
}
binmode $_, ':encoding(UTF-8)' for *STDOUT, *STDERR;
my @pages;
for my $p (0 .. $#src) {
	my ($s, $r) = ($src[$p], $raw[$p]);
	my @out = ('') x ($to_src ? @$s : @$r);
	my %seen;
	for (pair_lines($s, $r)) {
		my ($i, $j) = @$_;
		$seen{$i} = 1;
		(my $line = $s->[$i]) =~ s/^\s+|\s+$//g;
		(my $read = $r->[$j]) =~ s/^\s+|\s+$//g;
		if ($to_src) {
			$out[$i] = shape($read, $line);
		} else {
			$out[$j] = shape($line, $read);
		}
		my $long = length($read) / length($line);
		if ($long < 0.6 || $long > 1.6) {
			print STDERR "align.pl: $ARGV[1]: page ", $p + 1, ": <$line> against <$read>\n";
			$bad = 1;
		}
	}
	for my $i (grep { $s->[$_] =~ /\S/ && !$seen{$_} } 0 .. $#$s) {
		print STDERR "align.pl: $ARGV[1]: page ", $p + 1, ": lost: $s->[$i]\n";
		$bad = 1;
	}
	push @pages, join "\n", @out;
}
print join("\f", @pages);
exit $bad;
