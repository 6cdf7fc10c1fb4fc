#!/bin/bash
# Whatever comes in, emend-segment drops no line and changes no word: on every sample, on random
# bytes, on lines without end and lines without number.

. "$(dirname "$0")/tap.sh"

# lines FILE: the tagged stream that emend-decode would make of clean text
lines() {
	printf '#emend 1\nD\t1\tsrc=x\n'
	sed 's/^/T\t/' "$1"
	[ -z "$(tail -c1 "$1")" ] || echo
	printf 'E\t%d\n' $(($(sed -n '$=' "$1") + 1))
}

# whole FILE NAME
whole() {
	lines "$1" > "$tmp/lines"
	"$build/emend-segment" < "$tmp/lines" > "$tmp/out"
	ok "$2" awk -f "$root/tests/segment-whole.awk" "$tmp/lines" "$tmp/out"
}

for f in "$root"/corpus/*/*.txt "$root"/../shared/seeds/*.txt; do
	[ -f "$f" ] || continue
	iconv -c -f utf-8 -t utf-8 "$f" > "$tmp/in"
	whole "$tmp/in" "whole: ${f##*/}"
done

# words, marks, specks and page furniture in any order, by a small generator
for seed in 1 2 3 4 5 6 7 8 9 10 11 12; do
	awk -v seed=$seed 'BEGIN {
		srand(seed)
		n = split("|| | \f|  |1|- 2 -|3/6|A/RES/64/293|_______________|1 See resolution 55/2.|2 Ibid.|" \
		    "* Reissued.|Mr. President,|Excellencies,|Thank you.|Je vous remercie.|" \
		    "The General Assembly,|1. Decides to|2. Also|12.There is|(a) First;|(b) second|- item|" \
		    "• item|. : 1 ;,r ,I:|the rest of it goes on here in small letters and|of the Plan1 and,2|" \
		    "co-|T H E  P R E S I D E N T|th|www.|Annex|Statement by H.E. Mr. X,|Zoti President,|" \
		    "New York, 7 February 2013|I. Prevention|Page 3|Read more|Ms. Kadare (Albania):", w, "|")
		for (i = 0; i < 400; i++)
			print (rand() < 0.1 ? " " : "") w[int(rand() * n) + 1] (rand() < 0.1 ? "\f" : "")
	}' > "$tmp/in"
	whole "$tmp/in" "whole: generated lines $seed"
done

# random bytes, made UTF-8
for seed in 1 2 3; do
	awk -v seed=$seed 'BEGIN { srand(seed); for (i = 0; i < 60000; i++) printf "%c", 1 + int(rand() * 254) }' |
		iconv -f latin1 -t utf-8 > "$tmp/in"
	whole "$tmp/in" "whole: random bytes $seed"
done

printf '#emend 1\nD\t1\tsrc=x\nE\t1\n' | "$build/emend-segment" > "$tmp/out"
is "an empty document" "$(grep -c '^[SB]' "$tmp/out") $(tail -n 1 "$tmp/out" | cut -c1)" "0 E"
is "nothing in, nothing out" "$("$build/emend-segment" < /dev/null)" ""

echo x | "$build/emend-segment" -c "$tmp/none" > /dev/null 2>&1
is "a configuration that is not there" "$?" 2

finish
