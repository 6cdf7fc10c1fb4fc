#!/bin/bash
# Prints how many damaged lines decode puts right, exactly: the sentences of corpus/lines, each wrong
# reading, each language; as one document, and every line alone.
#	FAILURES=1 bench/eval-mojibake.sh	shows what is not put right, on standard error
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
build=${EMEND_BUILD:-build}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
languages=${LANGUAGES:-fr sq es de it hr}

# Lines of $tmp/want that $1 has too, in percent.
percent() {
	paste -d '\n' "$tmp/want" "$1" | awk -v list="${FAILURES-}" '
		NR % 2 { want = $0; next }
		{ n++; if ($0 == want) ok++; else if (list) print want "\n\t" $0 >"/dev/stderr" }
		END { if (n) printf "%5.0f", 100 * ok / n; else printf "    -" }'
}

# damage name, what bench/damage is told
row() {
	local name=$1 l
	shift
	printf '%-28s' "$name"
	for l in $languages; do
		"$build/bench/damage" keep "$@" <corpus/lines/$l.txt >"$tmp/all"
		paste -d '\t' corpus/lines/$l.txt "$tmp/all" | awk -F '\t' '$2 != ""' >"$tmp/pairs"
		cut -f1 "$tmp/pairs" >"$tmp/want"
		cut -f2 "$tmp/pairs" >"$tmp/bad"
		"$build/emend-decode" "$tmp/bad" >"$tmp/whole"
		rm -f "$tmp"/line.*
		awk -v d="$tmp" '{ f = sprintf("%s/line.%04d", d, NR); print >f; printf "%s%c%s%c%s%c", NR, 0, "x", 0, f, 0 }' \
			"$tmp/bad" >"$tmp/list"
		"$build/emend-decode" -t -f "$tmp/list" | sed -n 's/^T\t//p' >"$tmp/alone"
		percent "$tmp/whole"
		printf '/'
		percent "$tmp/alone"
	done
	echo
}

printf '%-28s' 'exact lines %, file/alone'
for l in $languages; do printf '%11s' "$l"; done
echo
row 'UTF-8 as cp1252' UTF-8 CP1252
row 'UTF-8 as cp1252, twice' UTF-8 CP1252 2
row 'UTF-8 as cp1252, 3 times' UTF-8 CP1252 3
row 'UTF-8 as latin-1' UTF-8 ISO-8859-1
row 'UTF-8 as latin-1, twice' UTF-8 ISO-8859-1 2
for e in MACINTOSH CP437 CP850 CP1250 ISO-8859-15 ISO-8859-2 CP1251 CP1253 CP1254 CP1257; do
	row "UTF-8 as $e" UTF-8 $e
done
for p in 'MACINTOSH CP1252' 'CP850 CP1252' 'CP1252 MACINTOSH' 'CP1252 CP850' 'MACINTOSH ISO-8859-1' 'CP850 ISO-8859-1'; do
	row "${p% *} as ${p#* }" $p
done
row 'half UTF-8 as cp1252' half UTF-8 CP1252
row 'half UTF-8 as MacRoman' half UTF-8 MACINTOSH
row 'half MacRoman as cp1252' half MACINTOSH CP1252
row 'half cp850 as cp1252' half CP850 CP1252
