/*
 * damage: reads UTF-8 lines, writes them as a wrong decoding would leave them.
 *	build/bench/damage [half] [keep] FROM AS [TIMES] <clean >damaged
 * Every line is encoded in FROM and decoded as AS, TIMES times over; a line that FROM cannot hold is
 * left out.  Holes of AS become the C1 control of their number.  With
 * "half" before FROM only the second half of each line is damaged; with "keep" lines that FROM
 * cannot hold come out empty.
 */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "io.h"
#include "msg.h"
#include "utf8.h"

static bool
recode(const char *to, const char *from, const char *s, size_t n, struct buf *b)
{
	iconv_t cd = iconv_open(to, from);
	char *in = (char *)s, *out;
	size_t left = n, room;
	bool ok;

	if (cd == (iconv_t)-1)
		msg_die("no encoding %s or %s", from, to);
	buf_clear(b);
	buf_need(b, 4 * n + 16);
	out = b->data;
	room = b->cap;
	ok = iconv(cd, &in, &left, &out, &room) != (size_t)-1;
	b->len = (size_t)(out - b->data);
	iconv_close(cd);
	return ok;
}

/* What each byte is decoded as, once it was met. */
static struct buf map[256];

/* Decodes byte by byte, so that holes can be filled. */
static void
misread(const char *as, const struct buf *bytes, struct buf *b)
{
	static bool known[256];
	struct buf one = {0};

	buf_clear(b);
	for (size_t i = 0; i < bytes->len; i++) {
		unsigned char c = (unsigned char)bytes->data[i];

		if (!known[c]) {
			known[c] = true;
			if (recode("UTF-8", as, (char *)&c, 1, &one) && one.len > 0)
				buf_add(&map[c], one.data, one.len);
			else
				utf8_add(&map[c], c < 0xA0 ? c : 0xFFFD);
		}
		buf_add(b, map[c].data, map[c].len);
	}
	buf_free(&one);
}

/* Encodes strictly, C1 controls as their own byte. */
static bool
encode(const char *to, const char *s, size_t n, struct buf *b)
{
	struct buf one = {0};
	bool ok = true;

	buf_clear(b);
	for (size_t i = 0; i < n && ok;) {
		uint32_t cp;
		size_t k = utf8_get(s + i, n - i, &cp);

		if (cp >= 0x80 && cp < 0xA0 && strcasecmp(to, "UTF-8") != 0) {
			buf_addc(b, (char)cp);
		} else {
			ok = recode(to, "UTF-8", s + i, k, &one) && one.len > 0;
			buf_add(b, one.data, one.len);
		}
		i += k;
	}
	buf_free(&one);
	return ok;
}

int
main(int argc, char **argv)
{
	struct buf line = {0}, bytes = {0}, text = {0};
	bool half = false, keep = false;
	struct in *in = in_open("-");

	msg_init("bench-damage");
	for (; argc > 1 && (strcmp(argv[1], "half") == 0 || strcmp(argv[1], "keep") == 0); argc--)
		*(**++argv == 'h' ? &half : &keep) = true;
	if (argc < 3)
		msg_usage("[half] [keep] from as [times]");
	while (in_line(in, &line, NULL) > 0) {
		int times = argc > 3 ? atoi(argv[3]) : 1;
		size_t from = 0;
		bool ok = true;

		if (half) {
			const char *space = memchr(line.data + line.len / 2, ' ', line.len / 2);

			from = space != NULL ? (size_t)(space - line.data) : 0;
		}
		buf_clear(&text);
		buf_add(&text, line.data + from, line.len - from);
		while (ok && times-- > 0) {
			ok = encode(argv[1], text.data, text.len, &bytes);
			misread(argv[2], &bytes, &text);
		}
		if (ok) {
			fwrite(line.data, 1, from, stdout);
			fwrite(text.data, 1, text.len, stdout);
		}
		if (ok || keep)
			putchar('\n');
	}
	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		buf_free(&map[i]);
	buf_free(&line);
	buf_free(&bytes);
	buf_free(&text);
	in_close(in);
	return 0;
}
