#!/bin/bash
# Speed of the whole job, processor time on one core, beside hunspell -l on the same text.
. "$(dirname "$0")/timing.sh"
echo "== The whole job: emend run -j1 =="
seeds=$root/../shared/seeds
if ! command -v hunspell >/dev/null || [ ! -d "$seeds" ] || ! make_sample; then
	echo "skipped: hunspell or ../shared is not there"
	exit 0
fi
printf '%-44s %10s  %10s  %s\n' 'text' 'emend' 'hunspell' 'as fast as hunspell -l'
job() { rm -rf "$work/out"; "$root/emend" run -q -j1 -o "$work/out" "$@"; }

# Novels cut into documents of about 100 KB, so that the batch is one of documents.
mkdir "$work/novels"
split -C 100k "$sample" "$work/novels/n"
ratio '10 MB of novels, 100 documents' "$(cpu job "$work/novels")" \
    "$(cpu hunspell -d en_US,fr -l "$sample")" hunspell

# The seeds thirty times, so that starting up counts as it does in a batch.
mkdir "$work/seeds"
for i in $(seq 30); do for f in "$seeds"/*.txt; do cp "$f" "$work/seeds/$i-${f##*/}"; done; done
cat "$work/seeds"/* >"$work/seeds.txt"
ratio 'the five seeds, 30 times' "$(cpu job "$work/seeds")" \
    "$(cpu hunspell -d en_US,fr -l "$work/seeds.txt")" hunspell
