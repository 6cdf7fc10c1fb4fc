/*
 * langnoise: damages text as a scan read by machine is damaged, to measure how language tagging
 * stands it.  In: lines of text and, as operand, the share of characters to damage, in
 * thousandths.  Out: the lines damaged; the same lines give the same damage.  It shares no table
 * and no odds with the noise the model is trained on (dict/langtag/noise.txt).
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io.h"
#include "msg.h"
#include "utf8.h"

static uint32_t state;

static uint32_t
rnd(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % n;
}

/* Groups of letters of like shape. */
static const char *const shapes[] = {"aeocsuà", "iltj1!|Ií", "nmurhbñ", "vwyxk", "gqpy9", "szx5",
    "frt", "dkbhl", "EFBP", "OQCGD", "инпклй", "сеоэаё", "шщцчц", "вбзэяь", "гтрч", "ыьъ", "αοσδ",
    "νυιλ", "ηπτγ", "εξζ", "ορθ", "اأإل", "بتثني", "جحخ", "دذرز", "سشصض", "عغفق"};

/* Puts a letter of like shape for cp; false where none is known. */
static bool
put_like(uint32_t cp, struct buf *to)
{
	const char *s;
	uint32_t other, k;
	size_t i, at, n;
	bool in;

	for (i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		s = shapes[i];
		n = strlen(s);
		for (at = 0, in = false; at < n && !in; in = other == cp)
			at += utf8_get(s + at, n - at, &other);
		if (!in)
			continue;
		k = rnd((uint32_t)utf8_count(s, n));
		for (at = 0; k > 0; k--)
			at += utf8_get(s + at, n - at, &other);
		utf8_get(s + at, n - at, &other);
		if (other == cp)
			other = '.';
		utf8_add(to, other);
		return true;
	}
	return false;
}

/* Damages the character cp, whose bytes are s[0..n). */
static void
damage(const char *s, size_t n, uint32_t cp, struct buf *to)
{
	uint32_t kind = rnd(100), base = uc_base(cp);

	if (kind < 60) {
		if (base != cp && rnd(2) == 0)
			utf8_add(to, base);
		else if (!put_like(cp, to))
			utf8_add(to, base != cp ? base : 'a' + rnd(26));
	} else if (kind >= 72) { /* below: lost */
		buf_add(to, s, n);
		if (kind < 80)
			buf_add(to, s, n);
		else if (kind < 90)
			buf_addc(to, ' ');
		else
			buf_addc(to, ",.;'-^*1"[rnd(8)]);
	}
}

int
main(int argc, char **argv)
{
	struct in *in;
	struct out *out;
	struct buf line = {0}, to = {0};
	uint32_t cp, rate, number = 0;
	size_t i, n;

	msg_init("langnoise");
	if (argc != 2)
		msg_usage("thousandths < text");
	rate = (uint32_t)strtoul(argv[1], NULL, 10);
	in = in_open("-");
	out = out_open(STDOUT_FILENO, "<stdout>");
	while (in_line(in, &line, NULL) == 1) {
		state = ++number * 2654435761u + 12345;
		buf_clear(&to);
		for (i = 0; i < line.len; i += n) {
			n = utf8_get(line.data + i, line.len - i, &cp);
			if (rnd(1000) < rate)
				damage(line.data + i, n, cp, &to);
			else
				buf_add(&to, line.data + i, n);
		}
		out_add(out, to.data, to.len);
		out_addc(out, '\n');
	}
	in_close(in);
	out_close(out);
	buf_free(&line);
	buf_free(&to);
	return msg_end(false);
}
