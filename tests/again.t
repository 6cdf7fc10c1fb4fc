#!/bin/bash
# What a run leaves to the next: what is skipped and what is done again, the table of metadata
# found, and what is left when the driver itself is ended.
. "$(dirname "$0")/tap.sh"
cd "$tmp" || exit 2
emend=$root/emend

say() { printf 'Mr. %s (Kenya):\n\nThe delegation welcomes the report of the Committee.\n' "$1"; }
run() { "$emend" run -q -o out "$@" 2>err; }
done_and_skipped() { sed -n 's/^emend: \([0-9]*\) done, 0 failed, \([0-9]*\) skipped.*/\1 \2/p' err; }
rows() { sed 1d out/metadata.auto.tsv | cut -f"$1" | tr '\n' ' '; }

mkdir raw
for i in 1 2 3; do say "Mwangi$i" >raw/$i.txt; done
cp "$root/pipeline.conf" mine.conf

# what is done again
run raw
is "the first run does all" "$(done_and_skipped)" "3 0"
run raw
is "the second none" "$(done_and_skipped)" "0 3"
"$emend" run -q -o ./out/ raw 2>err
is "nor does one that names the folder otherwise" "$(done_and_skipped)" "0 3"
touch raw/2.txt
run raw
is "a source that was touched is done again" "$(done_and_skipped)" "1 2"
sed 's/^\[archive\]/&\npublisher = An archive/' mine.conf >changed.conf
run -c changed.conf raw
is "other settings: all again" "$(done_and_skipped)" "3 0"
ok "they are in the header" grep -q '<publisher>An archive' out/1.xml
run -c mine.conf raw
is "the old settings: all again" "$(done_and_skipped)" "3 0"
ok "the old header is back" grep -q '<publisher>not stated' out/1.xml
run -l en raw
is "a language given: all again" "$(done_and_skipped)" "3 0"
printf 'path\ttitle\n1.txt\tOne\n' >table.tsv
run -l en -m table.tsv raw
is "a table given: all again" "$(done_and_skipped)" "3 0"
printf 'path\ttitle\n1.txt\tUn\n' >table.tsv
run -l en -m table.tsv raw
is "a table changed: all again" "$(done_and_skipped)" "3 0"
run raw raw/2.txt
is "a source named twice is done once" "$(done_and_skipped)" "3 0"

# metadata found
is "a row for each statement" "$(rows 1) $(rows 5)" "raw/1.txt raw/2.txt raw/3.txt  Mr. Mwangi1 Mr. Mwangi2 Mr. Mwangi3 "
is "under one head" "$(grep -c '^path' out/metadata.auto.tsv)" 1
say Otieno >raw/2.txt
run raw
is "a source that changed has its new row" "$(rows 5)" "Mr. Mwangi1 Mr. Otieno Mr. Mwangi3 "
say Kamau >single.txt
run single.txt
is "another run adds its own" "$(rows 1)" "raw/1.txt raw/2.txt raw/3.txt single.txt "
run "$tmp/raw"
is "a source under another name has one row" "$(rows 1)" "$tmp/raw/1.txt $tmp/raw/2.txt $tmp/raw/3.txt single.txt "
run -m out/metadata.auto.tsv raw
is "the table itself is not taken back" "$? $(grep -c 'copy it first' err)" "2 1"
sed 's/Mr. Kamau/Ms. Kamau/' out/metadata.auto.tsv >edited.tsv
run -m edited.tsv single.txt
ok "a copy is, with what was edited" grep -q '<author>Ms. Kamau' out/single.xml

# what is said once
mkdir many
for i in 1 2 3 4 5 6; do say "Njeri$i" >many/$i.txt; done
"$emend" run -q -j3 -o manyout many 2>err
is "three pipelines: what all say is said once" "$(grep -c 'not ready to be deposited' err)" 1
"$emend" run -q -j1 -o one many 2>err
ok "the same table at any -j" cmp one/metadata.auto.tsv manyout/metadata.auto.tsv

# the driver ended
mkdir bin work
ln -s "$build"/* bin/
cat >bin/emend-slow <<'S'
#!/bin/bash
while IFS= read -r line; do
	case $line in D*wait*) echo $$ >"$MARK"; sleep 30 ;; esac
	printf '%s\n' "$line"
done
S
chmod +x bin/emend-slow
sed 's/^stages = decode/& slow/' mine.conf >slow.conf
mkdir ended
for i in 1 2 3; do say Wanjiru >ended/$i.txt; done
say Achieng >ended/4wait.txt
for signal in INT TERM; do
	rm -f mark
	# A job in the background has SIGINT ignored, and bash cannot take it back.
	EMEND_BIN=$tmp/bin MARK=$tmp/mark TMPDIR=$tmp/work perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' \
	    "$emend" run -q -j1 -c slow.conf -o "out.$signal" ended 2>err &
	pid=$!
	for ((i = 0; i < 300; i++)); do [ -s mark ] && break; sleep 0.1; done
	kill -"$signal" $pid
	SECONDS=0
	wait $pid
	is "ended by $signal: the status says so" $? "$([ $signal = INT ] && echo 130 || echo 143)"
	ok "at once" test $SECONDS -lt 10
	sleep 0.5
	is "no stage goes on" "$(cat "/proc/$(cat mark)/cmdline" 2>/dev/null | wc -c)" 0
	is "nothing half-written" "$(find "out.$signal" -name '.emend-*' | wc -l)" 0
	is "no folder left behind" "$(ls work)" ""
done
"$emend" run -q -c mine.conf -o out.TERM ended 2>err
is "the next run goes on" "$(tail -1 err | cut -d, -f1)" "emend: 4 done"
finish
