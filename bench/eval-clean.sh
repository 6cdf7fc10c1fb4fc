#!/bin/bash
# Harm that deocr does to clean text: every change it makes there counts, right or wrong.  The seeds
# that were never scanned, through the whole chain, and the ends of the texts the models were counted
# from, which were held out of them (a twentieth of the lines), WORDS of each language shared out over
# its texts.  Texts that come from packages are there after "make models".  Ten of the changes are
# shown.  Then Albanian of our own: what a recogniser, the right one and others, makes of it, and
# accents stripped (corpus/albanian; a was there to tune on, b was not; the gold of a narrow column
# is the text before it was broken into lines).
set -u -o pipefail
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 2
build=${EMEND_BUILD:-build}
case $build in /*) ;; *) build=$root/$build ;; esac
shared=$root/../shared
words=${WORDS:-100000}
sample=${SAMPLE:-10}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# Lines of text as tagged documents of at most 200 blocks: LANG
blocks() {
	awk -v lang="$1" '
		function end() { if (n) print "E\t" 2 * n + 2 }
		BEGIN { print "#emend 1" }
		NR % 200 == 1 { end(); n = 0; print "D\t" NR "\tsrc=a\tlang=" lang; print "S\t1" }
		{ n++; printf "B\tp\tid=L%04d\tlines=%d\nT\t%s\n", n, n, $0 }
		END { end() }'
}

# The changes of deocr in a stream, a line each: posterior, kinds, what was, what is, in its place.
changes() {
	LC_ALL=C awk -F '\t' '
		$1 == "T" { text = substr($0, 3) }
		$1 == "N" && $8 == "deocr" && ($4 == "corr" || $4 == "hyphen") {
			from = $2 > 40 ? $2 - 40 : 0
			print $7 "\t" $5 "\t" $6 "\t" substr(text, $2 + 1, $3) "\t" \
			    substr(text, from + 1, $2 - from) "[]" substr(text, $2 + $3 + 1, 40)
		}'
}

# A row and a sample of its changes: NAME LANG, a corrected stream on standard input.
report() {
	tee "$work/stream" | changes | iconv -c -t UTF-8 >"$work/changes"
	local n made every
	n=$(sed -n 's/^T\t//p' "$work/stream" | wc -w)
	made=$(wc -l <"$work/changes")
	awk -v name="$1" -v lang="$2" -v n="$n" -v made="$made" 'BEGIN {
		printf "%-24s %-4s %8d %8d %12.1f\n", name, lang, n, made, n ? made * 1e5 / n : 0 }'
	cat "$work/changes" >>"$work/all.$2"
	every=$((made / sample > 1 ? made / sample : 1))
	[ "$made" -eq 0 ] ||
		awk -v every=$every -v most="$sample" -F '\t' '
			(NR - 1) % every == 0 && shown++ < most {
				printf "    %s %-10s %s > %s    %s\n", $1, $2, $3, $4, $5 }' "$work/changes"
}

# The lines of a text that no model was counted from: LANG NAME FORMAT WHERE, as in sources.txt.
held_out() {
	local text=$build/models/text/$1.$2.txt
	if [ -r "$text" ]; then
		cat "$text"
	elif [ "$3" = text ] && [ -r "$shared/data/$4" ]; then
		xz -dc "$shared/data/$4"
	fi >"$work/text"
	tail -n $(($(wc -l <"$work/text") / 20)) "$work/text"
}

# The texts of LANG: name, format, where.
texts() {
	awk -F '\t' -v lang="$1" '$1 == lang && $4 != "list" && $4 != "own" { print $2 "\t" $4 "\t" $5 }' \
		"$root/dict/models/sources.txt"
}

# Lines spread over the file until WORDS are reached: FILE WORDS
some() {
	awk -v all="$(wc -w <"$1")" -v want="$2" '
		BEGIN { share = all > want ? want / all : 1 }
		{ due += share }
		due >= 1 { due--; print }' "$1"
}

printf '%-24s %-4s %8s %8s %12s\n' 'clean text' '' words changes 'in 100,000'
for seed in "$shared"/seeds/00[0124]_*.txt; do
	[ -r "$seed" ] || { echo "clean: the seeds are not here: skipped"; break; }
	"$build/emend-decode" -t "$seed" | "$build/emend-segment" | "$build/emend-langtag" |
		"$build/emend-deocr" | report "$(basename "$seed" | cut -c1-3)" seed
done
for lang in en fr sq; do
	n=0
	while IFS=$'\t' read -r name format where; do
		held_out "$lang" "$name" "$format" "$where" >"$work/$lang.$name"
		if [ -s "$work/$lang.$name" ]; then n=$((n + 1)); else rm "$work/$lang.$name"; fi
	done < <(texts "$lang")
	[ $n -gt 0 ] || { echo "clean: no text of $lang is here: skipped"; continue; }
	for file in "$work/$lang".*; do
		some "$file" $((words / n)) | blocks "$lang" | "$build/emend-deocr" |
			report "${file##*/"$lang".}" "$lang"
	done
	[ ! -e "$work/all.$lang" ] || printf '%-24s %-4s %17d\n' "all" "$lang" "$(wc -l <"$work/all.$lang")"
done

"$build/bench/score" -H
for half in a b; do
	for raw in "$root"/corpus/albanian/"$half"{,-narrow}.*.raw.txt; do
		name=$(basename "$raw" .raw.txt)
		"$build/emend-deocr" -l sq "$raw" >"$work/cor"
		"$build/bench/score" -n "sq $name" "$raw" "$work/cor" "$root/corpus/albanian/$half.gold.txt"
	done
done
