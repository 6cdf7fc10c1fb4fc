#!/bin/bash
# Word models: how well they foretell text they were not counted from.  Of each text they were counted
# from the last twentieth, which was held out; the true text of the OCR benchmark, of which nothing
# was counted.  Texts taken from packages are there after "make models".
set -u -o pipefail
export LC_ALL=C
cd "$(dirname "$0")/.." || exit 2
build=${EMEND_BUILD:-build}
shared=../shared
[ -d "$shared" ] || { echo "model: skipped, $shared is not here"; exit 0; }

line() { # lang name tail|whole, text on standard input
	local opt=()
	[ "$3" = tail ] && opt=(-t)
	printf '%-3s %-12s ' "$1" "$2"
	"$build/bench/perplexity" -l "$1" "${opt[@]}"
}

echo "== word models: texts held out (new: words not in the model, of all words)"
while IFS=$'\t' read -r lang name _ format where _; do
	text=$build/models/text/$lang.$name.txt
	if [ -f "$text" ] && [ "$format" != list ]; then
		line "$lang" "$name" tail <"$text"
	elif [ "$format" = text ]; then
		xz -dc "$shared/data/$where" | line "$lang" "$name" tail
	fi
done < <(grep -v '^#' dict/models/sources.txt)
for lang in en fr; do
	if command -v jq >/dev/null; then
		xz -dc "$shared/data/ocr/icdar2017.$lang.jsonl.xz" | jq -r '.gt | gsub("\n"; " ")' |
			line "$lang" "icdar (true)" whole
	fi
done
ls -l dict/models/*.lm | awk '{ printf "%s: %.2f MB\n", $NF, $5 / 1e6 }'
