#!/bin/bash
# Speed of lexicons and models: look-ups a second beside Hunspell_spell on the words of the same text,
# and how long one takes to open.
. "$(dirname "$0")/timing.sh"
echo "== Lexicons and models: look-ups =="
if ! make_sample; then
	echo "skipped: ../shared is not there"
	exit 0
fi
head -c $((megabytes * 500000)) "$sample" >"$work/en.txt"
tail -c $((megabytes * 500000)) "$sample" >"$work/fr.txt"
for pair in en:en_US fr:fr; do
	lang=${pair%:*} dictionary=/usr/share/hunspell/${pair#*:}
	[ -r "$dictionary.dic" ] || continue
	echo "$lang:"
	"$build/bench/lookup" "$lang" "$dictionary" "$work/$lang.txt"
done
