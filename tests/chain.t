#!/bin/bash
# The whole chain on corpus/ and, where ../shared is there, on the seeds: every file valid against
# the full TEI schema and proved by verify; plain text line for line.
. "$(dirname "$0")/tap.sh"
cd "$tmp" || exit 2
emend=$root/emend

chain() { # name path...
	local name=$1 n=0 f src
	shift
	"$emend" run -q -o "out.$name" "$@" 2>err
	is "$name: run" $? 0
	while IFS= read -r -d '' f; do
		src=$1/${f#./}
		src=${src%.xml}
		for e in .txt .txt.gz ''; do [ -e "$src$e" ] && { src=$src$e; break; }; done
		ok "$name: verify ${f#./}" "$emend" verify "out.$name/$f" "$src"
		n=$((n + 1))
	done < <(cd "out.$name" && find . -path ./.emend -prune -o -name '*.xml' -print0 | sort -z)
	ok "$name: $n files" test $n -gt 0
	if [ -n "$shared" ] && command -v jing >/dev/null; then
		find "out.$name" -name '*.xml' -print0 >files
		mapfile -d '' -t files <files
		ok "$name: valid against tei_all" jing "$root/../shared/tei/tei_all.rng" "${files[@]}"
	else
		skip "$name: valid against tei_all" "../shared or jing is not there"
	fi
}

mkdir statements && cp "$root"/corpus/statements/*.raw.txt* statements
chain statements statements
mkdir structure && cp "$root"/corpus/structure/*.txt structure
chain structure structure
if [ -n "$shared" ]; then
	chain seeds "$root/../shared/seeds"
	for f in "$root"/../shared/seeds/00[0124]*.txt; do
		"$build/emend-decode" "$f" >lines
		is "decode changes nothing in ${f##*/}" "$(cmp lines "$f")" ""
		n=$("$build/emend-deocr" -l en <lines | diff - <(sed -e "\$a\\" lines) | grep -c '^[<>]')
		is "deocr loses no word of ${f##*/}" "$n" 0
		f=${f##*/}
		is "nor in its TEI" "$(grep -c 'resp="#deocr"' "out.seeds/${f%.txt}.xml")" 0
	done
else
	skip "the seeds" "../shared is not there"
fi

# Plain in, plain out: as many lines, and what the tagged way gives with its tags taken off.
for f in "$root"/corpus/statements/*.raw.txt; do
	"$build/emend-decode" "$f" >lines
	is "decode, deocr: as many lines in ${f##*/}" "$("$build/emend-deocr" <lines | wc -l)" "$(wc -l <lines)"
	ok "decode: tagged is plain with tags, form feeds as notes, in ${f##*/}" \
	    cmp <(tr -d "\f" <lines) <("$build/emend-decode" -t "$f" | sed -n 's/^T\t//p')
done
# --- the example in the README ---

squeeze() { tr -s '[:space:]' ' '; }
sed -n '/^    Je vous <choice>/,/attention$/p' "$root/README.md" | sed 's/  *the TEI$//' | squeeze >"$tmp/said"
printf 'Monsieur le Président,\n\nJe vous cemercie de votre aimable attention.\n' >"$tmp/readme.txt"
"$root/emend" run -o "$tmp/readme" "$tmp/readme.txt" 2>/dev/null
ok "README: an example" grep -q '<corr .*cert=' "$tmp/said"
ok "README: it is what comes out" grep -qF "$(sed 's/^ //; s/ $//' "$tmp/said")" <(squeeze <"$tmp/readme/readme.xml")

finish
