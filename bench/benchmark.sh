#!/bin/bash
# A half of a text of the post-OCR benchmark, by the parity of its page numbers, as OUT.in, a tagged
# stream with one block a document, and a line a document in OUT.raw and OUT.gold.
#	bench/benchmark.sh FILE.jsonl.xz HALF LANG OUT
set -u -o pipefail
xzcat "$1" | jq -c --argjson half "$2" \
	'select((.id | capture("(?<n>[0-9]+)(#[0-9]+|\\.txt)$").n | tonumber % 2) == $half)' >"$4.half" || exit
{
	printf '#emend 1\n'
	jq -r --arg lang "$3" '"D\t\(.id)\tsrc=\(.id)\tlang=\($lang)\nS\t1\n" +
	    "B\tp\tid=L0001\tlines=1\nT\t\(.ocr | gsub("\\s+"; " "))\nE\t4"' "$4.half"
} >"$4.in" &&
	sed -n 's/^T\t//p' "$4.in" >"$4.raw" &&
	jq -r '.gt | gsub("\\s+"; " ")' "$4.half" >"$4.gold" &&
	rm "$4.half"
