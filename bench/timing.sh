# For the measures of speed: processor time of whole commands, as ratios.  Source it.
#	cpu COMMAND...		user and system seconds of the command and its children: the best of
#				3 runs, or the first that takes longer than 3 seconds
#	ratio WHAT OURS THEIRS NAME	a row: how many times as fast ours is as NAME
# $sample is $megabytes (of EMEND_BENCH_MB, else 2) of text that does not repeat, English and French
# novels of ../shared, or, where that is absent, nothing: scripts skip with a word.
set -u
export LC_ALL=C
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 2
build=${EMEND_BUILD:-build}
case $build in /*) ;; *) build=$root/$build ;; esac
export EMEND_BIN=$build
megabytes=${EMEND_BENCH_MB:-2}
texts=$root/../shared/data/text
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

cpu() {
	local i t TIMEFORMAT='%U %S'
	for i in 1 2 3; do
		t=$({ time "$@" >/dev/null 2>&1; } 2>&1 | awk '{ print $1 + $2 }')
		echo "$t"
		[ "${t%.*}" -lt 3 ] || break
	done | awk 'NR == 1 || $1 < best { best = $1 } END { printf "%.3f", best }'
}

ratio() {
	awk -v what="$1" -v a="$2" -v b="$3" -v name="$4" \
	    'BEGIN { printf "%-44s %8.3f s  %8.3f s  %6.2f x %s\n", what, a, b, (a > 0 ? b / a : 0), name }'
}

make_sample() {
	sample=
	[ -r "$texts/en.eltec.txt.xz" ] || return 1
	sample=$work/sample.txt
	for novels in en fr; do
		xzcat "$texts/$novels.eltec.txt.xz" | head -c $((megabytes * 500000))
	done |
	    iconv -c -f utf-8 -t utf-8 >"$sample"
}
