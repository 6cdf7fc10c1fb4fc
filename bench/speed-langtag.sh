#!/bin/bash
# Speed of langtag, processor time on one core, beside CLD2 on the same text, line by line.
. "$(dirname "$0")/timing.sh"
echo "== langtag =="
if ! make_sample || [ -z "$sample" ]; then
	echo "skipped: ../shared is not there"
	exit 0
fi
g++ -O2 -o "$work/peers" "$root/bench/peers/langpeers.cc" -lcld2 -lexttextcat-2.0 2>/dev/null || {
	echo "skipped: CLD2 is not there"
	exit 0
}
all=en,fr,sq,es,pt,it,de,nl,ro,ru,uk,bg,pl,cs,tr,el,ar,zh,hu,sr,hr,bs
ours() { "$build/emend-langtag" "$@" <"$sample"; }
theirs() { "$work/peers" "$1" $all <"$sample"; }
start() { "$build/emend-langtag" </dev/null; }
{
	printf '#emend 1\nD\t1\tsrc=1\nS\t1\n'
	awk '{ printf "B\tp\tid=L%04d\tlines=%d\nT\t%s\n", NR, NR, $0 } END { printf "E\t%d\n", 2 * NR + 2 }' "$sample"
} >"$work/tagged"
tagged() { "$build/emend-langtag" <"$work/tagged"; }
size=$(wc -c <"$sample")
printf '%-44s %10s  %10s  %s\n' 'text' 'langtag' 'CLD2' 'as fast as CLD2'
cld2=$(cpu theirs cld2)
ratio "$megabytes MB of novels, a line a block" "$(cpu ours -T)" "$cld2" CLD2
ratio 'the same, for shares only (-a)' "$(cpu ours -T -a)" "$cld2" CLD2
ratio 'the same, tagged, with spans' "$(cpu tagged)" "$cld2" CLD2
head -c 30000000 /dev/zero | tr '\0' a >"$work/letter"
letter() { "$build/emend-langtag" -T -x <"$work/letter"; }
theirs_letter() { "$work/peers" cld2 $all <"$work/letter"; }
ratio '30 MB of one letter on a line, spans (-x)' "$(cpu letter)" "$(cpu theirs_letter)" CLD2
awk -v n="$size" -v t="$(cpu ours -T -a)" -v s="$(cpu start)" \
    'BEGIN { printf "langtag -a: %.1f MB/s; start %.3f s\n", n / 1e6 / (t - s), s }'
