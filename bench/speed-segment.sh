#!/bin/bash
# Speed of emend-segment, processor time on one core, beside hunspell -l and gzip -6 on the same text.
. "$(dirname "$0")/timing.sh"
echo "== segment: speed =="
if ! command -v hunspell >/dev/null || ! make_sample; then
	echo "skipped: hunspell or ../shared is not there"
	exit 0
fi
row() { # WHAT FILE
	local ours
	ours=$(cpu "$build/emend-segment" "$2")
	ratio "$1" "$ours" "$(cpu hunspell -d en_US -l "$2")" 'hunspell -l'
	ratio "$1" "$ours" "$(cpu gzip -6 -c "$2")" 'gzip -6'
}
row "$megabytes MB, a paragraph a line" "$sample"
# lines as a scan has them: 70 characters, page numbers, specks, double-spaced by stretches
fold -s -w 70 "$sample" | awk '
	NR % 40 == 0 { print ""; print "- " int(NR / 40) " -"; print "" }
	NR % 97 == 0 { print ". : , ;'"'"' ,r ,I: ." }
	{ print; if (int(NR / 400) % 2) print "" }' >"$work/scan.txt"
row "$megabytes MB of short lines" "$work/scan.txt"
