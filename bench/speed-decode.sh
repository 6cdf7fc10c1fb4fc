#!/bin/bash
# Speed of decode, processor time on one core, beside iconv(1) on the same text, and beside ftfy
# (Debian's python3-ftfy) where it is there: clean text, text in windows-1252, text of which every
# line was misread.
. "$(dirname "$0")/timing.sh"
echo "== decode: speed =="
if ! [ -r "$texts/fr.eltec.txt.xz" ]; then
	echo "skipped: ../shared is not there"
	exit 0
fi
size=40000000
xzcat "$texts/fr.eltec.txt.xz" | head -c $size | iconv -c -f utf-8 -t utf-8 >"$work/clean"
iconv -c -f utf-8 -t cp1252 "$work/clean" >"$work/cp1252"
# Only lines with an accent, so that every one of them is damaged.
LC_ALL=C grep -a $'\303' "$work/clean" | head -c 10000000 | iconv -c -f utf-8 -t utf-8 >"$work/accents"
"$build/bench/damage" UTF-8 CP1252 <"$work/accents" >"$work/mojibake"
"$build/bench/damage" MACINTOSH CP1252 <"$work/accents" >"$work/mixup"

rate() { # file seconds
	awk -v n="$(wc -c <"$1")" -v t="$2" 'BEGIN { printf "%s %.0f MB/s", "  ours:", n / 1e6 / t }'
}
row() { # what file encoding
	local ours
	ours=$(cpu "$build/emend-decode" "$2")
	ratio "$1" "$ours" "$(cpu iconv -f "$3" -t utf-8 "$2")" 'iconv'
	rate "$2" "$ours"
	echo
}
row 'clean UTF-8, French' "$work/clean" utf-8
row 'windows-1252' "$work/cp1252" cp1252
row 'UTF-8 read as windows-1252, every line' "$work/mojibake" utf-8
row 'MacRoman read as windows-1252' "$work/mixup" utf-8
tagged=$(cpu "$build/emend-decode" -t "$work/clean")
ratio 'clean UTF-8 to a tagged stream, two SHA-256' "$tagged" "$(cpu sha256sum "$work/clean")" sha256sum
if python3 -c 'import ftfy' 2>/dev/null; then
	ratio 'UTF-8 read as windows-1252, every line' "$(cpu "$build/emend-decode" "$work/mojibake")" \
	    "$(cpu python3 -m ftfy.cli "$work/mojibake")" ftfy
fi
