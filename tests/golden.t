#!/bin/bash
# The golden cases of every stage: tests/STAGE/CASE.in and .out.
cd "$(dirname "$0")/.." || exit 2
stages=()
for d in tests/*/; do
	s=$(basename "$d")
	compgen -G "tests/$s/*.in" >/dev/null && stages+=("$s")
done
exec tests/run-cases "${stages[@]}"
