#!/bin/bash
# Speed of the whole job, processor time on one core, beside hunspell -l on the same text: as fast as
# it gets, which is with the bytes of UTF-8 taken for letters of Latin 1, and reading the text right.
. "$(dirname "$0")/timing.sh"
echo "== The whole job: emend run -j1 =="
seeds=$root/../shared/seeds
if ! command -v hunspell >/dev/null || [ ! -d "$seeds" ] || ! make_sample; then
	echo "skipped: hunspell or ../shared is not there"
	exit 0
fi
printf '%-44s %10s  %10s  %s\n' 'text' 'emend' 'hunspell' 'as fast as'
job() { rm -rf "$work/out"; "$root/emend" run -q -j1 -o "$work/out" "$1"; }
rows() { # WHAT FOLDER
	local ours
	cat "$2"/* >"$work/all.txt"
	ours=$(cpu job "$2")
	ratio "$1" "$ours" "$(cpu hunspell -d en_US,fr -l "$work/all.txt")" 'hunspell -l'
	ratio "$1" "$ours" "$(cpu hunspell -i utf-8 -d en_US,fr -l "$work/all.txt")" 'hunspell -i utf-8 -l'
}

# Novels cut into documents of about 100 KB, so that the batch is one of documents.
mkdir "$work/novels"
split -C 100k "$sample" "$work/novels/n"
rows "$megabytes MB of novels, documents of 100 KB" "$work/novels"

# The seeds six times, so that starting up counts as it does in a batch.
mkdir "$work/seeds"
for i in $(seq 6); do for f in "$seeds"/*.txt; do cp "$f" "$work/seeds/$i-${f##*/}"; done; done
rows 'the five seeds, 6 times' "$work/seeds"
