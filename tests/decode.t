#!/bin/bash
# decode: every encoding, mixed files, every kind of damage, clean-up, notes, large files, the options.
. "$(dirname "$0")/tap.sh"
cd "$tmp" || exit 2
d() { "$build/emend-decode" "$@"; }
damage() { "$build/bench/damage" "$@"; }

cat >west <<'X'
La délégation a déjà présenté ses idées, et l'hôte espère être entendu à Genève.
Këshilli çmon përpjekjet për paqe dhe kërkon që të drejtat të mbrohen çdo ditë.
Die Straße zum Rathaus wird für fünf Wochen gesperrt, bis die größten Schäden behoben sind.
X
cat >middle <<'X'
Odbor je odlučio da će se sljedeća sjednica održati u Šibeniku, a žalbe će biti riješene kasnije.
Źródło wody w tej wsi wysycha, dlatego mieszkańcy żądają głębszej studni i częstszych kontroli.
Příští zasedání výboru začíná v úterý; účastníci obdrží návrh závěrečné zprávy až později.
X
cat >french <<'X'
La délégation a déjà présenté ses idées, et l'hôte espère être entendu à Genève.
Le comité a reporté sa décision à la session d'été, où chacun sera représenté.
X
printf 'Președintele a cerut ca ședința să înceapă și în absența miniștrilor, fără întârziere.\n' >romanian
printf 'Совещание открылось утром, и каждая делегация получила время для краткого выступления.\n' >cyrillic
printf 'Η επιτροπή αποφάσισε να συνεδριάσει ξανά την άνοιξη, ώστε να ακούσει όλους τους μάρτυρες.\n' >greek
printf 'Kurul, kışın kapanan dağ yollarının açılması için bütçeden yeni ödenek ayrılmasını istedi.\n' >turkish
printf 'قررت اللجنة أن تعقد جلستها القادمة في الربيع كي تستمع إلى جميع الشهود.\n' >arabic

# The text of a file in an encoding that can hold it.
says() { # file encoding
	iconv -f utf-8 -t "$2" "$1" >bytes 2>/dev/null || { skip "$1 in $2" "iconv has no $2"; return; }
	is "$1 in $2" "$(d bytes)" "$(cat "$1")"
}
for e in CP1252 ISO-8859-1 ISO-8859-15 MACINTOSH CP850 CP437 UTF-8 UTF-16LE UTF-16BE UTF-16 UTF-32; do
	sed 's/[õÕ]//g' west >west.$e
	says west $e
done
for e in CP1250 ISO-8859-2 CP852 MAC-CENTRALEUROPE; do says middle $e; done
says romanian ISO-8859-16
for e in CP1251 KOI8-R KOI8-U CP866 ISO-8859-5 MAC-CYRILLIC; do says cyrillic $e; done
for e in ISO-8859-7 CP1253; do says greek $e; done
for e in ISO-8859-9 CP1254; do says turkish $e; done
says arabic CP1256
is 'gzip' "$(iconv -f utf-8 -t cp1252 west | gzip -c | d)" "$(cat west)"

# Mixed files.
iconv -f utf-8 -t cp1252 west >west.1252
cat west west.1252 west >mixed
is 'half UTF-8, half windows-1252' "$(d mixed)" "$(cat west west west)"
{ for i in 1 2 3 4 5 6 7 8; do cat west; done; tail -n 1 west.1252; } >mixed
is 'a line of windows-1252 in UTF-8' "$(d mixed | tail -n 1)" "$(tail -n 1 west)"
{ cat west.1252; printf 'D\351j\340 la d\303\251l\303\251gation a \351t\351 re\347ue.\n'; } >mixed
is 'a span of UTF-8 in a line of windows-1252' "$(d mixed | tail -n 1)" 'Déjà la délégation a été reçue.'
{ yes 'The committee met and adopted its report without a vote.' | head -c 300000; echo; cat west.1252; } >mixed
is 'ASCII for 300 KB before the first accent' "$(d mixed | tail -n 3)" "$(cat west)"
is 'both encodings are named' "$(cat west west.1252 | d -t | sed -n 's/^M	encoding	//p' | cut -f1)" 'utf-8, windows-1252'

# Mojibake: every reading, the lines of a document and one alone.
undone() { # what file from as times
	damage "$3" "$4" "${5-1}" <"$2" >bad
	is "$1" "$(d bad)" "$(cat "$2")"
	is "$1, one line" "$(head -n 1 bad | d)" "$(head -n 1 "$2")"
}
for n in 1 2 3; do undone "UTF-8 read as windows-1252, $n times" west UTF-8 CP1252 $n; done
for e in ISO-8859-1 ISO-8859-15 ISO-8859-2 CP1250 CP1251 CP1253 CP1254 CP1257 MACINTOSH CP437 CP850; do
	undone "UTF-8 read as $e" west UTF-8 $e
done
undone 'Croatian read as windows-1250' middle UTF-8 CP1250
undone 'Russian read as windows-1252' cyrillic UTF-8 CP1252
undone 'Greek read as windows-1252' greek UTF-8 CP1252
for p in 'MACINTOSH CP1252' 'CP850 CP1252' 'CP1252 MACINTOSH' 'CP1252 CP850'; do
	undone "${p% *} read as ${p#* }" french $p
done
damage half UTF-8 CP1252 <west >bad
is 'clean and damaged in one line' "$(d bad)" "$(cat west)"
is 'C1 controls are letters first' "$(printf 'tak\303\203\302\251 \303\204\302\215lov\303\204\302\233k\n' | d)" 'také člověk'
is 'a no-break space that was made a space' "$(printf 'voil\303\203 le travail\n' | d)" 'voilà le travail'

# Letters that lost a byte or all of them.
is 'the second byte lost' "$(printf 'Les d\303\203?l\303\203?gations ont d\303\203\302\251j\303\203  r\303\203\302\251pondu.\n' | d)" \
    'Les délégations ont déjà répondu.'
is 'a letter become U+FFFD' "$(printf 'Nous sommes r\357\277\275unis \357\277\275 Gen\357\277\275ve.\n' | d)" 'Nous sommes réunis à Genève.'
for sign in ‰ ‘; do
	is "ë become $sign" "$(printf 'Ky është k@shtu dhe nuk @sht@ ndryshe, sepse ne k@rkojm@ t@ drejt@n ton@.\n' | sed "s/@/$sign/g" | d)" \
	    'Ky është kështu dhe nuk është ndryshe, sepse ne kërkojmë të drejtën tonë.'
done
is 'ë become a question mark' "$(printf 'Nuk k?shtu, sepse ne k?rkojm? t? drejt?n e popullit.\n' | d)" \
    'Nuk kështu, sepse ne kërkojmë të drejtën e popullit.'
printf 'Is it so? Why?Because. See http://x.org/?a=b&c?d, 5?6.\nEst-ce vrai?Oui\302\240! O\303\271\302\240?\n' >questions
printf 'нашы вуч\302\255ні пры\302\255маюць удзел\nreq. n\302\260 165554 du 31 janvier, n\302\272 5, 12\302\260 N\n' >signs
is 'soft hyphens and ordinal signs are no letters' "$(d -t signs | grep -c '^N')" 0
is 'questions stay questions' "$(d questions)" "$(cat questions)"
printf '\302\253\302\240L\342\200\231\305\223uvre d\342\200\231\303\251t\303\251\342\200\257\302\273 \342\200\234quoted\342\200\235 \342\200\230so\342\200\231\n' >quotes
is 'quotes, no-break spaces and œ stay' "$(d quotes)" "$(cat quotes)"

# Clean-up: what goes in, what comes out, what is counted.
clean() { # what in out count
	printf "$2\n" >bytes
	is "$1" "$(d bytes)" "$(printf "$3")"
	ok "$1, counted" grep -q "^M	count	$4 " <(d -t bytes)
}
clean 'ligatures' '\357\254\201n \357\254\202at o\357\254\203ce c\305\223ur \303\246' 'fin flat office cœur æ' ligature
clean 'a soft hyphen in a line' 'so\302\255ft' soft soft-hyphen
clean 'a soft hyphen at its end' 'soft\302\255' soft- soft-hyphen-end
clean 'zero-width characters' 'a\342\200\213b\357\273\277c' abc zero-width
clean 'direction marks' 'a\342\200\216b\342\200\252c' abc bidi-control
clean 'private use, left' 'a\356\200\200b' 'a\356\200\200b' private-use
clean 'NUL' 'a\000b c d e f g h i j k l m n o p' 'ab c d e f g h i j k l m n o p' nul
clean 'C0 and DEL' 'a\001b\177c d e f g h i j k l m n o p' 'abc d e f g h i j k l m n o p' control
clean 'C1' 'a\302\201b c d e' 'ab c d e' c1-control
clean 'U+FFFE' 'a\357\277\276b' ab noncharacter
clean 'U+2028 is no line end' 'a\342\200\250b' 'a b' separator
clean 'U+0085 is no line end' 'a\302\205b' 'a b' separator
clean 'CESU-8' '\303\251 \355\240\275\355\270\200' 'é 😀' cesu-8
clean 'a surrogate alone' '\303\251 1\355\240\2752' 'é 1\357\277\2752' surrogate
clean 'overlong forms' '\303\251 \301\241\340\200\257' 'é a/' overlong
clean 'composed' 'e\314\201t\303\251' 'été' nfc
clean 'CR and CRLF' 'a\r\nb\rc' 'a\nb\nc' carriage-return
clean 'entities of a document of HTML' 'l&#8217;&eacute;t&eacute; &amp; &#xE0; <on>' 'l’été & à <on>' html-entity
printf 'AT&T &eacute; a < b &lt; c & d <on\n' >bytes
is 'no entities elsewhere' "$(d bytes)" "$(cat bytes)"

# Notes: where every source form is put back, the source is there again.
cat >splice.awk <<'X'
BEGIN { FS = "\t" }
function unescape(s) { gsub(/\\t/, "\t", s); gsub(/\\n/, "\n", s); gsub(/\\r/, "\r", s); gsub(/\\\\/, "\\", s); return s }
function flush() { if (have) print out substr(text, pos + 1); have = 0 }
$1 == "T" { flush(); text = substr($0, 3); out = ""; pos = 0; have = 1 }
$1 == "N" && $4 == "corr" { out = out substr(text, pos + 1, $2 - pos) unescape($6); pos = $2 + $3 }
$1 == "E" { flush() }
X
for p in 'UTF-8 CP1252' 'UTF-8 CP1252 3' 'UTF-8 MACINTOSH' 'half UTF-8 CP1250' 'UTF-8 CP437' 'MACINTOSH CP1252' 'CP1252 CP850'; do
	cat "$root"/corpus/lines/*.txt | damage $p
done | sed 's/fi/ﬁ/g' >bad
sed 's/é/?/g; s/ë/?/g; s/à/?/g' "$root"/corpus/lines/{fr,sq}.txt >>bad
d -t bad >tagged
# What is only taken out has no note.
dropped() { sed 's/\xC2[\x80-\x9F]//g'; }
ok 'every note covers what was changed' cmp <(awk -f splice.awk tagged | dropped) <(dropped <bad)
ok 'tagged is plain with tags' cmp <(d bad) <(sed -n 's/^T	//p' tagged)
for p in 'UTF-8 CP1252' 'UTF-8 CP1252 3' 'UTF-8 MACINTOSH' 'half UTF-8 CP1250' 'MACINTOSH CP1252' 'half CP850 CP1252'; do
	damage $p <"$root/corpus/lines/fr.txt" | d >once
	ok "decoded again it is the same: $p" cmp once <(d once)
done
for f in "$root"/corpus/statements/*.raw.txt*; do
	d "$f" >once
	ok "decoded again it is the same: ${f##*/}" cmp once <(d once)
done
printf 'x\351y z\n' | d >out
is 'thin evidence: windows-1252' "$(cat out)" 'xéy z'

# A large file goes by windows, in as much memory as a window takes.
if [ -n "${EMEND_SAN-}" ]; then
	skip 'windows' 'a sanitizer needs memory of its own'
else
	{ yes 'The committee met and adopted its report without a vote, as it had the year before.' | head -c 150000000
		echo; iconv -f utf-8 -t cp1252 west; } >large
	{ head -c 150000001 large; cat west; } >want
	ok '150 MB, the accents at the end' cmp <(ulimit -v 300000; d large) want
	rm -f large want
fi

# Marks without end on one letter: in linear time.
{ printf a; printf '\314\201\314\226%.0s' $(seq 100000); echo; } >marks
timeout 20 "$build/emend-decode" marks >out
is 'marks without end' $? 0

# Options.
is '-v: counts' "$(printf 'a\302\255b\n' | d -v 2>&1 >out)" 'decode: soft-hyphen: 1'
is '-d: the three best' "$(d -d west.1252 2>&1 >out | grep -c '^decode: .*: [0-9.]* bits$')" 3
ok '-d: the first is the answer' grep -q '^decode: windows-1252, language ' <(d -d west.1252 2>&1 | head -n 1)
is '-e: as it is told' "$(printf '\351t\351\n' | d -e iso-8859-5)" 'щtщ'
is "-e: iconv's" "$(printf '\244\242\n' | d -e EUC-JP)" 'あ'
d -e no-such-encoding <west >out 2>err
is '-e: an encoding nobody knows' "$? $(cat err)" '2 decode: error: no encoding is known by the name no-such-encoding'
damage UTF-8 CP1252 <west >bad
ok '-n: nothing is repaired' cmp <(d -n bad) bad
printf '#emend 1\nnot a stream\n' >stream
is '-T: plain, whatever it looks like' "$(d -T stream)" "$(cat stream)"
printf '%%PDF-1.4 x' | d >out 2>err
is 'binary is refused by its name' "$? $(cat out) $(cat err)" '1  decode: <stdin>: error: binary, not text: PDF'
printf '1\0a/b\0west\0002\0c\0nowhere\0' >list
d -t -f list >out 2>err
is '-f: a document that is not there' "$? $(grep -c '^T' out) $(grep -c '^X	decode	cannot open' out) $(grep -c '^E' out)" '1 3 1 2'
finish
