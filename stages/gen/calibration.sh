#!/bin/bash
# Makes dict/calibration/LANG.tsv, the weights of what speaks for and against a correction: damages
# the held-out ends of the texts that the models were counted from (misread), lets deocr decide, and
# fits the weights to what was right (judge, calibrate).  Where the post-OCR benchmark has a half to
# set thresholds by (bench/eval-deocr.sh says which), the prior of isolated decisions of each kind is then shifted to it.
#	stages/gen/calibration.sh [LANG...]		after stages/gen/models.sh
set -u -o pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/../.." || exit 2
build=${BUILD:-build}
texts=$build/models/text
ocr=../shared/data/ocr
pages=900
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

die() {
	echo "calibration: $*" >&2
	exit 1
}

# The texts whose ends are damaged, by language: those of whole sentences.
sources() {
	case $1 in
	en) echo eltec eltec eltec commonvoice anarchism handbook ;;
	fr) echo eltec eltec eltec commonvoice codecivil handbook ;;
	sq) echo mediawiki catalogues documents mozilla ;;
	esac
}

# What deocr decides on a stream, and whether it is right: STREAM GOLD LANG
decisions() {
	EMEND_DICT=$work/dict "$build/emend-deocr" -d -p 0 -l "$3" "$1" 2>&1 >/dev/null |
		"$build/bench/judge" <(sed -n 's/^T\t//p' "$1") "$2"
}

# A dictionary as it is, but without calibration.
mkdir -p "$work/dict" dict/calibration || exit 2
for item in dict/* "$build"/dict/*; do
	[ "$item" = dict/calibration ] || ln -s "$PWD/$item" "$work/dict/"
done
for lang in ${*:-en fr sq}; do
	files=()
	for name in $(sources "$lang"); do
		[ -r "$texts/$lang.$name.txt" ] || die "no $texts/$lang.$name.txt: run make models"
		files+=("$texts/$lang.$name.txt")
	done
	"$build/gen/misread" "$lang" "$pages" "$work/gold" "${files[@]}" >"$work/stream" || die "$lang"
	decisions "$work/stream" "$work/gold" "$lang" | "$build/gen/calibrate" >"$work/table" ||
		die "$lang"
	if [ -r "$ocr/icdar2017.$lang.jsonl.xz" ]; then
		bench/benchmark.sh "$ocr/icdar2017.$lang.jsonl.xz" 1 "$lang" "$work/bench" || die "$lang"
		decisions "$work/bench.in" "$work/bench.gold" "$lang" |
			"$build/gen/calibrate" "$work/table" >"$work/shifted" || die "$lang"
		mv "$work/shifted" "$work/table"
	fi
	{
		echo "# Weights of the features of a decision, by its kind (deocr/posterior.h says what they are)."
		echo "#	KIND <TAB> FEATURE <TAB> WEIGHT"
		echo "# Made by stages/gen/calibration.sh; sources in dict/README.md."
		cat "$work/table"
	} >"dict/calibration/$lang.tsv"
done
