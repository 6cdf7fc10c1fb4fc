#!/bin/bash
# Makes the word models dict/models/LANG.lm from the texts that dict/models/sources.txt names: fetches
# Debian packages (apt-get download, nothing is installed), takes their prose, counts.  Texts are
# kept in build/models; what is there is not fetched again.  dict/models/SHA256SUMS tells the texts
# the committed models were counted from; where a mirror has newer packages the difference is said.
#	stages/gen/models.sh [-s] [LANG...]		-s writes SHA256SUMS anew
set -u -o pipefail
export LC_ALL=C
cd "$(dirname "$0")/../.." || exit 2
build=${BUILD:-build}
work=$build/models
shared=../shared/data
sources=dict/models/sources.txt
sums=dict/models/SHA256SUMS
grams=950000
save=
[ "${1-}" = -s ] && { save=1; shift; }
langs=${*:-en fr sq}

[ -d "$shared" ] || { echo "models: no $shared here: the committed models stay" >&2; exit 0; }
mkdir -p "$work/debs" "$work/text" || exit 2

die() {
	echo "models: $*" >&2
	exit 1
}

# Unpacks a package, and the zip archives in it, below a folder.
unpack() { # package folder
	local deb xpi
	deb=$(find "$work/debs" -name "$1_*.deb" | head -n 1)
	if [ -z "$deb" ]; then
		(cd "$work/debs" && apt-get -o APT::Sandbox::User=root download -qq "$1") ||
			die "package $1 cannot be fetched"
		deb=$(find "$work/debs" -name "$1_*.deb" | head -n 1)
	fi
	mkdir -p "$2" && dpkg-deb -x "$deb" "$2/$1" || die "package $1 cannot be unpacked"
	find "$2/$1" -name '*.xpi' | while read -r xpi; do
		unzip -qqo "$xpi" -d "$2/$1/xpi" 2>/dev/null
	done
}

# Writes the text of one line of the table, unless it is there.
extract() { # lang name format where pattern
	local text=$work/text/$1.$2.txt package files=$work/files
	[ -f "$text" ] && [ "$3" != own ] && return
	case $3 in
	text | list) xz -dc "$shared/$4" >"$text.new" ;;
	wrap) xz -dc "$shared/$4" | "$build/gen/text" -l "$1" -f wrap - >"$text.new" ;;
	own) cat $4 | sed '/^#/d' | tr '\t' '\n' >"$text.new" ;;
	*)
		rm -rf "$files"
		for package in $4; do unpack "$package" "$files"; done
		for package in $4; do
			find "$files/$package" -type f -path "$5" | sort
		done | xargs -d '\n' "$build/gen/text" -l "$1" -f "$3" >"$text.new"
		;;
	esac || die "$1.$2: no text"
	rm -rf "$files"
	mv "$text.new" "$text"
}

# Counts the texts of a language.
count() { # lang
	local lang name weight format where pattern licence texts=() lists=()
	while IFS=$'\t' read -r lang name weight format where pattern licence; do
		[ "$lang" = "$1" ] || continue
		extract "$lang" "$name" "$format" "$where" "$pattern"
		if [ "$format" = list ]; then
			lists+=(-w "$weight:$work/text/$lang.$name.txt")
		else
			texts+=("$weight:$work/text/$lang.$name.txt")
		fi
	done < <(grep -v '^#' "$sources")
	nice "$build/gen/ngrams" -v -l "$1" -o "dict/models/$1.lm" -n "$grams" "${lists[@]}" "${texts[@]}" ||
		die "$1: no model"
}

for lang in $langs; do count "$lang"; done
if [ -n "$save" ]; then
	(cd "$work/text" && sha256sum -- *.txt) >"$sums"
elif [ -f "$sums" ]; then
	(cd "$work/text" && sha256sum --quiet -c -) <"$sums" ||
		echo "models: texts differ from those of the committed models" >&2
fi
