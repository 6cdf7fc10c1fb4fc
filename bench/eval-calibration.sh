#!/bin/bash
# What the posteriors of deocr are worth: of the changes with such a posterior, so many were right.  On
# half 0 of the post-OCR benchmark, which set no weights, and on Albanian of our own (corpus/albanian).
#	bench/eval-calibration.sh [-u]		-u writes dict/calibration/measured.tsv, which deocr cites
set -u -o pipefail
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 2
build=${EMEND_BUILD:-build}
case $build in /*) ;; *) build=$root/$build ;; esac
ocr=$root/../shared/data/ocr
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# Decisions on STREAM that nothing but the threshold holds back, "1" or "0" and posterior: LANG
decisions() {
	"$build/emend-deocr" -d -p 0 -l "$1" "$work/b.in" 2>&1 >/dev/null |
		awk -F '\t' -v OFS='\t' '/^=/ { $0 = $0 "\tp=" ($6 == "made" ? $5 : 0) } 1' |
		"$build/bench/judge" "$work/b.raw" "$work/b.gold" |
		awk -F '\t' '{ sub(/^p=/, "", $NF); print $1, $NF }'
}

# The lines of Albanian pages as documents of a block each.
albanian() {
	local raw
	: >"$work/b.raw" >"$work/b.gold"
	for raw in "$root"/corpus/albanian/b.*.raw.txt; do
		tr -s '\n' ' ' <"$raw" >>"$work/b.raw"
		tr -s '\n' ' ' <"$root/corpus/albanian/b.gold.txt" >>"$work/b.gold"
		echo | tee -a "$work/b.gold" >>"$work/b.raw"
	done
	{
		echo '#emend 1'
		awk '{ print "D\t" NR "\tsrc=b\tlang=sq\nS\t1\nB\tp\tid=L0001\tlines=1\nT\t" $0 "\nE\t4" }' "$work/b.raw"
	} >"$work/b.in"
}

measured() {
	local lang
	for lang in en fr; do
		[ -r "$ocr/icdar2017.$lang.jsonl.xz" ] && command -v jq >/dev/null || continue
		"$root/bench/benchmark.sh" "$ocr/icdar2017.$lang.jsonl.xz" 0 $lang "$work/b" &&
			decisions $lang | bands $lang "the post-OCR benchmark of 2017"
	done
	albanian
	decisions sq | bands sq "pages rendered and read again"
}

# A line for each band of posteriors: LANG SOURCE
bands() {
	awk -v lang="$1" -v source="$2" '
		BEGIN { n = split("0.97 0.93 0.85 0.50", from, " ") }
		{ for (i = 1; i <= n && $2 < from[i]; i++); all[i]++; right[i] += $1 }
		END { to = 0.99
			for (i = 1; i <= n; i++) {
				if (all[i] >= 20)
					printf "%s\t%s\t%.2f\t%.2f\t%d\t%.2f\n", lang, source, from[i], to,
					    all[i], right[i] / all[i]
				to = from[i] - 0.01
			} }'
}

measured >"$work/measured"
echo 'posteriors: language, text, from, to, changes, share right'
cat "$work/measured"
[ "${1-}" = -u ] && {
	echo '# What posteriors were worth where the true text is known, by bench/eval-calibration.sh.'
	echo '#	LANG <TAB> TEXT <TAB> FROM <TAB> TO <TAB> CHANGES <TAB> SHARE RIGHT'
	cat "$work/measured"
} >"$root/dict/calibration/measured.tsv"
exit 0
