#!/bin/bash
# The manual pages: sound for mandoc, the options of each program and no others, examples that give
# what they say.
. "$(dirname "$0")/tap.sh"
cd "$tmp" || exit 2
if ! command -v mandoc >/dev/null; then
	skip "the manual pages" "mandoc is not there"
	finish
	exit
fi

# The option letters of a usage line: those of -abc and of each [-x argument].
usage_letters() { grep -o '\[-[A-Za-z]*' | tr -d '[-' | grep -o . | sort -u | tr -d '\n'; }
page_letters() { sed -n 's/^\.It Fl \([A-Za-z]\).*/\1/p' "$1" | sort -u | tr -d '\n'; }
synopsis_letters() {
	sed -n '/^\.Sh SYNOPSIS/,/^\.Sh DESCRIPTION/s/^\.Op Fl \([A-Za-z]*\).*/\1/p' "$1" |
	    grep -o . | sort -u | tr -d '\n'
}

mkdir bin raw
for p in "$build"/emend-* "$root/emend"; do ln -s "$p" bin/; done
PATH=$tmp/bin:$PATH

for page in "$root"/stages/*.1 "$root"/stages/stream.5; do
	is "${page##*/}: sound" "$(mandoc -Tlint -W warning "$page" 2>&1)" ""
done
for program in "$build"/emend-*; do
	[ -f "$program" ] && [ -x "$program" ] || continue
	page=$root/stages/${program##*/}.1
	name=${program##*/}
	ok "$name: has a page" test -f "$page"
	[ -f "$page" ] || continue
	want=$("$program" -h | usage_letters)
	is "$name: options of the page" "$(page_letters "$page")" "$want"
	is "$name: options of its synopsis" "$(synopsis_letters "$page")" "$want"
	usage=$("$program" -h | head -1)
	is "$name: a wrong option shows the usage of -h" "$("$program" -Q 2>&1 </dev/null | tail -1)" "$usage"
done
want=$(emend -h | sed -n 1p | usage_letters)
is "emend run: options of the page" "$(page_letters "$root/stages/emend.1")" "$want"
is "emend run: options of its synopsis" "$(synopsis_letters "$root/stages/emend.1")" "$want"
is "emend run: options of the list in -h" \
    "$(emend -h | sed -n 's/^  -\([a-zA-Z]\) .*/\1/p' | sort -u | tr -d '\n')" "$want"

# Examples: "$ command" and what it prints up to an empty line, white space taken as one, and any
# posterior as good as another.
plain() { sed 's/[[:blank:]][[:blank:]]*/ /g; s/[01]\.[0-9][0-9]/0.00/'; }
printf 'The Committee adopted the report.\n' >raw/a.txt
cp raw/a.txt a.txt
cp raw/a.txt scan.txt
gzip -c a.txt >scan.gz
less() { cat; }
example() { # page command output
	local got
	[ -n "$2" ] || return
	case $2 in */shared/*) return ;; esac
	got=$(eval "$2" 2>err | plain; exit "${PIPESTATUS[0]}")
	is "$1: exit of $2" $? 0
	[ -z "$3" ] || is "$1: output of $2" "$got" "$3"
}
for page in "$root"/stages/emend.1 "$root"/stages/emend-*.1; do
	command='' output=''
	while IFS= read -r line; do
		line=${line#"${line%%[! ]*}"}
		case $line in
		'$ '*)
			example "${page##*/}" "$command" "$output"
			command=${line#'$ '} output=''
			;;
		'')
			example "${page##*/}" "$command" "$output"
			command='' output=''
			;;
		*) output=$output${output:+$'\n'}$(plain <<<"$line") ;;
		esac
	done < <(mandoc -Tutf8 -O width=200 "$page" | sed 's/.\x08//g' | sed -n '/^EXAMPLES/,/^SEE ALSO/p')
done

sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/{/^#emend/,/^E/p}' "$root/stages/stream.5" >example
ok "stream.5: the example is a stream" emend totext example
is "stream.5: of that text" "$(emend totext example)" "Je salue la coopération internationale."
is "stream.5: of that source" "$(emend totext -s example | tr '\n' '|')" "Je salue la cooperation|internationale.|"
ok "stream.5: it makes a TEI" emend totei example
finish
