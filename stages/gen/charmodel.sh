#!/bin/bash
# Gathers the text that the character model is counted from: translations in Debian packages, and
# the word counts and texts of ../shared/data where they are.  Makes DIR/LANG.txt, a string a line,
# and DIR/LANG.count, word TAB count.  Needs apt-get, dpkg-deb, msgunfmt, unzip, xz.
#	stages/gen/charmodel.sh DIR [PACKAGES-DIR]
set -eu
export LC_ALL=C.UTF-8
dir=$1
packages=${2:-$dir/packages}
shared=$(cd "$(dirname "$0")/../.." && pwd)/../shared/data
mkdir -p "$dir" "$packages" "$dir/x"

campaigns="did dm dw ei httt l low nr sof sota sotbe thot trow tsg ttb utbs"
# language, and what firefox, wesnoth and gnome call it
languages="af:af:af:- ar:ar:ar:- be:be:-:- bg:bg:bg:- br:br:-:- ca:ca:ca:ca cs:cs:cs:cs cy:cy:-:-
da:da:da:da de:de:de:de el:el:el:el en:-:en_GB:C eo:eo:eo:- es:es-es:es:es et:et:et:- eu:eu:eu:-
fi:fi:fi:fi fr:fr:fr:fr ga:ga-ie:ga:- gl:gl:gl:gl hr:hr:hr:hr bs:bs:-:- hu:hu:hu:hu is:is:is:-
it:it:it:it lt:lt:lt:lt lv:lv:lv:lv mk:mk:mk:- nb:nb-no:nb_NO:- nl:nl:nl:nl nn:nn-no:-:- oc:oc:-:-
pl:pl:pl:pl pt:pt-pt:pt:pt ro:ro:ro:ro ru:ru:ru:ru sk:sk:sk:- sl:sl:sl:sl sq:sq:-:- sr:sr:sr:sr
sr-Latn:-:sr@latin:sr@latin sv:sv-se:sv:sv tr:tr:tr:tr uk:uk:uk:uk gd:gd:gd:- vi:vi:vi:vi fa:fa:-:fa he:he:he:he"

fetch() {
	local want=() p
	for p in wesnoth-1.16-data gnome-user-docs $(printf 'wesnoth-1.16-%s ' $campaigns); do
		want+=("$p")
	done
	for p in $languages; do
		p=$(cut -d: -f2 <<<"$p")
		[ "$p" = - ] || want+=("firefox-esr-l10n-$p")
	done
	for p in "${want[@]}"; do
		compgen -G "$packages/${p}_*.deb" >/dev/null || (cd "$packages" && apt-get download "$p")
	done
}

unpack() {
	local deb
	for deb in "$packages"/wesnoth*.deb; do
		dpkg-deb --fsys-tarfile "$deb" | tar -xf - -C "$dir/x" --wildcards '*.mo' 2>/dev/null || :
	done
	dpkg-deb --fsys-tarfile "$packages"/gnome-user-docs_*.deb |
		tar -xf - -C "$dir/x" --wildcards '*.page'
	for deb in "$packages"/firefox*.deb; do
		dpkg-deb --fsys-tarfile "$deb" | tar -xf - -C "$dir/x" --wildcards '*.xpi' 2>/dev/null || :
	done
}

# The translations in a compiled catalogue.
strings_mo() {
	msgunfmt --no-wrap "$1" 2>/dev/null | awk '
		/^msgid|^msgctxt/ { keep = 0 }
		/^msgstr/ { sub(/^msgstr(\[[0-9]\])? /, ""); keep = 1 }
		keep && /^"/ { gsub(/^"|"$/, ""); gsub(/\\n/, "\n"); gsub(/\\t/, " "); gsub(/\\"/, "\""); print }' |
		grep -v '^[A-Z][A-Za-z-]*: .*[;@=]' || :
}

strings_ftl() {
	unzip -qp "$1" '*.ftl' '*.properties' 2>/dev/null | sed -n '/^#/d; s/^[ ]*[^=]*= *//p; s/^    \([^.*}[].*\)/\1/p'
}

strings_page() {
	sed -e 's/<!--.*-->//' "$@" | tr '\n' ' ' | sed -e 's/<\/\(p\|title\|desc\|item\|section\|info\)>/\n/g' |
		sed -e 's/<[^>]*>//g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g; s/  */ /g'
}

# What is no language: variables, markup, shortcuts, file names.
plain() {
	sed -E 's/\\u[0-9a-f]{4}/ /g; s/\{[^}]*\}/ /g; s/<[^>]*>/ /g; s/[%$][0-9]*\$?[A-Za-z]+/ /g; s/https?:[^ ]*/ /g
		s/^\*?\[[a-z]+\]//; s/&([A-Za-z])/\1/g; s/_//g; s/\|/ /g; s/  +/ /g; s/^ //; s/ $//' | grep -E '.{4}' | sort -u || :
}

extract() { # language firefox wesnoth gnome
	local x=$dir/x f
	{
		[ "$2" = - ] || find "$x/usr/lib" -iname "langpack-$2@*.xpi" | while read -r f; do
			strings_ftl "$f"
		done
		[ "$3" = - ] || for f in "$x"/usr/share/games/wesnoth/1.16/locale/"$3"/LC_MESSAGES/*.mo; do
			strings_mo "$f"
		done
		[ "$4" = - ] || strings_page "$x"/usr/share/help/"$4"/*/*.page
	} | plain >"$dir/$1.txt"
}

# What stands in several languages was not translated.
untranslated() {
	sort "$dir"/*.txt | uniq -c | awk '$1 > 2 { sub(/^ *[0-9]+ /, ""); print }' >"$dir/several"
	for f in "$dir"/*.txt; do
		grep -vxFf "$dir/several" "$f" >"$dir/kept" || :
		mv "$dir/kept" "$f"
	done
	rm "$dir/several"
}

counts() { # language file...
	local l=$1
	shift
	for f; do [ -f "$f" ] && xz -dc "$f" | awk '{ print $1 "\t" (NF > 1 ? $2 : 1) }'; done >"$dir/$l.count"
	[ -s "$dir/$l.count" ] || rm "$dir/$l.count"
}

fetch
[ -n "$(ls "$dir/x")" ] || unpack
for l in $languages; do
	IFS=: read -r code firefox wesnoth gnome <<<"$l"
	extract "$code" "$firefox" "$wesnoth" "$gnome"
done
untranslated
for l in es de hr bs en fr it pt sr; do counts $l "$shared/words/$l.freq50k.txt.xz"; done
counts sq "$shared/words/sq.freqfull.txt.xz" "$shared/words/sq.fjalet.txt.xz"
for l in en fr; do
	for f in "$shared"/text/$l.*.txt.xz; do
		[ -f "$f" ] && xz -dc "$f" | head -c 4000000
	done >>"$dir/$l.txt"
done
# Serbo-Croatian in Latin letters is one language to the model.
cat "$dir"/hr.txt "$dir"/bs.txt "$dir"/sr-Latn.txt >"$dir/sh.txt"
cat "$dir"/{hr,bs,sr}.count >"$dir/sh.count" 2>/dev/null || :
rm -f "$dir/sr.count"
wc -c "$dir"/*.txt "$dir"/*.count
