#!/bin/bash
# Speed of emend-totei and emend-verify, processor time on one core: TEI made of a tagged stream,
# checked and written, beside gzip -6 and xmllint --noout on the TEI it makes.
. "$(dirname "$0")/timing.sh"
echo "== totei: speed =="
if ! command -v xmllint >/dev/null || ! make_sample; then
	echo "skipped: xmllint or ../shared is not there"
	exit 0
fi

write() { "$build/emend-totei" -o "$work/out" <"$1"; }
lint() { find "$work/out" -name '*.xml' -exec xmllint --noout {} +; }
prove() { for f in "$work"/out/*.xml; do "$build/emend-verify" -qs "$f"; done; }
rows() { # WHAT STREAM
	local ours
	rm -rf "$work/out"
	ours=$(cpu write "$2")
	find "$work/out" -name '*.xml' -exec cat {} + >"$work/all.xml"
	ratio "$1" "$ours" "$(cpu gzip -6 -c "$work/all.xml")" 'gzip -6'
	ratio "$1" "$ours" "$(cpu lint)" 'xmllint --noout'
	ratio "verify: $1" "$(cpu prove)" "$(cpu lint)" 'xmllint --noout'
}

mkdir "$work/novels"
fold -s -w 70 "$sample" | split -C 100k - "$work/novels/n"
"$build/emend-decode" -t "$work"/novels/* | "$build/emend-segment" >"$work/blocks"
rows "$megabytes MB of novels, lines of 70" "$work/blocks"

mkdir "$work/seeds"
for i in $(seq 6); do for f in "$root"/../shared/seeds/*.txt; do cp "$f" "$work/seeds/$i-${f##*/}"; done; done
"$build/emend-decode" -t "$work"/seeds/* | "$build/emend-segment" | "$build/emend-langtag" |
    "$build/emend-deocr" >"$work/corrected" 2>/dev/null
rows 'the five seeds, 6 times, corrected' "$work/corrected"
