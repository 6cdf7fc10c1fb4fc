#!/bin/bash
# Builds dict/models/lang.bin again: fetches the packages of stages/gen/langmodel.packages in the
# versions named there, takes the texts out of them (build/gen/langtext) and trains
# (build/gen/langmodel).  Operand: a folder to work in, about 4 GB; what is there is not fetched
# again.  The same packages and ../shared/data give the same bytes.
set -eu
cd "$(dirname "$0")/../.."
export LC_ALL=C EMEND_DICT=$PWD/dict
root=$PWD
work=${1:-/tmp/emend-langmodel}
data=$root/../shared/data
[ -d "$data" ] || { echo "langmodel.sh: $data is not there" >&2; exit 1; }
mkdir -p "$work/deb" "$work/x" "$work/text"

# What is in the packages that holds text or words; the rest stays packed.
unpack() {
	local deb
	[ -e "$work/unpacked" ] && return
	for deb in "$work"/deb/*.deb; do
		dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$work/x" --wildcards '*.mo' '*.xpi' '*/help/*' \
		    '*/man/*' '*.traineddata' '*/games/fortunes/*' '*/skycultures/*' 2>/dev/null || true
	done
	touch "$work/unpacked"
}

# What of Mozilla's archives is text; unzip fails where an archive has none of a kind.
unpack_mozilla() {
	local xpi to
	for xpi in "$work"/x/usr/lib/*/extensions/*.xpi "$work"/x/usr/lib/*/*/extensions/*.xpi; do
		[ -f "$xpi" ] || continue
		to=$work/x/moz/$(basename "$xpi" .xpi)
		mkdir -p "$to"
		unzip -qqo "$xpi" '*.ftl' '*.properties' '*.dtd' -d "$to" 2>/dev/null || [ $? = 11 ]
	done
}

# The files of one language: Mozilla's tags, names of its locale.
files_of() {
	local m l
	for m in $1; do grep -E "^\./moz/langpack-$m@.*\.(ftl|properties|dtd)$" "$work/files" || true; done
	for l in $2; do
		grep -E "/(locale|LC_MESSAGES|translations)/$l/.*\.mo$" "$work/files" || true
		grep -E "/man/$l/" "$work/files" || true
		grep -E "/share/help/$l/.*\.page$" "$work/files" || true
		grep -E "/libreoffice/help/$l/.*\.html$" "$work/files" || true
		grep -E "skycultures/.*\.$l\.utf8$" "$work/files" || true
		grep -E "games/fortunes/$l/[^.]*(\.u8)?$" "$work/files" || true
	done
}

# The word list of a tesseract language.
words_of() {
	mkdir -p "$work/tess/$1"
	(cd "$work/tess/$1"
	    combine_tessdata -u "$work/x/usr/share/tesseract-ocr/5/tessdata/$1.traineddata" "$1." &&
	    dawg2wordlist "$1.lstm-unicharset" "$1.lstm-word-dawg" words) >/dev/null 2>&1
	sort -u "$work/tess/$1/words"
}

# At most some seven million bytes of a text, lines taken evenly.
thin() {
	awk -v every=$(($(wc -c <"$1") / 7000000 + 1)) 'NR % every == 0' "$1" >"$1.thin"
	mv "$1.thin" "$1"
}

# Novels, sentences and laws for English and French, which the packages have little of.
prose() {
	xzcat "$data/text/$1.eltec.txt.xz" | awk 'NR % 5 == 0'
	xzcat "$data/text/$1.commonvoice.txt.xz"
	if [ "$1" = fr ]; then xzcat "$data/text/fr.codecivil.txt.xz"; fi
}

texts() {
	local tag tess moz loc
	(cd "$work/x" && find . -type f | sort) >"$work/files"
	while IFS=: read -r tag tess moz loc; do
		(cd "$work/x" && files_of "$moz" "$loc" | "$root/build/gen/langtext") |
		    awk '!seen[$0]++' >"$work/text/$tag.txt"
		thin "$work/text/$tag.txt"
		case $tag in en | fr) prose "$tag" >>"$work/text/$tag.txt" ;; esac
		words_of "$tess" >"$work/text/$tag.list"
	done <stages/gen/langmodel.languages
	for tag in bs de en es fr hr it pt; do
		xzcat "$data/words/$tag.freq50k.txt.xz" >"$work/text/$tag.freq"
	done
	xzcat "$data/words/sr.freq50k.txt.xz" >"$work/text/sr-Latn.freq"
	xzcat "$data/words/sq.freqfull.txt.xz" | awk '$2 > 1' >"$work/text/sq.freq"
	xzcat "$data/words/sq.fjalet.txt.xz" | awk '/^[^0-9]/' >>"$work/text/sq.list"
}

(cd "$work/deb"
    while read -r package version; do
	ls "${package}"_*.deb >/dev/null 2>&1 || apt-get download -q "$package=$version"
    done <"$root/stages/gen/langmodel.packages")
unpack
unpack_mozilla
texts
build/gen/langmodel -o dict/models/lang.bin "$work/text"
