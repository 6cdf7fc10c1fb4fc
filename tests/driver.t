#!/bin/bash
# The driver: folders in, TEI out; what was done is skipped; a stage that dies costs one document;
# names of any bytes; nothing half-written; exit status and summary.
. "$(dirname "$0")/tap.sh"
cd "$tmp" || exit 2
emend=$root/emend

say() { printf 'Mr. President,\n\nThe delegation of %s welcomes the report of the Committee.\n' "$1"; }
summary() { tail -1 err | sed 's/, [0-9]* words.*//'; }
outputs() { (cd "$1" && find . -path ./.emend -prune -o -type f ! -name metadata.auto.tsv -print | sort | tr "\n" " "); }

mkdir -p raw/sub
say Albania >raw/a.txt
say Benin >raw/sub/b.txt
say France | gzip >raw/sub/c.txt.gz
say Kosovo >'raw/with space.txt'

"$emend" run -q -o out raw 2>err
is "a folder is done" $? 0
is "paths below the folder are kept" "$(outputs out)" "./a.xml ./sub/b.xml ./sub/c.xml ./with space.xml "
is "summary" "$(summary)" "emend: 4 done, 0 failed, 0 skipped (done before, unchanged)"
ok "verify proves a document" "$emend" verify out/a.xml raw/a.txt
ok "verify proves a gzip document" "$emend" verify out/sub/c.xml raw/sub/c.txt.gz
"$emend" verify out/a.xml raw/sub/b.txt >verify.out 2>&1
is "verify tells another document" $? 1

"$emend" run -q -o out raw 2>err
is "a second run skips all" "$(summary)" "emend: 0 done, 0 failed, 4 skipped (done before, unchanged)"
say Kenya >raw/a.txt
rm out/sub/b.xml
"$emend" run -q -o out raw 2>err
is "a changed source and a lost output are done again" "$(summary)" \
    "emend: 2 done, 0 failed, 2 skipped (done before, unchanged)"
"$emend" run -q -j1 -o one raw 2>err
"$emend" run -q -j3 -o three raw 2>err
ok "the same bytes at any -j" diff -r -x .emend one three
mkdir two
echo 'Delegacioni i Shqipërisë mirëpret raportin e Komitetit dhe falënderon kryetarin për punën.' >two/a.txt
{
	printf 'La délégation de la France remercie le Comité de son rapport sur la santé des enfants.\n\n'
	cat two/a.txt
} >two/b.txt
"$emend" run -q -j1 -o both two 2>err
"$emend" run -q -o alone two/b.txt 2>err
ok "and whatever was done before in another language" cmp both/b.xml alone/b.xml
"$emend" run -q -z -o packed raw/a.txt 2>err
is "-z writes gzip, a file lands by its name" "$(outputs packed)" "./a.xml.gz "
ok "the gzip holds the same" cmp <(gzip -dc packed/a.xml.gz) one/a.xml
ok "verify reads gzip" "$emend" verify packed/a.xml.gz raw/a.txt

# names
mkdir names
say Chad >names/$'tab\there.txt'
say Mali >names/$'line\nend.txt'
say Peru >names/$'latin\xe9.txt'
say Togo >'names/back\slash.txt'
say Cuba >names/-dash.txt
"$emend" run -q -o named names 2>err
is "names of any bytes are done" "$(summary)" "emend: 5 done, 0 failed, 0 skipped (done before, unchanged)"
is "and land under them" "$(cd named && printf '%s|' *.xml)" $'-dash.xml|back\\slash.xml|latin\xe9.xml|line\nend.xml|tab\there.xml|'
"$emend" run -q -o named names 2>err
is "and are skipped" "$(summary)" "emend: 0 done, 0 failed, 5 skipped (done before, unchanged)"
(cd names && "$emend" run -q -o ../dashed -- -dash.txt) 2>err
is "a name with a dash" "$(outputs dashed)" "./-dash.xml "

# bad input
mkdir bad
say Iran >bad/good.txt
: >bad/empty.txt
head -c 3000 /dev/zero >bad/nuls.txt
head -c 3000 "$BASH" >bad/binary.txt
say Oman | gzip | head -c 60 >bad/cut.txt.gz
"$emend" run -q -o badout bad 2>err
is "bad input: status 1" $? 1
is "the others are done" "$(summary)" "emend: 2 done, 3 failed, 0 skipped (done before, unchanged)"
is "no output for what failed" "$(outputs badout)" "./empty.xml ./good.xml "
for f in nuls.txt binary.txt cut.txt.gz; do
	ok "bad/$f is named" grep -q "bad/$f: failed: ." err
done
ok "an empty file is proved too" "$emend" verify badout/empty.xml bad/empty.txt

if [ "$(id -u)" -eq 0 ]; then
	skip "an unreadable folder" "root reads everything"
else
	mkdir locked && say Fiji >locked/f.txt && chmod 0 locked
	"$emend" run -q -o lockedout locked raw/a.txt 2>err
	is "an unreadable folder: status 1" $? 1
	ok "it is named" grep -q locked err
fi
"$emend" run -q -o nothing nowhere raw/a.txt 2>err
is "a missing file: status 1" $? 1
ok "the missing file is named" grep -q 'nowhere: no such file' err
is "the rest is done" "$(outputs nothing)" "./a.xml "

mkdir long && say Niue >long/good.txt && say Palau >"long/$(head -c 255 /dev/zero | tr '\0' n)"
"$emend" run -q -o longout long 2>err
is "a name too long for an output costs one document" "$? $(summary)" \
    "1 emend: 1 done, 1 failed, 0 skipped (done before, unchanged)"
mkfifo fifo
"$emend" run -q -o fifoout fifo raw/a.txt 2>err
is "what is no file or folder is named" "$? $(grep -c 'fifo: not a file' err) $(outputs fifoout)" "1 1 ./a.xml "
"$emend" run -o unheard bad 2>&1 | head -1 >err
is "nobody listens to the end: all is done" "$(outputs unheard)" "$(outputs badout)"
"$emend" run -o unsaid bad 2>/dev/full
is "nothing can be said: all is done" "$(outputs unsaid)" "$(outputs badout)"
sed 's/$/\r/' "$root/pipeline.conf" >crlf.conf
ok "settings with CR LF" "$emend" run -q -c crlf.conf -o crlf raw/a.txt

# a stage that dies
mkdir bin
ln -s "$build"/* bin/
cat >bin/emend-dies <<'TXT'
#!/bin/bash
while IFS= read -r line; do
	case $line in D*kill*) sleep 0.2; kill -9 $$ ;; esac
	printf '%s\n' "$line"
done
TXT
chmod +x bin/emend-dies
sed 's/^stages = decode/& dies/' "$root/pipeline.conf" >dies.conf
mkdir batch
for i in 1 2 3 4 5 6 7; do say Nepal >batch/$i.txt; done
say Haiti >batch/4kill.txt
EMEND_BIN=$tmp/bin "$emend" run -q -j2 -c dies.conf -o died batch 2>err
is "a stage killed in mid-batch: status 1" $? 1
is "it costs one document" "$(summary)" "emend: 7 done, 1 failed, 0 skipped (done before, unchanged)"
ok "which is named" grep -q 'batch/4kill.txt: failed: a stage died on it' err
is "nothing else is left" "$(outputs died)" "./1.xml ./2.xml ./3.xml ./4.xml ./5.xml ./6.xml ./7.xml "

# refusals before work starts
"$emend" run -o raw/out raw 2>err
is "an output folder inside the input is refused" "$? $(grep -c 'lies in the input' err)" "2 1"
ok "and not made" test ! -e raw/out
mkdir twice && say Laos >twice/a.txt && say Laos | gzip >twice/a.txt.gz
"$emend" run -o twiceout twice 2>err
is "two inputs for one output are refused" "$? $(grep -c 'several inputs' err)" "2 1"
for args in "run" "run -j 0 x" "run -? x" "run -c nowhere x" "nostage" "verify x" "verify nowhere nowhere" "-x"; do
	# shellcheck disable=SC2086
	"$emend" $args >out.txt 2>err
	is "emend $args: usage" "$? $(wc -c <out.txt)" "2 0"
done
ok "emend -h" "$emend" -h
is "emend -V" "$("$emend" -V | cut -d' ' -f1)" emend
"$emend" show -o x >shown
ok "emend show prints the pipeline" grep -q 'emend-decode.*-t' shown
is "a stage by its name" "$(printf 'caf\xe9\n' | "$emend" decode)" "café"

# another lexicon
mkdir lexbin
ln -s "$build"/emend-* "$build/gen" lexbin/
EMEND_BIN=$tmp/lexbin "$emend" dict zz 2>err
is "no dictionary of a language: status 2" "$? $(ls lexbin/dict)" "2 "
if [ -x "$build/gen/lexicon" ] && [ -z "${EMEND_SAN-}" ]; then
	EMEND_BIN=$tmp/lexbin "$emend" dict en 2>err
	is "a lexicon is made" $? 0
	ok "the one that make makes" cmp lexbin/dict/en.lex "$build/dict/en.lex"
else
	skip "a lexicon is made" "it takes long"
	skip "the one that make makes" "it takes long"
fi

# a share each
"$emend" run -q -s 1/2 -o shares raw 2>err
"$emend" run -q -s 2/2 -o shares raw 2>err
is "two shares are the whole" "$(outputs shares)" "./a.xml ./sub/b.xml ./sub/c.xml ./with space.xml "

# a full disk
if mkdir full && mount -t tmpfs -o size=64k tmpfs full 2>/dev/null; then
	head -c 60000 /dev/zero >full/filler
	timeout 60 "$emend" run -q -o full/out raw 2>err
	is "a full disk: status 2" $? 2
	is "nothing is half-written" "$(find full/out -name '*.xml*' | wc -l)" 0
	umount full
else
	skip "a full disk" "no tmpfs to be had"
	skip "nothing is half-written" "no tmpfs to be had"
fi
finish
