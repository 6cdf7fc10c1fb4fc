#!/usr/bin/env bash
# In: recipes.tsv and, of each text, its pages as they were laid out: FOLDER/src/NAME.txt, pages ended by form feeds, or
# FOLDER/NAME.gold.txt.
# Out: FOLDER/NAME.raw.txt, the pages rendered, degraded and recognised, and FOLDER/NAME.gold.txt, line for line beside it;
# or FOLDER/NAME.VARIANT.raw.txt in the lines of FOLDER/NAME.gold.txt; or, for a gold of structure, FOLDER/NAME.txt.
# Never: types a misreading; what is wrong in a raw file, a recogniser read out of an image.
#
#     corpus/make-raw.sh [NAME...]      names as in recipes.tsv; all of them by default
#
# Needs pango-view, ImageMagick's convert, tesseract (eng, fra, sqi), ocrad, perl; iconv and gzip for what is stored otherwise.
set -euo pipefail
export LC_ALL=C.UTF-8 OMP_THREAD_LIMIT=1
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# Letters that an English recogniser of the nineties did not know.
foreign='àâäçèéêëîïôöùûüœæÀÂÇÈÉÊËÎÏÔÙÛŒ«»€£¥©®°§'

# degrade KIND IN OUT
degrade()
{
	case $1 in
	light) convert "$2" -colorspace Gray -resize 35% -blur 0x0.7 -threshold 68% -density 105 "$3" ;;
	clear) convert "$2" -colorspace Gray -resize 50% -blur 0x0.8 -threshold 70% -density 150 "$3" ;;
	heavy) convert "$2" -colorspace Gray -resize 50% -threshold 50% -resize 50% -threshold 60% -density 75 "$3" ;;
	faint) convert "$2" -colorspace Gray -resize 40% -blur 0x0.8 -threshold 58% -density 120 "$3" ;;
	noisy) convert "$2" -seed 7 -colorspace Gray -resize 70% -attenuate 0.6 +noise Gaussian -blur 0x1.2 \
		-threshold 72% -density 210 "$3" ;;
	*)
		echo "make-raw.sh: no damage called $1" >&2
		return 1
		;;
	esac
}

# specks SEED BANDS SCATTERED IMAGE PAGE: marks of dirt, in bands on blank lines of the page and scattered over all of it.
specks()
{
	awk -v seed="$1" -v bands="$2" -v loose="$3" -v size="$(identify -units PixelsPerInch -format '%w %h %x' "$4")" '
	function rnd(n) { seed = (seed * 1103 + 12345) % 65536; return int(seed / 65536 * n) }
	function box(x, y, w, h) { printf "rectangle %d,%d %d,%d\n", x, y, x + w * u - 1, y + h * u - 1 }
	function mark(x, y, k) {
		k = rnd(12)
		if (k < 3) box(x, y, 2, 2)
		if (k == 3) { box(x, y, 2, 2); box(x, y + 2 * u, 1, 2) }
		if (k == 4) { box(x, y - 5 * u, 2, 2); box(x, y - 3 * u, 1, 2) }
		if (k == 5) { box(x, y, 2, 2); box(x, y - 5 * u, 2, 2) }
		if (k == 6) box(x, y - 2 * u, 4, 1)
		if (k == 7) printf "line %d,%d %d,%d\n", x, y + 2 * u, x + 2 * u, y - 6 * u
		if (k == 8) { box(x, y - 5 * u, 1, 3); box(x + 3 * u, y - 5 * u, 1, 3) }
		if (k == 9) { box(x, y - 6 * u, 1, 8); box(x + u, y - 2 * u, 2, 1) }
		if (k == 10) { box(x, y - 4 * u, 3, 2); box(x + u, y - 2 * u, 1, 4) }
		if (k == 11) { box(x, y - 6 * u, 2, 3); box(x + u, y - 4 * u, 2, 6) }
	}
	BEGIN {
		split(size, s, " ")
		u = s[3] < 160 ? 1 : 2
		m = 40 * s[3] / 300
	}
	{ if ($0 !~ /[^ ]/) blank[nb++] = NR }
	END {
		for (i = 0; i < bands && nb; i++) {
			y = m + (blank[rnd(nb)] - 0.5) * (s[2] - 2 * m) / NR
			x = 20 + rnd(s[1] / 3)
			n = 4 + rnd(14)
			for (j = 0; j < n && x < s[1] - 10; j++) {
				mark(x, y + rnd(4 * u))
				x += (5 + rnd(18)) * u
			}
		}
		for (i = 0; i < loose; i++)
			mark(rnd(s[1]), rnd(s[2]))
	}' "$5" > "$tmp/marks"
	convert "$4" +antialias -fill black -draw "$(cat "$tmp/marks")" "$4"
}

# spaced TSV IMAGE PAGE: the recognised lines with the blank lines that their places on the page ask for.
spaced()
{
	awk -F '\t' -v size="$(identify -units PixelsPerInch -format '%h %x' "$2")" -v lines="$(grep -c '' "$3")" '
	BEGIN { split(size, s, " "); pitch = (s[1] - 80 * s[2] / 300) / lines }
	$1 == 4 { y = $8 + $10 / 2; first = 1; next }
	$1 != 5 || $12 !~ /[^ ]/ { next }
	first {
		if (seen) {
			n = int((y - last) / pitch + 0.5)
			if (n < 1) n = 1
			while (n-- > 0) print ""
		}
		printf "%s", $12
		seen = 1; first = 0; last = y
		next
	}
	{ printf " %s", $12 }
	END { if (seen) print "" }' "$1"
}

# recognise RECOGNISER PAGE TSV: the image of a page, $tmp/g.png, read; with TSV spaced as PAGE is.
recognise()
{
	local opt=()
	case $1 in
	ocrad | ocrad-ascii)
		local set=iso-8859-15
		[ "$1" = ocrad ] || set=ascii
		convert "$tmp/g.png" "$tmp/g.pbm"
		ocrad -F utf8 -c $set "$tmp/g.pbm"
		return
		;;
	*-old) opt=(-c "tessedit_char_blacklist=$foreign") ;;
	esac
	[ -z "$3" ] || opt+=(tsv)
	nice tesseract "$tmp/g.png" "$tmp/o" -l "${1%-old}" --psm 6 -c page_separator= "${opt[@]}" 2> /dev/null
	if [ "$3" ]; then spaced "$tmp/o.tsv" "$tmp/g.png" "$2"; else cat "$tmp/o.txt"; fi
}

# read_pages SRC FONT DAMAGE SPECKS RECOGNISER TSV > RAW: SRC through an image of each page.
read_pages()
{
	local page n=0
	rm -f "$tmp"/page.*
	awk -v RS='\f' -v ORS= -v dir="$tmp" '{ sub(/\n+$/, ""); print > sprintf("%s/page.%03d", dir, NR) }' "$1"
	for page in "$tmp"/page.*; do
		n=$((n + 1))
		pango-view --no-display --font="$2" --dpi=300 --margin=40 --output="$tmp/p.png" "$page"
		degrade "$3" "$tmp/p.png" "$tmp/g.png"
		if [ "$4" != - ]; then
			local seed bands loose
			IFS=, read -r seed bands loose <<< "$4"
			specks $((seed + n)) "$bands" "$loose" "$tmp/g.png" "$page"
		fi
		[ $n = 1 ] || printf '\f'
		recognise "$5" "$page" "$6"
	done
}

# aligned [-r] SRC READ OUT: lines that the recogniser lost are reported and no failure.
aligned()
{
	local status=0
	./align.pl "${@:1:$#-1}" > "${@: -1}" || status=$?
	[ $status -le 1 ]
}

# store ENCODING SEPARATOR < UTF-8 > FILE
store()
{
	if [ "$2" = none ]; then sed 's/\f//g'; else cat; fi |
		if [ "$1" = utf-8 ]; then cat; else iconv -f utf-8 -t "$1"; fi
}

make_one()
{
	local name=$1 layout=$2 font=$3 damage=$4 specks=$5 lang=$6 sep=$7 enc=${8%+gz} packed='' dir base out
	[ "$enc" = "$8" ] || packed=1
	dir=$(dirname "$name")
	base=$(basename "$name")
	printf '%s\n' "$name $lang $damage" >&2
	case $layout in
	copy) # born digital: the gold, stored otherwise
		store "$enc" "$sep" < "$dir/$base.gold.txt" > "$tmp/raw"
		out=$dir/$base.raw.txt
		;;
	raw | spaced) # the recogniser's own lines
		local tsv=
		[ "$layout" = raw ] || tsv=tsv
		read_pages "$dir/src/$base.txt" "$font" "$damage" "$specks" "$lang" "$tsv" > "$tmp/read"
		aligned "$dir/src/$base.txt" "$tmp/read" "$tmp/gold"
		store utf-8 "$sep" < "$tmp/gold" > "$dir/$base.gold.txt"
		store "$enc" "$sep" < "$tmp/read" > "$tmp/raw"
		out=$dir/$base.raw.txt
		;;
	lines | lines-spaced) # for a gold of structure, made by hand beside it
		local tsv=${layout#lines}
		read_pages "$dir/src/$base.txt" "$font" "$damage" "$specks" "$lang" "$tsv" > "$tmp/read"
		store "$enc" "$sep" < "$tmp/read" > "$tmp/raw"
		out=$dir/$base.txt
		;;
	stripped) # no image: the accents taken off
		sed 'y/ëçËÇ/ecEC/' < "$dir/$base.gold.txt" > "$tmp/raw"
		out=$dir/$base.$layout.raw.txt
		;;
	*) # the lines of the page; the layout names the variant
		read_pages "$dir/$base.gold.txt" "$font" "$damage" "$specks" "$lang" "" > "$tmp/read"
		aligned -r "$dir/$base.gold.txt" "$tmp/read" "$tmp/raw"
		out=$dir/$base.$layout.raw.txt
		;;
	esac
	if [ "$packed" ]; then gzip -9n < "$tmp/raw" > "$out.gz"; else cp "$tmp/raw" "$out"; fi
}

wanted=" $* "
sed '/^#/d; /^$/d' recipes.tsv | while IFS=$'\t' read -r name layout font damage specks lang sep enc; do
	[ $# = 0 ] || [[ $wanted == *" $name "* ]] || continue
	make_one "$name" "$layout" "$font" "$damage" "$specks" "$lang" "$sep" "$enc" < /dev/null
done
