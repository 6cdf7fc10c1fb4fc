#!/bin/bash
# Quality of emend-segment: pages, blocks, kinds, footnote ties, statements, noise and order, on the
# gold structures of corpus/structure, either half apart (a-* was written beside the stage, the rest
# by someone who had not seen it), and the known figures of a real compilation.
set -u
export LC_ALL=C
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
build=${EMEND_BUILD:-build}
case $build in /*) ;; *) build=$root/$build ;; esac
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
list=
[ "${1-}" = -l ] && list=-l

half() { # NAME FILE...
	local name=$1 pairs=() f
	shift
	for f in "$@"; do
		[ -f "${f%.txt}.gold" ] || continue
		"$build/emend-segment" -t "$f" >"$work/$(basename "$f").tag" || exit
		pairs+=("${f%.txt}.gold" "$work/$(basename "$f").tag")
	done
	[ ${#pairs[@]} -gt 0 ] && "$build/bench/segscore" $list "$name" "${pairs[@]}"
}

echo "== segment: structures of corpus/structure =="
a=("$root"/corpus/structure/a-*.txt) b=()
for f in "$root"/corpus/structure/*.txt; do
	case ${f##*/} in a-*) ;; *) b+=("$f") ;; esac
done
half 'first half' "${a[@]}"
half 'second half, unseen' "${b[@]}"
