#!/bin/bash
# The golden TEI files: proved by verify, valid against our own schema as jing reads it and, where
# ../shared is there, against the full TEI schema.
. "$(dirname "$0")/tap.sh"
cd "$root" || exit 2

tei=()
for f in tests/totei/*.out; do
	[ -s "$f" ] || continue
	tei+=("$f")
	if [ -f "${f%.out}.txt" ]; then
		ok "verify $f" "$build/emend-verify" "$f" "${f%.out}.txt"
	else
		ok "verify -s $f" "$build/emend-verify" -s "$f"
	fi
done
ok "${#tei[@]} golden TEI files" test ${#tei[@]} -gt 5
if command -v jing >/dev/null; then
	ok "valid against emend.rng" jing stages/emend.rng "${tei[@]}"
	if [ -n "$shared" ]; then
		ok "valid against tei_all" jing "$shared/tei/tei_all.rng" "${tei[@]}"
	else
		skip "valid against tei_all" "../shared is not there"
	fi
else
	skip "valid against emend.rng" "jing is not there"
	skip "valid against tei_all" "jing is not there"
fi
finish
