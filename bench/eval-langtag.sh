#!/bin/bash
# Prints how well langtag tells languages, beside CLD2 and libexttextcat (Debian's libcld2-dev and
# libexttextcat-dev) on the same lines: macro accuracy on ../shared/data/lang, clean and with noise
# (bench/langnoise.c), by halves of the lines; the share right among the sure; spans on
# corpus/spans.  Half a (odd lines) was looked at when tuning, half b was not.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C
build=${EMEND_BUILD:-build}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
texts=../shared/data/lang/lingua-dev.tsv.xz
set20=en,fr,sq,es,pt,it,de,nl,ro,ru,uk,bg,pl,cs,tr,el,ar,zh,hu,sr,hr,bs

# Lines of "tag TAB ..." for each line of the input by the peer or langtag.
tags() { # who candidates
	case $1 in
	langtag) "$build/emend-langtag" -T -l "$2" ;;
	*) "$tmp/peers" "$1" "$2" ;;
	esac | cut -f1,2
}

# A row of the table: sentences/pairs/words right, in %, mean over languages; by halves.
row() { # who
	local rate
	printf '%-14s' "$1"
	for rate in 0 50 150; do
		tags "$1" "$set20" <"$tmp/text.$rate" >"$tmp/got"
		paste "$tmp/gold" "$tmp/got" | awk -F'\t' '
		function group(x) { sub(/-.*/, "", x); return x ~ /^(sr|hr|bs|sh)$/ ? "hbs" : x }
		{ h = NR % 2; k = h SUBSEP $2 SUBSEP group($1); n[k]++; c[k] += group($1) == group($3) }
		END {
			for (k in n) { split(k, a, SUBSEP); s[a[1], a[2]] += c[k] / n[k]; m[a[1], a[2]]++ }
			for (h = 1; h >= 0; h--)
				printf "  %5.1f/%.1f/%.1f", 100 * s[h, "sentence"] / m[h, "sentence"],
				    100 * s[h, "pair"] / m[h, "pair"], 100 * s[h, "word"] / m[h, "word"]
		}'
	done
	echo
}

accuracy() {
	local rate who
	xzcat "$texts" | awk -F'\t' -v l=",$set20," 'index(l, "," $1 ",")' >"$tmp/dev"
	cut -f1,2 "$tmp/dev" >"$tmp/gold"
	for rate in 0 50 150; do
		cut -f3 "$tmp/dev" | "$build/bench/langnoise" $rate | sed 's/^$/./' >"$tmp/text.$rate"
	done
	echo "== langtag: accuracy over 20 languages, %: sentences/pairs/words, half a, half b =="
	printf '%-14s  %-34s  %-34s  %s\n' '' clean '5 % noise' '15 % noise'
	for who in langtag cld2 textcat; do
		[ $who = langtag ] || [ -x "$tmp/peers" ] && row $who
	done
	echo "== all $(xzcat "$texts" | cut -f1 | sort -u | wc -l) languages of the texts as candidates, and how far to trust the posterior =="
	xzcat "$texts" | cut -f3 | sed 's/^$/./' | "$build/emend-langtag" -T | cut -f1,2 >"$tmp/got"
	paste <(xzcat "$texts" | cut -f1,2) "$tmp/got" | awk -F'\t' '
	function group(x) { sub(/-.*/, "", x); return x ~ /^(sr|hr|bs|sh)$/ ? "hbs" : x == "nb" ? "no" : x }
	{
		ok = group($1) == group($3); n[$2]++; c[$2] += ok
		if ($4 > .9) { sure[$2]++; right[$2] += ok }
		if ($1 ~ /^(sk|cs)$/) { neighbours++; wrong += !ok && $4 > .9 }
	}
	END {
		for (k in n) printf "%-9s right %.1f %%; posterior > .90: %.1f %% of lines, of them right %.1f %%\n", k,
		    100 * c[k] / n[k], 100 * sure[k] / n[k], 100 * right[k] / sure[k]
		printf "Slovak and Czech taken for another language at > .90: %.2f %%\n", 100 * wrong / neighbours
	}' | sort
}

# Lines of two halves, each of another language: the share of words whose language is right.
mixed() {
	xzcat "$texts" | awk -F'\t' -v l=",$set20," '
	$2 == "sentence" && $1 !~ /^(sr|hr|bs)$/ && index(l, "," $1 ",") { n[$1]++; t[$1, n[$1]] = $3; if (n[$1] == 1) tag[++k] = $1 }
	END {
		for (i = 1; i <= 150; i++)
			for (j = 1; j <= k; j++) {
				a = tag[j]; b = tag[(j + 1 + i % (k - 2)) % k + 1]
				if (a != b && t[a, i] != "" && t[b, i + 200] != "")
					print a "\t" t[a, i] " ⟦" b ":" t[b, i + 200] "⟧"
			}
	}' >"$tmp/mixed"
	echo "== langtag: two sentences of two languages on a line, $(wc -l <"$tmp/mixed") lines =="
	spans "$tmp/mixed"
}

spans() { # marked
	"$build/bench/langspans" -t "$1" >"$tmp/in"
	"$build/emend-langtag" -c pipeline.conf <"$tmp/in" >"$tmp/out"
	"$build/bench/langspans" "$1" "$tmp/out"
}

g++ -O2 -o "$tmp/peers" bench/peers/langpeers.cc -lcld2 -lexttextcat-2.0 2>/dev/null ||
	echo "eval-langtag: no CLD2 and libexttextcat here, langtag alone"
if [ -f "$texts" ]; then
	accuracy
	mixed
else
	echo "eval-langtag: no ../shared/data/lang here, skipped"
fi
for half in tune held; do
	[ -f corpus/spans/$half.tsv ] || continue
	echo "== langtag: embedded phrases and letterheads, corpus/spans/$half.tsv =="
	spans corpus/spans/$half.tsv
done
