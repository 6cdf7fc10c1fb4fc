# Whether a segmented stream holds what the lines held: every line that is not white in exactly one
# block, its text there unchanged but for white space.  Use, in the C locale:
#	awk -f segment-whole.awk LINES STREAM
# LINES is the stream before emend-segment, STREAM the one behind it.

function bare(s) {
	# Unicode White_Space, in UTF-8
	gsub(/[ \t\n\v\f\r]/, "", s)
	gsub(/\302[\205\240]|\341\232\200|\342\200[\200-\212\250\251\257]|\342\201\237|\343\200\200/, "", s)
	return s
}

function fail(what) {
	print "not whole: " what
	bad = 1
	exit 1
}

# Cuts the text of a block at its line notes.
function flush_block(    i, from, line, text) {
	if (kind == "" || kind == "pb")
		return
	from = 0
	line = first
	for (i = 1; i <= nlb; i++) {
		text = substr(t, from + 1, at[i] - from)
		put(line, text)
		from = at[i]
		line = no[i]
	}
	put(line, substr(t, from + 1))
	kind = ""
}

function put(line, text) {
	if (line in got)
		fail("line " line " twice")
	got[line] = text
}

FNR == 1 { file++ }

file == 1 {
	if ($0 ~ /^T\t/ || $0 == "T")
		src[++n] = substr($0, 3)
	next
}

/^B\t/ {
	flush_block()
	split($0, f, "\t")
	kind = f[2]
	first = ""
	for (i = 3; i in f; i++) {
		if (f[i] ~ /^lines=/) {
			first = substr(f[i], 7)
			sub(/[-,].*/, "", first)
		}
		if (f[i] ~ /^id=/ && ids[f[i]]++)
			fail("id twice: " f[i])
	}
	for (i in f)
		delete f[i]
	nlb = 0
	next
}

/^T/ { t = substr($0, 3); next }

/^N\t/ {
	split($0, f, "\t")
	if (f[4] == "lb") {
		at[++nlb] = f[2]
		no[nlb] = f[6]
	}
	if (f[4] == "corr") {
		if (f[5] == "letterspacing") {
			# same letters, fewer spaces: compared below without white space
		}
	}
	next
}

END {
	if (bad)
		exit 1
	flush_block()
	for (i = 1; i <= n; i++) {
		if (bare(src[i]) != bare(got[i]))
			fail("line " i ": <" src[i] "> <" got[i] ">")
		delete got[i]
	}
	for (i in got)
		fail("line " i " is not in the source")
}
