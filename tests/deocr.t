#!/bin/bash
# deocr: what must stay as it is, plain text line for line, tagged text with its notes, languages
# with and without dictionary and model, options, and input of any size and kind.
. "$(dirname "$0")/tap.sh"
deocr() { "$build/emend-deocr" "$@"; }

# unchanged NAME LANG: standard input comes out as it went in.
unchanged() {
	cat >"$tmp/keep"
	deocr -l "$2" "$tmp/keep" >"$tmp/kept"
	ok "stays: $1 ($2)" diff "$tmp/keep" "$tmp/kept"
}

# --- what must stay ---

unchanged "slips of the speakers" en <<'X'
The delegates empathize with the victims, and serious a crime as it is, it was its received by all.
X
unchanged "both spellings" en <<'X'
Their focussing on the programme, the organisation and the organization of it, the colour and the color.
He realised that we realize it, and the labour of labor unions in the theatre is a center of defence.
X
unchanged "sums and symbols" en <<'X'
The grant was $200,000, of which 2.5 million lek, or £1,200.50, went to document A/RES/64/293.
Paragraph 4bis, the B-52 and the G-77, the 1990s, the 21st century, No. 45/2010, 10:30 a.m.
The plan of the MINUSCA, of UNODC and of the OSCE (see para. 14 (b) above) was adopted on 12-14 June.
X
unchanged "addresses of web and mail" en <<'X'
Write to office@example.org or see www.example.org/docs/page-12.html and http://example.org/a_b.
X
unchanged "names and initials" en <<'X'
Mr. J. R. Okonjo and Mrs. Ngozi Adebayo met Dr. H. E. Tchamba in Ouagadougou on 3 May 2011.
The town of Mbalmayo, the river Drini i Zi, Gjirokastër and Bregu i Detit are far from Nyamata.
X
unchanged "Latin, unbalanced quotes" en <<'X'
Inter alia, the Committee, pursuant to resolution 1325 (2000), noted that "the rule of law applies.
X
unchanged "brackets, strokes, capitals inside, prefixes, marks" en <<'X'
Enter the keyword(s) and the username/password of the VirtualHosts, and/or read[ing] them [sic] m]ore.
An anti-militarist and semi-autonomous co-operative of OpenOffice, its re-election and its creation.4 of 2,5.
X
unchanged "stops before names of things, abbreviations, hours" en <<'X'
Use the .profile files, a .pdf file or the .net one; the st. louis area, vol. ii and art. premier.
The train left at 20 15 and came at 19 40, with 20 30 guests.
X
unchanged "old spellings" fr <<'X'
Les enfans connoissoient les mouvemens du fleuve ; il étoit foible, et le poëte du collége avoit les clefs.
X
unchanged "old spellings" en <<'X'
The publick musick shewed that the work was compleat, and the connexion of the reflexions call'd for it.
X
unchanged "strokes, prefixes, hyphens of names" fr <<'X'
Les hommes et/ou les femmes de Saint-Jacques-de-la-Lande, des Beaux-Arts et de l'Hôtel-Dieu sont là.
Un accord inter-régional et sous-régional, la contre-expertise, les néo-calédoniens et le vice-président.
X
unchanged "signs that stand apart" en <<'X'
He read "... the members agree ..." and wrote ..." to them; the rest ...: nothing. "..." he said.
The undersigned ________, born in ________, signs "the paper !!" here, and "|" and '.,' are signs.
X
unchanged "signs that stand apart" fr <<'X'
Les uns ...; les autres "... la suite du rapport ..." sont là. Il dit :" Oui " et s'en va !!" dit-elle.
Je soussigné ________, demeurant à ________. Total .....: cinq.
X
unchanged "figures on two lines are no year" en <<'X'
The number of those who came was 19 and of those who left it was 20
10 people came back. It was in 19
45 minutes later he went home.
X
unchanged "slips of the speakers" fr <<'X'
Excellences, Mesdames et Messieurs, le pays chaire a canon et les fonds d'affection sont nommés ici.
X
unchanged "figures and dates" fr <<'X'
Le décret N°2006-04 du 05 Avril 2006 prévoit 2,5 millions de francs CFA, soit 3 811,23 €.
La résolution 64/293 (2010), l'article 4 bis, le 1er janvier, le XXIe siècle, 20 %, 15h30.
X
unchanged "addresses of web and mail" fr <<'X'
Écrire à bureau@example.org ou voir www.example.org/docs/page-12.html.
X
unchanged "quotes and spaces" fr <<'X'
« Les marchandises » et «marchandises » circulent à l'Ouest et du Centre, en Afrique de l'Ouest et du Centre.
X
unchanged "a centre that is one" fr <<'X'
Le Centre national, au centre de la ville, traite de la question ; il traite la demande.
X
unchanged "names and initials" fr <<'X'
M. K. A. Dossou-Yovo et Mme Adjovi Houngbédji ont rencontré le Dr Bio Tchané à Natitingou.
Abdoulaye Wade, Boutros Boutros-Ghali et Nguema Mbasogo sont cités dans le document A/RES/64/293.
X
unchanged "bare capitals" fr <<'X'
Les Etats Membres et les États parties, l'Eglise et l'Église, A Paris comme à Lomé.
X
unchanged "names, figures, addresses" sq <<'X'
Zoti Gjergj Bushati dhe znj. Elvana Kurti u takuan me z. Shpëtim Dedej në Gjirokastër më 3 maj 2011.
Buxheti prej 2,5 milionë lekësh, ose 12.000 euro, u miratua me vendimin nr. 45/2010.
Shkruani te zyra@example.org ose shihni www.example.org/faqe-12.html.
KESH, OSBE dhe UNICEF-i nënshkruan marrëveshjen në orën 10:30.
X
letters() { sed -z 's/-\n//g; s/[[:space:]]//g'; }	# less white space, hyphens at line ends
for f in "$root"/corpus/statements/*.gold.txt; do
	case $f in *.en.*) l=en ;; *.fr.*) l=fr ;; *) l=sq ;; esac
	deocr -l $l "$f" | letters >"$tmp/kept"
	ok "stays: ${f##*/}" cmp <(letters <"$f") "$tmp/kept"
done

# --- tagged ---

doc() { # a block in the language $1: text, then notes, from standard input
	awk -v lang="$1" 'BEGIN { print "#emend 1\nD\t1\tsrc=a\tlang=" lang }
		NR == 1 && !/^B/ { print "B\tp\tid=L0001\tlines=1"; n++ }
		{ print; n++ } END { print "E\t" n + 1 }'
}
texts() { sed -n 's/^T\t//p'; }
notes() { awk -F '\t' -v OFS=: '$1 == "N" { print $2, $3, $4, $5, $6, $8, $9 }'; }

doc fr <<'X' | deocr -p 0.5 >"$tmp/out"
T	Les enfants doivent être protegés par la loi.
X
is 'a change keeps its source form' "$(notes <"$tmp/out")" \
    '26:10:corr:diacritic:protegés:deocr:conjecture'
ok 'its posterior has two places, 0.99 at most' grep -qaP '^N\t26\t.*\t0\.[0-9]{2}\tdeocr' "$tmp/out"
is 'what served is recorded' "$(awk -F '\t' '$2 == "model" { sub(/ [0-9a-f]*$/, "", $3) }
    $2 == "calibration" { sub(/ Right of .*/, "", $3) }
    $1 == "M" && $2 != "stage" { print $2, $3, $5 }' "$tmp/out")" \
    'model dictionary fr deocr
model model fr deocr
model tables fr deocr
calibration No change was made with a posterior below 0.50. deocr
count diacritic 1 deocr'
ok 'and it is a whole stream' deocr "$tmp/out"

mkdir -p "$tmp/own/prefixes"
echo neo >"$tmp/own/prefixes/fr.txt"
tables() { doc fr <<<'T	Les enfants.' | deocr | grep -a '^M	model	tables fr '; }
ok 'and prefixes are among the tables' \
    test "$(tables)" != "$(EMEND_DICT=$tmp/own tables)"

doc en <<'X' | deocr -p 0.6 >"$tmp/out"
T	The govern-ment held a high-level talk with the qwzkx-vbrtl group.
N	11	0	lb	maybe	2
N	28	0	lb	maybe	3
N	54	0	lb	maybe	4
X
is 'line ends: soft, hard, undecided' "$(notes <"$tmp/out")" \
    '10:0:hyphen::-:deocr:
10:0:lb:soft:2::
27:0:lb:hard:3::
53:0:lb:maybe:4::'

doc en <<X | deocr >"$tmp/out"
T	The govem$(printf '\302\255')ment met the cornmittee.
N	11	0	lb	maybe	2
N	27	0	lb	maybe	3
X
is 'line ends: a hyphen goes whole, a letter is none' "$(notes <"$tmp/out")" \
    "4:6:corr:char:govem:deocr:conjecture
10:0:hyphen::$(printf '\302\255'):deocr:
10:0:lb:soft:2::
26:0:lb:maybe:3::"

doc en <<'X' | deocr >"$tmp/out"
T	He said that la cornmission sera la, and the cornmittee agreed.
N	13	22	lang	fr
X
is 'a span in another language stays' "$(texts <"$tmp/out")" \
    'He said that la cornmission sera la, and the committee agreed.'
for kind in letterhead header footer signed address speaker web residue; do
	printf 'B\t%s\tid=L0001\tlines=1\nT\tThe cornmittee of the govemment\n' $kind | doc en | deocr >"$tmp/out"
	is "a $kind stays" "$(texts <"$tmp/out")" 'The cornmittee of the govemment'
done
doc fr <<'X' | deocr -p 1 >"$tmp/out"
T	Les enfants doivent être protegés par la loi.
X
is 'with -p 1 there are doubts only' "$(notes <"$tmp/out")" \
    '26:9:doubt::protégés:deocr:conjecture'
ok 'the header can say so' grep -qa 'below 1.00; what lies between 0.50 and that is a doubt' "$tmp/out"

# --- plain, and the language ---

damaged='The cornmittee met to discuss the budget of the schools.'
sound='The committee met to discuss the budget of the schools.'
is 'the language is guessed' "$(echo "$damaged" | deocr)" "$sound"
mixed='The committee met in the morning and heard the report of
the chair about the harbour and its ferries.

shih nr. 45, fq. 12,
vjetër e re, sotme'
is 'a short paragraph in another language is left alone' "$(echo "$mixed" | deocr -p 0.6)" "$mixed"
is 'paragraph by paragraph' "$(deocr <<<"$damaged

Le gouvernement doit protéger les enfants et défendre I'enfant.")" "$sound

Le gouvernement doit protéger les enfants et défendre l'enfant."
is 'as many lines as there were' "$(printf 'a\n\n\n The im-\n\n\nb' | deocr -l en | wc -l)" 7
deocr -l tlh >"$tmp/out" 2>"$tmp/err" <<<"$damaged

$damaged"
is 'no dictionary: status 0' $? 0
is 'nothing changes' "$(grep -c "$damaged" "$tmp/out")" 2
is 'it is said once' "$(cat "$tmp/err")" 'deocr: note: no dictionary, nothing is corrected: tlh'
mkdir "$tmp/dict"
bad='Das neue Gesetz wurde von allen angenornmen.' good=${bad/rn/m}
if "$build/gen/lexicon" -l de -o "$tmp/dict/de.lex" 2>"$tmp/err"; then
	is 'a dictionary without a model' "$(EMEND_DICT=$tmp/dict deocr -l de -p 0.5 <<<"$bad")" "$good"
	is 'its sound words stay' "$(EMEND_DICT=$tmp/dict deocr -l de <<<"$good")" "$good"
else
	skip 'a dictionary without a model' 'no hunspell dictionary of German is installed'
fi

# --- options ---

printf '# words\ncornmittee\n' >"$tmp/words"
is 'accepted words stay' "$(deocr -l en -w "$tmp/words" <<<"$damaged")" "$damaged"
printf '[deocr]\nwords = %s\n' "$tmp/words" >"$tmp/conf"
is 'those of the settings too' "$(deocr -l en -c "$tmp/conf" <<<"$damaged")" "$damaged"
printf '[deocr]\nthreshold = 1\ndoubt = 1\n' >"$tmp/conf"
is 'the threshold of the settings' "$(deocr -l en -c "$tmp/conf" <<<"$damaged")" "$damaged"
is '-p wins over it' "$(deocr -l en -p 0.5 -c "$tmp/conf" <<<"$damaged")" "$sound"
printf '[deocr]\nthreshhold = 1\n' >"$tmp/conf"
deocr -c "$tmp/conf" </dev/null 2>"$tmp/err"
ok 'a setting it has not is named' grep -q 'conf: *2: warning: no setting of deocr: threshhold' "$tmp/err"
for bad in '-p 2' '-p nan' '-p x' "-l ''" '-w nowhere' '-c nowhere' -q; do
	eval deocr $bad </dev/null >"$tmp/out" 2>"$tmp/err"
	is "$bad: status" "$?" 2
done
deocr -d -l en <<<"$damaged" 2>"$tmp/err" >/dev/null
is '-d: a text' "$(head -1 "$tmp/err")" '# paragraph'
is '-d: a decision' "$(sed -n 2p "$tmp/err" | cut -f 1-4,6)" '= 4	cornmittee	committee	char	made'
deocr -v -l en <<<"$damaged" 2>"$tmp/err" >/dev/null
ok '-v: counts' grep -q '^deocr: corrections: 1$' "$tmp/err"

# --- any run, any size ---

cat "$root"/corpus/ocr/*.heavy.raw.txt >"$tmp/in"
deocr "$tmp/in" >"$tmp/a"
ok 'the same on every run' sh -c "'$build/emend-deocr' '$tmp/in' | cmp - '$tmp/a'"
deocr "$tmp/a" >"$tmp/b"
is 'every line is there' "$(wc -l <"$tmp/a")" "$(wc -l <"$tmp/in")"
is 'empty in, empty out' "$(deocr -l en </dev/null | wc -c)" 0
seconds=60
[ -z "${EMEND_SAN-}" ] || seconds=600
head -c 1000000 /dev/zero | tr '\0' 'm' >"$tmp/run"
yes committee | head -c 1000000 | tr '\n' ' ' >"$tmp/one"
yes cornmittee | head -c 1000000 | tr '\n' ' ' >"$tmp/wrong"
yes 'co- m mit' | head -c 1000000 | tr '\n' ' ' >"$tmp/torn"
yes 'la-bas' | head -c 1000000 | tr '\n' '-' >"$tmp/chain"
yes $'\xEF\xAC\xAC' | head -n 250000 | tr -d '\n' >"$tmp/swelling"	# U+FB2C, which NFC makes two of
yes - | head -c 1000000 | tr '\n' ' ' >"$tmp/dashes"
yes "l'" | head -c 1000000 | tr -d '\n' >"$tmp/clitics"
for f in run one wrong torn chain swelling dashes clitics; do
	for l in en fr; do
		timeout $seconds "$build/emend-deocr" -l $l "$tmp/$f" >"$tmp/out"
		is "a line of a million bytes: $f, $l" $? 0
	done
done
awk 'BEGIN {
	printf "T\t"
	for (i = 0; i < 200000; i++) printf "an mem "
	print ""
	for (i = 1; i < 200000; i++)
		printf "N\t%d\t0\tlb\tmaybe\t%d\nN\t%d\t3\tmark\t%d\n", 7 * i, i + 1, 7 * i + 3, i
}' | doc en >"$tmp/lines"
timeout $seconds "$build/emend-deocr" "$tmp/lines" >"$tmp/out"
is 'a block of as many lines and marks as words' $? 0
doc fr <<<'T	La cooperation est necessaire.' >"$tmp/stream"
head -c 60 "$tmp/stream" | deocr >"$tmp/out" 2>"$tmp/err"
is 'a stream cut off: status' $? 1
ok 'the failure is passed on' grep -q '^X' "$tmp/out"
deocr -l en <<<"$damaged" >/dev/full 2>"$tmp/err"
is 'a full disk' $? 2
yes "$damaged" | head -c 3000000 | deocr -l en 2>"$tmp/err" | head -1 >"$tmp/out"
st=${PIPESTATUS[2]}
ok "a closed pipe: status $st" test "$st" -eq 0 -o "$st" -eq 141
finish
