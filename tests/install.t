#!/bin/bash
# make install: what is put into another folder runs from there, with its own dictionaries, and is
# taken away again.
. "$(dirname "$0")/tap.sh"
cd "$root" || exit 2
unset MAKEFLAGS MAKELEVEL EMEND_BIN EMEND_DICT
make=(make -s "BUILD=${EMEND_BUILD:-build}" PREFIX=/usr "DESTDIR=$tmp/root")

ok "make install" "${make[@]}" install
mv "$tmp/root" "$tmp/elsewhere"	# found by where it is, not by where it was put
emend=$tmp/elsewhere/usr/bin/emend
cd "$tmp" || exit 2
printf 'The Comrnittee met in the morning of the second day.\n' >a.txt
"$emend" run -q -o out a.txt 2>err
is "the installed emend runs" "$? $(sed -n '$s/,.*//p' err)" "0 emend: 1 done"
ok "with its own dictionaries and models" grep -q '<corr .*>Committee</corr>' out/a.xml
ok "and proves" "$emend" verify out/a.xml a.txt
EMEND_BIN=$build "$root/emend" run -q -o here a.txt 2>err
ok "it makes what the one built makes" cmp out/a.xml here/a.xml
is "a stage" "$(printf 'caf\xe9\n' | "$emend" decode)" "café"
ln -s "$emend" link
is "through a link" "$(./link -V)" "$(EMEND_BIN=$build "$root/emend" -V)"
is "pages of the manual" "$(find elsewhere/usr/share/man -name 'emend*.[15]' | wc -l)" \
    "$(find "$root/stages" -maxdepth 1 -name '*.[15]' | wc -l)"
mv "$tmp/elsewhere" "$tmp/root"
cd "$root" || exit 2
ok "make uninstall" "${make[@]}" uninstall
is "leaves nothing" "$(find "$tmp/root" -type f)" ""
finish
