#!/bin/bash
# The programs that make lexicons and models: the same bytes from the same input, no half-written
# files, messages and status on what cannot be used.
set -u
export LC_ALL=C
cd "$(dirname "$0")/.." || exit 2
build=${EMEND_BUILD:-build}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
n=0

ok() { # description command...
	local what=$1
	shift
	n=$((n + 1))
	if "$@" >"$tmp/out" 2>"$tmp/err"; then echo "ok $n - $what"; else
		echo "not ok $n - $what"
		sed 's/^/# /' "$tmp/err" | head
	fi
}
status() { # wanted command...
	local want=$1 got
	shift
	"$@"
	got=$?
	[ $got -eq "$want" ]
}

# A dictionary with all that affixes can do: conditions, cross products, two suffixes, flags that
# need an affix or keep case, an alias, a comment in the head, Latin 1.
cat >"$tmp/x.aff" <<'X'
SET ISO8859-1
FLAG num
NEEDAFFIX 9
KEEPCASE 8
FORBIDDENWORD 7
PFX 1 Y 1
PFX 1 0 re .
SFX 2 Y 2
SFX 2 y ies [^aeiou]y
SFX 2 0 s [aeiou]y
SFX 3 Y 1
SFX 3 0 able/4 .
SFX 4 Y 1
SFX 4 0 s .
SFX 5 N 1
SFX 5 0 er .
X
printf '8\nplay/1,2,3\ntry/2\nstem/9,3\nkm/8\nbad/7\nwork/1,5\ncaf\xe9\ntwo words\n' >"$tmp/x.dic"
ok 'a lexicon is made of a dictionary' "$build/gen/lexicon" -v -l xx -o "$tmp/a.lex" "$tmp/x"
cp "$tmp/err" "$tmp/told"
ok 'it has the forms the rules make' grep -q ': 17 forms, ' "$tmp/told"
ok 'it is made again' "$build/gen/lexicon" -l xx -o "$tmp/b.lex" "$tmp/x"
ok 'the same bytes' cmp "$tmp/a.lex" "$tmp/b.lex"
ok 'to standard output too' sh -c "'$build/gen/lexicon' -l xx '$tmp/x' | cmp - '$tmp/a.lex'"
ok 'no dictionary: status 2' status 2 "$build/gen/lexicon" -l zz -o "$tmp/c.lex"
ok 'and no file' test ! -e "$tmp/c.lex"
ok 'no language: status 2' status 2 "$build/gen/lexicon" -o "$tmp/c.lex"
ok 'a full disk is no success' status 2 sh -c "'$build/gen/lexicon' -l xx '$tmp/x' >/dev/full"

for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	echo "The house of number $i stands in the street of the town, and the people of the town know it."
	echo "Mr. Smith lives in a house of the old town."
done >"$tmp/text.txt"
yes 'the same line again and again and again for ever' | head -n 200 >>"$tmp/text.txt"
printf 'house 500\nstreet 300\n' >"$tmp/list.txt"
model() { "$build/gen/ngrams" -v -l en -o "$1" -w 0.1:"$tmp/list.txt" 2:"$tmp/text.txt"; }
ok 'a model is counted' model "$tmp/a.lm"
cp "$tmp/err" "$tmp/told"
ok 'a line counts once' grep -q ' 206 lines repeated' "$tmp/told"
ok 'it is counted again' model "$tmp/b.lm"
ok 'the same bytes, too' cmp "$tmp/a.lm" "$tmp/b.lm"
ok 'it foretells the text' sh -c "'$build/bench/perplexity' -l en -m '$tmp/a.lm' '$tmp/text.txt' | grep -q perplexity"
ok 'a text that is not there: status 2' status 2 "$build/gen/ngrams" -l en -o "$tmp/c.lm" 1:"$tmp/none"
ok 'an operand without weight: status 2' status 2 "$build/gen/ngrams" -l en -o "$tmp/c.lm" "$tmp/text.txt"
printf 'a\0b\377\376\n\n%s\n' "$(head -c 300000 /dev/zero | tr '\0' x)" >"$tmp/odd.txt"
ok 'odd input is no failure' "$build/gen/ngrams" -l en -o "$tmp/d.lm" 1:"$tmp/odd.txt" 1:"$tmp/text.txt"

printf '<html><head><title>No</title></head><p>The <b>people</b> of the town &amp; the\n<code>ls -l</code> house<br>x <pre>code here is no text of a town</pre><p>de la ville et du village' >"$tmp/x.html"
ok 'prose out of markup' sh -c "'$build/gen/text' -l en -f html '$tmp/x.html' >'$tmp/x.out'"
ok 'without code and other languages' sh -c "printf 'The people of the town & the , house\n' | cmp - '$tmp/x.out'"
ok 'of no markup, too' sh -c "'$build/gen/text' -l en -f html /dev/null '$tmp/odd.txt' '$tmp/x.dic'"
echo "1..$n"
