#!/bin/bash
# Quality of deocr: bench/score on the texts of ../shared, which no model was counted from.  Texts
# of the post-OCR benchmark are taken in halves by the parity of their page numbers: half 1 set
# the priors of the posteriors, half 0 did not.  Rows in "-y": hyphens inside words do not count, for
# gold texts that keep those of lost line ends; in "-p": punctuation is a word.
set -u
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 2
build=${EMEND_BUILD:-build}
case $build in /*) ;; *) build=$root/$build ;; esac
shared=$root/../shared
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# A row for each way to count: FILE HALF LANG NAME FLAGS...
measure() {
	local file=$1 half=$2 lang=$3 name=$4 flags
	shift 4
	"$root/bench/benchmark.sh" "$file" "$half" "$lang" "$work/b" || return
	"$build/emend-deocr" -l "$lang" <"$work/b.in" | sed -n 's/^T\t//p' >"$work/b.cor"
	for flags; do
		"$build/bench/score" $flags -l -n "$name$flags" "$work/b.raw" "$work/b.cor" "$work/b.gold"
	done
}

"$build/bench/score" -H
ocr=$shared/data/ocr
if [ -r "$ocr/icdar2017.en.jsonl.xz" ] && command -v jq >/dev/null; then
	for half in 1 0; do
		measure "$ocr/icdar2017.en.jsonl.xz" $half en "icdar en $half" "" -p
	done
	for half in 1 0; do
		measure "$ocr/icdar2017.fr.jsonl.xz" $half fr "icdar fr $half" "" -y -p
	done
	for half in 1 0; do
		measure "$ocr/icdar2017raw.fr.jsonl.xz" $half fr "icdar long fr $half" "" -y
	done
else
	echo "deocr: the benchmark texts or jq are not here: skipped"
fi

# Lines 1916-2059 of the scanned statements, through decode and deocr as a user would.
seed=$(ls "$shared"/seeds/003_*.txt 2>/dev/null)
if [ -r "$shared/gold/benin.fr.txt" ] && [ -n "$seed" ]; then
	sed -n 1916,2059p "$seed" >"$work/raw"
	"$build/emend-decode" "$work/raw" | "$build/emend-deocr" -l fr >"$work/cor"
	"$build/bench/score" -n "benin fr" "$work/raw" "$work/cor" "$shared/gold/benin.fr.txt"
else
	echo "deocr: the seeds are not here: skipped"
fi
