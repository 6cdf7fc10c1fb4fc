# For the tests in bash: TAP out of conditions.  Source it, then: ok WHAT COMMAND...; is WHAT GOT
# WANT; skip WHAT WHY; finish.  $tmp is a folder of the test's own, $build where the programs are,
# $root the top of the repository, $shared the shared texts or empty.
set -u
export LC_ALL=C
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 2
build=${EMEND_BUILD:-build}
case $build in /*) ;; *) build=$root/$build ;; esac
export EMEND_BIN=$build
shared=$root/../shared
[ -r "$shared/DESIGN.md" ] || shared=
tmp=$(mktemp -d) || exit 2
trap 'chmod -R u+rwx "$tmp"; rm -rf "$tmp"' EXIT
tests=0

ok() {
	local what=$1
	shift
	tests=$((tests + 1))
	if "$@" >"$tmp/.ok" 2>&1; then
		echo "ok $tests - $what"
	else
		echo "not ok $tests - $what"
		echo "# $*"
		sed 's/^/# /' "$tmp/.ok" | head -20
	fi
}

is() {
	tests=$((tests + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $tests - $1"
	else
		echo "not ok $tests - $1"
		printf 'got:  %s\nwant: %s\n' "$2" "$3" | head -40 | sed 's/^/# /'
	fi
}

skip() {
	tests=$((tests + 1))
	echo "ok $tests # SKIP $1: $2"
}

finish() {
	echo "1..$tests"
}
