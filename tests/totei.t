#!/bin/bash
# totei as the end of a chain: files under final names or not at all, acknowledgements, names of
# any bytes, the same bytes again, a disk that is full, a batch, metadata given and found.
. "$(dirname "$0")/tap.sh"
cd "$tmp" || exit 2
totei=$build/emend-totei

doc() { # id out text...: a document of one block a text
	local id=$1 out=$2 n=0 t
	shift 2
	printf 'D\t%s\tsrc=%s.txt\tout=%s\nS\t1\tlines=1-%d\n' "$id" "$out" "$out" $#
	for t; do
		n=$((n + 1))
		printf 'B\tp\tid=L%04d\tlines=%d\nT\t%s\n' $n $n "$t"
	done
	printf 'M\tsha256-reduced\t%s\nE\t%d\n' \
	    "$(printf '%s' "$@" | tr -d ' \n' | sha256sum | cut -d' ' -f1)" $((3 + 2 * $#))
}
stream() { printf '#emend 1\n'; cat; }
files() { (cd "$1" && find . -type f | sort | tr '\n' ' '); }
field() { cut -f"$1" acks | tr '\n' ' '; }

{ doc 1 a 'one two' three; doc 2 sub/deep/b four; } | stream >two
"$totei" -o out <two >acks 2>err
is "a batch is written" "$? $(files out)" "0 ./a.xml ./sub/deep/b.xml "
is "and acknowledged" "$(cat acks)" $'1\tdone\tout/a.xml\t3\t0\n2\tdone\tout/sub/deep/b.xml\t1\t0'
ok "verify proves it" "$build/emend-verify" out/a.xml <(printf 'one two\nthree\n')
ok "with white space of any kind" "$build/emend-verify" -q out/a.xml <(printf 'one\xc2\xa0two\r\n\xe3\x80\x80three')
"$build/emend-verify" out/a.xml <(printf 'one two\nthrae\n') >verify.out 2>err
is "verify tells where they part" "$? $(cat err)" \
    '1 verify: out/a.xml: error: differs from the source: line 2 of the source has "ae", the TEI at line 2 "ee"'
sed 's/three/tree/' out/a.xml >b.xml
"$build/emend-verify" -s b.xml >verify.out 2>err
is "verify -s tells a changed file by its header" $? 1
for args in '' '-x' 'a b c'; do
	# shellcheck disable=SC2086
	"$build/emend-verify" $args >verify.out 2>err
	is "verify $args: usage" "$? $(wc -c <verify.out)" "2 0"
done

cp -R out again
"$totei" -o again <two >acks 2>err
ok "the same bytes on every run" diff -r out again
"$totei" -z -o zip <two >acks 2>err
"$totei" -z -o zip2 <two >acks 2>err
is "-z" "$(files zip)" "./a.xml.gz ./sub/deep/b.xml.gz "
ok "the same gzip on every run" diff -r zip zip2
ok "which holds the same" cmp <(gzip -dc zip/a.xml.gz) out/a.xml
ok "verify reads gzip" "$build/emend-verify" -qs zip/a.xml.gz
is "with the mode of any file" "$(umask 027; "$totei" -o mode <two >acks 2>err; stat -c %a mode/a.xml)" 640

# names
odd=$(printf 'tab\\there\\n \xe9\xff%%"<&>\\\\')
doc 1 "$odd" one | stream >named
"$totei" -o named.out <named >acks 2>err
is "a name of any bytes" "$? $(field 2)$(cd named.out && printf '%s' *)" \
    "0 done $(printf 'tab\there\n \xe9\xff%%"<&>\\').xml"
is "is escaped in the acknowledgement" "$(field 3)" "named.out/$odd.xml "
ok "and shown in the header" grep -q '<idno type="filename">tab%09here%0A %E9%FF%25"&lt;&amp;&gt;\\.txt' named.out/*
for out in /etc/x ../x a/../../x a//x a/ . ''; do
	doc 1 "$out" one | stream | "$totei" -o refused >acks 2>err
	is "the path '$out' is refused" "$? $(field 2)$(files . | grep -c refused)" "1 failed 0"
done

# what fails costs one document
{
	doc 1 whole one
	printf 'D\t2\tsrc=died.txt\tout=died\nS\t1\n'
	printf 'D\t3\tsrc=failed.txt\tout=failed\nX\tdecode\ta binary file\nE\t2\n'
	doc 4 lost 'one two' | sed 's/^T\tone two/T\tone/'
	doc 5 last one
} | stream >mixed
"$totei" -o mixed.out <mixed >acks 2>err
is "what fails costs one document" "$? $(field 2)" "1 done failed failed failed done "
is "and leaves nothing" "$(files mixed.out)" "./last.xml ./whole.xml "
is "its reason is given" "$(sed -n '3s/.*\t//p' acks)" "decode: a binary file"

# a full disk
big=$(head -c 200000 /dev/zero | tr '\0' x)
{ doc 1 small one; doc 2 big "$big"; doc 3 other two; } | stream >three
(trap '' XFSZ; ulimit -f 100; exec "$totei" -o full <three >acks 2>err)
is "a write that fails: status 2" "$? $(field 2)" "2 done failed done "
is "leaves nothing under any name" "$(files full)" "./other.xml ./small.xml "
mkdir blocked && : >blocked/sub
"$totei" -o blocked <two >acks 2>err
is "a folder that cannot be made costs one document" "$? $(field 2)$(files blocked)" \
    "1 done failed ./a.xml ./sub "
{ doc 1 "$(head -c 300 /dev/zero | tr '\0' n)" one; doc 2 b two; } | stream >long
"$totei" -o long.out <long >acks 2>err
is "so does a name that is too long" "$? $(field 2)$(files long.out)" "1 failed done ./b.xml "
mkdir -p taken/a.xml
"$totei" -o taken <two >acks 2>err
is "and one that a folder has" "$? $(field 2)$(files taken)" "1 failed done ./sub/deep/b.xml "
"$totei" -o out <two >/dev/full 2>err
is "acknowledgements that cannot be written" $? 2

# metadata
{
	printf 'D\t1\tsrc=raw/m.txt\tout=m\nM\tsha256\tabc\nS\t1\tlines=1\nM\ttitle\tOn  mines\\tand \\\\ #5\nM\tspeaker\tMs. B\n'
	printf 'B\tp\tid=L0001\tlines=1\nT\tone\nE\t7\n'
} | stream >meta
"$totei" -o meta.out -M found.tsv <meta >acks 2>err
"$totei" -o meta.out -M found.tsv <meta >acks 2>err
is "what was found is a table" "$(cut -f1-5 found.tsv)" \
    $'path\tsha256\tstatement\ttitle\tspeaker\nraw/m.txt\tabc\t1\tOn  mines\\tand \\\\ #5\tMs. B\nraw/m.txt\tabc\t1\tOn  mines\\tand \\\\ #5\tMs. B'
ok "and marked as found" grep -q '<author resp="#emend">Ms. B</author>' meta.out/m.xml
sed 's/Ms. B/Mrs. B/' found.tsv >mine.tsv
"$totei" -o meta.out -m mine.tsv <meta >acks 2>err
ok "that can be given back" grep -q '<author>Mrs. B</author>' meta.out/m.xml
ok "escapes undone" grep -q $'<title>On  mines\tand \\\\ #5</title>' meta.out/m.xml
printf 'sha256\tstatement\tspeaker\nabc\t1\tDr. C\n' >hash.tsv
"$totei" -o meta.out -m hash.tsv <meta >acks 2>err
ok "by hash too" grep -q '<author>Dr. C</author>' meta.out/m.xml
printf 'speaker\nx\n' | "$totei" -m /dev/stdin >bad.out 2>err
is "a table without a key: status 2" $? 2
SOURCE_DATE_EPOCH=1368403200 "$totei" <meta >dated.xml 2>err
ok "SOURCE_DATE_EPOCH" grep -q '<date when="2013-05-13">' dated.xml
printf '[archive]\navailability = perhaps\n' >bad.conf
"$totei" -c bad.conf <meta >bad.out 2>err
is "an availability that is none: status 2" $? 2
"$totei" -c nowhere <meta >bad.out 2>err
is "settings that are not there: status 2" $? 2

# a file a statement
{
	printf 'D\t1\tsrc=s.txt\tout=a b/s\nB\tp\tid=L0001\tlines=1\nT\tbefore\n'
	printf 'S\t1\tlines=2\tlang=en\nB\tp\tid=L0002\tlines=2\nT\tone\nS\t2\tlines=3\tlang=fr\nM\ttitle\tDeux\n'
	printf 'B\tp\tid=L0003\tlines=3\nT\tdeux\nM\tsha256-reduced\t%s\nE\t11\n' \
	    "$(printf beforeonedeux | sha256sum | cut -d' ' -f1)"
} | stream >several
printf '[archive]\nsplit = statement\n' >split.conf
"$totei" -c split.conf -o split <several >acks 2>err
is "a file a statement" "$? $(field 2)$(files split)" \
    "0 done ./a b/s-S0000.xml ./a b/s-S0002.xml ./a b/s-S0003.xml ./a b/s.xml "
ok "verify proves the corpus" "$build/emend-verify" "split/a b/s.xml" <(printf 'before\none\ndeux\n')
ok "its files have headers of their own" grep -q '<title resp="#emend">Deux</title>' "split/a b/s-S0003.xml"
"$totei" -c split.conf -z -o splitz <several >acks 2>err
ok "and packed ones" "$build/emend-verify" "splitz/a b/s.xml.gz" <(printf 'before\none\ndeux\n')
"$totei" -c split.conf <several >split.out 2>err
is "only with -o" "$? $(wc -c <split.out)" "1 0"
if command -v jing >/dev/null && command -v xmllint >/dev/null; then
	xmllint --xinclude "split/a b/s.xml" >corpus.xml
	ok "the corpus is valid" jing "$root/stages/emend.rng" corpus.xml "split/a b/"s*.xml
	if [ -n "$shared" ]; then
		ok "and valid TEI" jing "$shared/tei/tei_all.rng" corpus.xml "split/a b/"s-*.xml
	else
		skip "and valid TEI" "../shared is not there"
	fi
else
	skip "the corpus is valid" "jing or xmllint is not there"
	skip "and valid TEI" "jing or xmllint is not there"
fi

# repairs of the encoding
{
	printf 'D\t1\tsrc=e.txt\tout=e\nB\tp\tid=L0001\tlines=1\nT\tcaf\xc3\xa9 noir\n'
	printf 'N\t0\t5\tcorr\tencoding\tcaf\xc3\x83\xc2\xa9\t0.90\tdecode\nE\t4\n'
} | stream >repaired
"$totei" <repaired >plain.xml 2>err
is "repairs are not marked" "$(grep -c 'choice' plain.xml)" 1
"$totei" -E <repaired >marked.xml 2>err
ok "but with -E" grep -q '<orig>cafÃ©</orig><reg type="encoding" resp="#decode" cert="0.90">café</reg>' marked.xml
sum=$(printf 'cafénoir' | sha256sum | cut -d' ' -f1)
sed "s/<idno type=\"filename\">.*/&<idno type=\"sha256-reduced\">$sum<\/idno>/" marked.xml >proved.xml
ok "and read as repaired" "$build/emend-verify" proved.xml <(printf 'café noir')
finish
