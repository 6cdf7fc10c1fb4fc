/*
 * examples: words, pairs of words and runs of text to learn from, damaged at times as optical
 * recognition does (dict/langtag/noise.txt).  The pseudo-random numbers start from a constant.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "langmodel.h"
#include "msg.h"
#include "table.h"
#include "utf8.h"

#define BARE 6 /* one example in so many has lost its diacritics */
#define LOST 24 /* one has lost the letters beyond ASCII, as a wrong encoding leaves it */

struct pair {
	char *from, *to;
};

static struct pair *noise;
static size_t nnoise, capnoise;
static uint64_t rnd_state = 20240229;

static uint64_t
rnd(void)
{
	uint64_t z = (rnd_state += 0x9E3779B97F4A7C15u);

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

static size_t
rnd_below(size_t n)
{
	return (size_t)(rnd() % n);
}

double
rnd_unit(void)
{
	return (double)(rnd() >> 11) / 9007199254740992.0;
}

static void
take_noise(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	(void)ctx;
	if (n < 2) {
		msg(MSG_WARNING, file, line, "not a pair", "%s", field[0]);
		return;
	}
	noise = mem_more(noise, nnoise, &capnoise, sizeof(*noise));
	noise[nnoise].from = mem_dup(field[0], strlen(field[0]));
	noise[nnoise++].to = mem_dup(field[1], strlen(field[1]));
}

static void
read_noise(void)
{
	char *path = dict_path("langtag/noise.txt");

	if (table_read(path, take_noise, NULL) != 0 || nnoise == 0)
		msg_die("%s: %s", path, strerror(errno));
	free(path);
}

static void
draw_word(const struct language *l, struct buf *b)
{
	double x = rnd_unit() * l->vocab[l->nvocab - 1].sum;
	size_t low = 0, high = l->nvocab - 1, mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (l->vocab[mid].sum > x)
			high = mid;
		else
			low = mid + 1;
	}
	buf_add(b, l->words.data + l->vocab[low].off, l->vocab[low].len);
}

/* Some words of running text, from one line. */
static void
draw_text(const struct language *l, size_t words, struct buf *b)
{
	const char *s = l->text.data;
	size_t n = l->text.len, i = rnd_below(n), from;

	while (i > 0 && s[i] != ' ' && s[i] != '\n')
		i--;
	from = i += s[i] == ' ' || s[i] == '\n';
	for (; i < n && s[i] != '\n'; i++)
		if (s[i] == ' ' && --words == 0)
			break;
	buf_add(b, s + from, i - from);
}

/* An example as it should be read. */
static void
draw_clean(const struct language *l, struct buf *b)
{
	size_t kind = rnd_below(100);

	buf_clear(b);
	if (kind < 50 || l->text.len < 1000) {
		draw_word(l, b);
		if (kind < 20) {
			buf_addc(b, ' ');
			draw_word(l, b);
		}
		return;
	}
	draw_text(l, kind < 90 ? 1 + rnd_below(5) : 4 + rnd_below(20), b);
}

/* Puts for the character or pair at s what recognition might make of it: bytes taken, or 0. */
static size_t
confuse(const char *s, size_t n, struct buf *to)
{
	size_t i, k = rnd_below(nnoise), len;

	for (i = 0; i < nnoise; i++, k++) {
		if (k == nnoise)
			k = 0;
		len = strlen(noise[k].from);
		if (len <= n && memcmp(noise[k].from, s, len) == 0) {
			buf_adds(to, noise[k].to);
			return len;
		}
	}
	return 0;
}

/* Puts the letter at s without its diacritics: bytes taken, or 0 where it has none. */
static size_t
strip(const char *s, size_t n, struct buf *to)
{
	uint32_t cp, base;
	size_t len = utf8_get(s, n, &cp);

	base = cp < 0x80 ? cp : uc_base(cp);
	if (cp == base)
		return 0;
	utf8_add(to, base);
	return len;
}

/* Does one of the things that go wrong to the character at s; returns the bytes taken. */
static size_t
damage_one(const char *s, size_t n, struct buf *to)
{
	size_t kind = rnd_below(100), len;
	uint32_t cp;

	if (kind < 30 && (len = strip(s, n, to)) > 0)
		return len;
	if (kind < 62 && (len = confuse(s, n, to)) > 0)
		return len;
	len = utf8_get(s, n, &cp);
	if (kind >= 62 && kind < 74) /* lost */
		return len;
	if (kind >= 74 && kind < 82) { /* another letter */
		buf_addc(to, (char)('a' + rnd_below(26)));
		return len;
	}
	if (kind >= 82 && kind < 89) /* a gap in the word */
		buf_addc(to, ' ');
	else if (kind >= 89 && kind < 94) /* read twice */
		buf_add(to, s, len);
	else if (kind >= 94) /* a speck */
		buf_addc(to, ".,'-1;:|"[rnd_below(8)]);
	buf_add(to, s, len);
	return len;
}

/* Damages the text in b, about rate of its characters, and strips it of diacritics if told. */
static void
damage(struct buf *b, double rate, bool bare)
{
	static struct buf to;
	size_t i = 0, len;
	uint32_t cp;

	buf_clear(&to);
	while (i < b->len) {
		if (rnd_unit() < rate) {
			i += damage_one(b->data + i, b->len - i, &to);
			continue;
		}
		if (bare && (len = strip(b->data + i, b->len - i, &to)) > 0) {
			i += len;
			continue;
		}
		len = utf8_get(b->data + i, b->len - i, &cp);
		buf_add(&to, b->data + i, len);
		i += len;
	}
	buf_clear(b);
	buf_add(b, to.data, to.len);
}

/* Leaves out what is not ASCII. */
static void
drop_letters(struct buf *b)
{
	size_t i, k = 0;

	for (i = 0; i < b->len; i++)
		if ((unsigned char)b->data[i] < 0x80)
			b->data[k++] = b->data[i];
	b->len = k;
}

void
example_draw(const struct language *l, struct buf *b)
{
	static const double rates[] = {0, .04, .08, .12, .16, .2};

	if (nnoise == 0)
		read_noise();
	draw_clean(l, b);
	if (rnd_below(LOST) == 0 && l->latin)
		drop_letters(b);
	damage(b, rates[rnd_below(sizeof(rates) / sizeof(rates[0]))], rnd_below(BARE) == 0);
}
