/*
 * Any bytes to decode: what comes out is UTF-8, without controls, line for line the same when it is
 * decoded again with -n.  See `make fuzz`.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "document.h"
#include "msg.h"
#include "stream.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
check(bool good, const char *what)
{
	if (!good) {
		fprintf(stderr, "%s\n", what);
		abort();
	}
}

/* Decodes s[0..n), as the first byte of the input says how, and appends what comes out to b. */
static void
decode(const struct settings *set, const void *s, size_t n, struct buf *b)
{
	int from = memfd_create("in", 0), to = memfd_create("out", 0), again = dup(to);
	struct out *out = out_open(to, "out");
	char path[32], part[4096];
	ssize_t got;

	check(write(from, s, n) == (ssize_t)n, "no room");
	snprintf(path, sizeof(path), "/proc/self/fd/%d", from);
	document_decode(set, "1", "x", path, out);
	out_close(out);
	lseek(again, 0, SEEK_SET);
	while ((got = read(again, part, sizeof(part))) > 0)
		buf_add(b, part, (size_t)got);
	close(again);
	close(from);
}

/* No character that is not to be; the notes of a tagged stream have what was there before. */
static void
check_clean(const struct buf *b, bool tagged)
{
	bool note = false;

	check(utf8_valid(b->data, b->len) == b->len, "not UTF-8");
	for (size_t i = 0; i < b->len;) {
		uint32_t cp;

		if (tagged && (i == 0 || b->data[i - 1] == '\n'))
			note = b->data[i] == 'N';
		i += utf8_get(b->data + i, b->len - i, &cp);
		check(cp >= 0x20 || cp == '\n' || cp == '\t' || (cp == '\f' && !tagged),
		    "a C0 control");
		check(note || cp < 0x7F || cp >= 0xA0, "a C1 control");
		check(cp != 0x2028 && (cp & 0xFFFE) != 0xFFFE, "a character XML forbids");
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const encodings[] = {
	    NULL, "utf-8", "utf-16le", "windows-1252", "ibm850"};
	struct settings set = {.listed = true};
	struct buf once = {0}, twice = {0};

	if (n == 0)
		return 0;
	msg_init("fuzz-decode");
	set.tagged = data[0] & 1;
	set.nothing = data[0] & 2;
	set.forced = encodings[(data[0] >> 2) % 5];
	if (set.forced != NULL)
		encoding_named(set.forced, &set.encoding);
	decode(&set, data + 1, n - 1, &once);
	check_clean(&once, set.tagged);
	if (!set.tagged) {
		set = (struct settings){.listed = true, .nothing = true, .forced = "utf-8"};
		encoding_named("utf-8", &set.encoding);
		decode(&set, once.data, once.len, &twice);
		check(strcmp(buf_str(&once), buf_str(&twice)) == 0, "not the same again");
	}
	buf_free(&once);
	buf_free(&twice);
	return 0;
}
