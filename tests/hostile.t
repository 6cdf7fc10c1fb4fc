#!/bin/bash
# Bad input to every stage: nothing, garbage, a stream cut off, one huge line, a full disk, a pipe
# closed early, a wrong flag.  No stage may crash, hang, or call a loss a success.
. "$(dirname "$0")/tap.sh"
cd "$tmp" || exit 2

stages='decode segment langtag deocr totei totext'
says() { printf 'Mr. President,\n\nThe Committee met on 3 May 2011. It adopted its report.\n'; }
limit() { timeout 300 "$@"; }
run() { s=$1; shift; limit "$build/emend-$s" "$@"; }

# What each stage gets in a pipeline, tagged.
says >doc.txt
run decode -t doc.txt >in.segment
run segment <in.segment >in.langtag
run langtag <in.langtag >in.deocr
run deocr <in.deocr >in.totei
cp in.totei in.totext
cp doc.txt in.decode

# 2 MB of bytes that are neither text nor regular.
awk 'BEGIN { for (x = 1; n < 400000; n++) { x = (x * 1103515245 + 12345) % 2147483648
	printf "%c%c%c%c%s", x % 251 + 1, x / 256 % 251 + 1, x / 65536 % 251 + 1, x / 4096 % 94 + 33, x % 17 ? "" : "\n" } }' >garbage
size=100000000
[ -z "${EMEND_SAN-}" ] || size=2000000
head -c $size /dev/zero | tr '\0' 'a' >line
yes 'lorem ipsum dolor' | head -c $size | tr '\n' ' ' >words

for s in $stages; do
	run "$s" </dev/null >out 2>err
	is "$s: nothing in" $? 0
	run "$s" <garbage >out 2>err
	st=$?
	ok "$s: garbage: status $st" test $st -le 1
	run "$s" -? </dev/null >out 2>err
	is "$s: a wrong flag" "$? $(wc -c <out) $(grep -c ^usage: err)" "2 0 1"
	run "$s" -h >out 2>err
	is "$s: -h" "$? $(head -c 6 out) $(wc -c <err)" "0 usage: 0"
	run "$s" -V >out 2>err
	is "$s: -V" "$? $(cut -d' ' -f1 out)" "0 emend-$s"
	run "$s" nowhere >out 2>err
	is "$s: a file that is not there" $? 1
	ok "$s: it is named" grep -q 'nowhere' err
	run "$s" . >out 2>err
	is "$s: a folder" $? 1
	run "$s" <doc.txt >/dev/full 2>err
	is "$s: a full disk" $? 2
	ok "$s: is reported" grep -q 'cannot write' err
	run "$s" <line >out 2>err
	is "$s: one line of $size bytes without a space" $? 0
	run "$s" <words >out 2>err
	is "$s: one line of $size bytes of words" $? 0
	yes "The Committee met." | head -c 3000000 | run "$s" 2>err | head -1 >out
	st=${PIPESTATUS[2]}
	ok "$s: a pipe closed early: status $st" test "$st" -eq 0 -o "$st" -eq 141
	[ "$s" = decode ] && continue
	n=$(wc -c <"in.$s")
	for part in 3 2; do
		mkdir -p cut
		o=()
		[ "$s" = totei ] && o=(-o cut)
		head -c $((n - n / part)) "in.$s" | run "$s" "${o[@]}" >out 2>err
		is "$s: a stream cut off" $? 1
		is "$s: nothing is made of it" "$(find cut -type f -name '*.xml' | wc -l)" 0
	done
	case $s in totei | totext) continue ;; esac
	ok "$s: the failure is passed on" grep -q '^X' out
	printf '#emend 1\nD\t1\tsrc=a\tout=a\nX\tdecode\tbinary\nE\t2\n' >failed
	run "$s" <failed >out 2>err
	ok "$s: a failed document passes untouched" cmp failed out
	printf '#emend 1\nD\t1\tsrc=a\tout=a\nQ\tnew\trecord\nE\t2\n' | run "$s" >out 2>err
	ok "$s: an unknown record passes" grep -q "^Q	new	record$" out
	ok "$s: in the environment of any locale" cmp <(env LC_ALL=tr_TR.UTF-8 "$build/emend-$s" <"in.$s") <(run "$s" <"in.$s")
done
head -c 5000000 line >long
for f in /dev/null garbage long; do
	run decode -t <$f 2>/dev/null | run segment | run langtag | run deocr >out 2>err
	ok "tagged chain on $f" test "${PIPESTATUS[1]}${PIPESTATUS[2]}${PIPESTATUS[3]}" -le 111
	ok "it is whole" grep -q '^E' out
done
finish
