#!/bin/bash
# Speed of deocr, processor time on one core, beside hunspell -l on the same text, and the time until
# it is ready in three languages.
. "$(dirname "$0")/timing.sh"
echo "== deocr =="
if ! make_sample || ! command -v hunspell >/dev/null; then
	echo "skipped: ../shared or hunspell is not there"
	exit 0
fi
head -c $((megabytes * 500000)) "$sample" | iconv -c -f utf-8 -t utf-8 >"$work/clean"

# Rows for FILE in LANG, read by hunspell with DICTIONARY.
rows() { # what file lang dictionary
	local ours
	ours=$(cpu "$build/emend-deocr" -T -l "$3" "$2")
	ratio "$1" "$ours" "$(cpu hunspell -i utf-8 -d "$4" -l "$2")" 'hunspell -i utf-8 -l'
	ratio "$1" "$ours" "$(cpu hunspell -d "$4" -l "$2")" 'hunspell -l'
}

printf '%-44s %10s  %10s  %s\n' text deocr hunspell 'as fast as'
rows 'clean English, novels' "$work/clean" en en_US
ocr=$root/../shared/data/ocr/icdar2017.fr.jsonl.xz
if command -v jq >/dev/null && "$root/bench/benchmark.sh" "$ocr" 0 fr "$work/noisy"; then
	rows 'noisy French, the post-OCR benchmark' "$work/noisy.raw" fr fr
fi
printf '#emend 1\n' >"$work/three"
for lang in en fr sq; do
	printf 'D\t1\tsrc=1\tlang=%s\nS\t1\nB\tp\tid=L0001\tlines=1\nT\ta\nE\t4\n' "$lang"
done >>"$work/three"
printf 'ready, three languages: %s s\n' "$(cpu "$build/emend-deocr" "$work/three")"
