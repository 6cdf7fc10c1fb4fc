/*
 * langmodel: trains the language model.  In: a folder with, for each language of
 * dict/langtag/languages.txt, TAG.txt (running text), TAG.freq (word, space, count) and TAG.list
 * (a word a line); any of them may be missing.  Out: the model file that lang.h reads.
 *
 * The model is a softmax regression over hashed features of words (langfeat.h), whose sum is
 * scaled by one over the root of their number, trained by AdaGrad on words, pairs of words and
 * runs of text, half of them damaged as optical recognition does (dict/langtag/noise.txt).  The
 * same texts give the same bytes: the pseudo-random numbers start from a constant, and nothing
 * depends on the C library's mathematics.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "io.h"
#include "lang.h"
#include "langfeat.h"
#include "msg.h"
#include "table.h"
#include "utf8.h"

#define TAG_BYTES 8
#define FEATS_MAX 4096		/* of an example */
#define RATE 0.5f
#define WORD_KEEP 0.7		/* the whole word as a feature, so that its letters learn too */

/* A word of the vocabulary and, summed up to it, what it weighs when words are drawn. */
struct word {
	char *s;
	double weight;
};

struct language {
	char *tag;
	struct buf text;
	struct word *vocab;
	size_t nvocab, capvocab;
};

struct pair {
	char *from, *to;
};

static struct language lang[LANG_MAX];
static size_t nlang;
static struct pair *noise;
static size_t nnoise, capnoise;
static size_t nrow = 131072;
static float *weight;		/* nrow rows of LANG_MAX */
static float *square;		/* for each row, the sum of squared gradients */
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

static double
rnd_unit(void)
{
	return (double)(rnd() >> 11) / 9007199254740992.0;
}

/* ---- what is read ---- */

static void
take_language(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	(void)ctx, (void)file, (void)line, (void)n;
	if (nlang == LANG_MAX)
		msg_die("more than %d languages", LANG_MAX);
	lang[nlang++].tag = mem_dup(field[0], strlen(field[0]));
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
read_table(const char *name, table_fn *fn)
{
	char *path = dict_path(name);

	if (table_read(path, fn, NULL) != 0)
		msg_die("%s: %s", path, strerror(errno));
	free(path);
}

static void
add_word(struct language *l, const char *s, size_t n, double count)
{
	struct buf low = {0};
	size_t off;

	if (lang_word_find(s, n, &off) != n || off != 0)
		return;
	utf8_lower(&low, s, n);
	l->vocab = mem_more(l->vocab, l->nvocab, &l->capvocab, sizeof(*l->vocab));
	l->vocab[l->nvocab].s = mem_dup(low.data, low.len);
	l->vocab[l->nvocab++].weight = count;
	buf_free(&low);
}

/* Opens DIR/TAG.END; NULL when it is not there. */
static struct in *
open_part(const char *dir, const char *tag, const char *end)
{
	struct buf path = {0};
	struct in *in;

	buf_addf(&path, "%s/%s.%s", dir, tag, end);
	in = in_open(buf_str(&path));
	buf_free(&path);
	return in;
}

static void
read_words(struct language *l, const char *dir, const char *end)
{
	struct in *in = open_part(dir, l->tag, end);
	struct buf line = {0};
	char *space;
	double count;

	if (in == NULL)
		return;
	while (in_line(in, &line, NULL) == 1) {
		space = strchr(buf_str(&line), ' ');
		count = space != NULL ? strtod(space + 1, NULL) : 1;
		add_word(l, line.data, space != NULL ? (size_t)(space - line.data) : line.len, count);
	}
	in_close(in);
	buf_free(&line);
}

static void
read_text(struct language *l, const char *dir)
{
	struct in *in = open_part(dir, l->tag, "txt");
	size_t at = 0, off, n;

	if (in == NULL)
		return;
	if (in_all(in, &l->text) != 0)
		msg_die("%s.txt: %s", l->tag, in_error(in));
	in_close(in);
	while ((n = lang_word_find(l->text.data + at, l->text.len - at, &off)) > 0) {
		add_word(l, l->text.data + at + off, n, 1);
		at += off + n;
	}
}

static int
word_order(const void *a, const void *b)
{
	return strcmp(((const struct word *)a)->s, ((const struct word *)b)->s);
}

/* Makes one of words that are there several times, and sums the weights up. */
static void
vocab_close(struct language *l)
{
	size_t i, n = 0;
	double sum = 0;

	qsort(l->vocab, l->nvocab, sizeof(*l->vocab), word_order);
	for (i = 0; i < l->nvocab; i++) {
		if (n > 0 && strcmp(l->vocab[n - 1].s, l->vocab[i].s) == 0) {
			l->vocab[n - 1].weight += l->vocab[i].weight;
			free(l->vocab[i].s);
		} else {
			l->vocab[n++] = l->vocab[i];
		}
	}
	l->nvocab = n;
	for (i = 0; i < n; i++) {
		sum += sqrt(l->vocab[i].weight);
		l->vocab[i].weight = sum;
	}
}

static void
read_language(struct language *l, const char *dir)
{
	read_text(l, dir);
	read_words(l, dir, "freq");
	read_words(l, dir, "list");
	vocab_close(l);
	if (l->nvocab == 0)
		msg_die("%s: no words of %s", dir, l->tag);
	fprintf(stderr, "%s: %zu bytes of text, %zu words\n", l->tag, l->text.len, l->nvocab);
}

/* ---- examples ---- */

static const char *
draw_word(const struct language *l)
{
	double x = rnd_unit() * l->vocab[l->nvocab - 1].weight;
	size_t low = 0, high = l->nvocab - 1, mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (l->vocab[mid].weight > x)
			high = mid;
		else
			low = mid + 1;
	}
	return l->vocab[low].s;
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

static void
draw_example(const struct language *l, struct buf *b)
{
	size_t kind = rnd_below(100);

	buf_clear(b);
	if (kind < 55 || l->text.len < 1000) {
		buf_adds(b, draw_word(l));
		if (kind < 18) {
			buf_addc(b, ' ');
			buf_adds(b, draw_word(l));
		}
		return;
	}
	draw_text(l, kind < 75 ? 1 + rnd_below(5) : 4 + rnd_below(20), b);
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

/* Does one of the things that go wrong to the character at s; returns the bytes taken. */
static size_t
damage_one(const char *s, size_t n, struct buf *to)
{
	size_t kind = rnd_below(100), len;
	uint32_t cp;

	if (kind < 65 && (len = confuse(s, n, to)) > 0)
		return len;
	len = utf8_get(s, n, &cp);
	if (kind < 75)			/* lost, or as it was where nothing is taken for it */
		len = kind < 65 ? 0 : len;
	else if (kind < 85)		/* another letter */
		buf_addc(to, (char)('a' + rnd_below(26)));
	else if (kind < 90)		/* a gap in the word */
		buf_addc(to, ' ');
	else				/* a speck */
		buf_addc(to, ".,'-1;:|"[rnd_below(8)]);
	if (kind >= 85 || len == 0) {
		len = utf8_get(s, n, &cp);
		buf_add(to, s, len);
	}
	return len;
}

/* Damages the text in b, about rate of its characters. */
static void
damage(struct buf *b, double rate)
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
		len = utf8_get(b->data + i, b->len - i, &cp);
		buf_add(&to, b->data + i, len);
		i += len;
	}
	buf_clear(b);
	buf_add(b, to.data, to.len);
}

/* The rows of an example's features. */
static size_t
example_rows(const struct buf *b, uint32_t row[FEATS_MAX])
{
	uint32_t feat[LANG_FEATS];
	size_t at = 0, off, n, i, k, nrows = 0;

	while ((n = lang_word_find(b->data + at, b->len - at, &off)) > 0) {
		k = lang_word_features(b->data + at + off, n, feat);
		if (nrows + k > FEATS_MAX)
			break;
		for (i = rnd_unit() < WORD_KEEP ? 0 : 1; i < k; i++)
			row[nrows++] = (uint32_t)((uint64_t)feat[i] * nrow >> 32);
		at += off + n;
	}
	return nrows;
}

/* ---- learning ---- */

/* e to the power of x, x <= 0. */
static float
exp_neg(float x)
{
	float y;
	int i;

	if (x < -60)
		return 0;
	y = 1 + x / 1024 + x * x / (2 * 1048576.0f);
	for (i = 0; i < 10; i++)
		y *= y;
	return y;
}

/* Turns scores into what each lacks of the truth: probability less one for the right language. */
static void
softmax_error(float *score, size_t right)
{
	float max = score[0], sum = 0;
	size_t l;

	for (l = 1; l < nlang; l++)
		if (score[l] > max)
			max = score[l];
	for (l = 0; l < nlang; l++)
		sum += score[l] = exp_neg(score[l] - max);
	for (l = 0; l < nlang; l++)
		score[l] /= sum;
	score[right] -= 1;
}

/* One step down the gradient; returns whether the example was right already. */
static bool
learn(const uint32_t *row, size_t n, size_t right, float rate)
{
	float score[LANG_MAX] = {0}, scale = 1 / sqrtf((float)n), size = 0, step;
	size_t i, l, best = 0;
	float *w;

	for (i = 0; i < n; i++)
		for (l = 0, w = weight + (size_t)row[i] * LANG_MAX; l < LANG_MAX; l++)
			score[l] += w[l];
	for (l = 0; l < nlang; l++) {
		score[l] *= scale;
		if (score[l] > score[best])
			best = l;
	}
	softmax_error(score, right);
	for (l = 0; l < nlang; l++) {
		score[l] *= scale;
		size += score[l] * score[l];
	}
	for (i = 0; i < n; i++) {
		square[row[i]] += size;
		step = rate / sqrtf(square[row[i]] + 1e-6f);
		for (l = 0, w = weight + (size_t)row[i] * LANG_MAX; l < LANG_MAX; l++)
			w[l] -= step * score[l];
	}
	return best == right;
}

static void
train(size_t examples)
{
	static const double rates[] = { 0, 0, 0, .03, .08, .15, .2 };
	uint32_t row[FEATS_MAX];
	struct buf b = {0};
	size_t i, k, n, right = 0;

	for (i = 0; i < examples; i++) {
		k = i % nlang;
		draw_example(&lang[k], &b);
		damage(&b, rates[rnd_below(sizeof(rates) / sizeof(rates[0]))]);
		n = example_rows(&b, row);
		if (n > 0)
			right += learn(row, n, k, RATE * (1 - 0.95f * (float)i / (float)examples));
		if (i % 1000000 == 999999) {
			fprintf(stderr, "%zu examples, %.2f %% right\n", i + 1, (double)right / 1e4);
			right = 0;
		}
	}
	buf_free(&b);
}

/* ---- the file ---- */

static void
add32(struct buf *b, uint32_t x)
{
	size_t i;

	for (i = 0; i < 4; i++)
		buf_addc(b, (char)(x >> 8 * i & 255));
}

/* Takes from each row what all languages share, which no decision depends on. */
static void
centre(void)
{
	size_t r, l;
	float mean, *w;

	for (r = 0; r < nrow; r++) {
		w = weight + r * LANG_MAX;
		for (l = 0, mean = 0; l < nlang; l++)
			mean += w[l] / (float)nlang;
		for (l = 0; l < nlang; l++)
			w[l] -= mean;
	}
}

/* The bound within which all weights but one in 20,000 lie. */
static float
bound(void)
{
	static size_t count[4096];	/* of weights by size, in 1/64 */
	size_t r, l, beyond = 0, k = 4095;

	for (r = 0; r < nrow; r++)
		for (l = 0; l < nlang; l++)
			count[(size_t)fminf(fabsf(weight[r * LANG_MAX + l]) * 64, 4095)]++;
	while (k > 1 && (beyond += count[k]) * 20000 < nrow * nlang)
		k--;
	return (float)k / 64;
}

static void
write_model(const char *path)
{
	struct buf b = {0}, head = {0};
	uint32_t check = 0x811C9DC5u;
	float limit, w;
	size_t i, r, l;
	FILE *f;

	centre();
	limit = bound();
	for (l = 0; l < nlang; l++)
		for (i = 0; i < TAG_BYTES; i++)
			buf_addc(&b, i < strlen(lang[l].tag) ? lang[l].tag[i] : '\0');
	for (r = 0; r < nrow; r++)
		for (l = 0; l < nlang; l++) {
			w = weight[r * LANG_MAX + l] / limit * 127;
			buf_addc(&b, (char)(int)lrintf(fmaxf(-127, fminf(127, w))));
		}
	for (i = 0; i < b.len; i++)
		check = (check ^ (unsigned char)b.data[i]) * 0x01000193u;
	buf_adds(&head, "emlang1\n");
	add32(&head, (uint32_t)nlang);
	add32(&head, (uint32_t)nrow);
	add32(&head, (uint32_t)(limit / 127 * 65536));
	add32(&head, check);
	f = fopen(path, "wb");
	if (f == NULL || fwrite(head.data, 1, head.len, f) != head.len ||
	    fwrite(b.data, 1, b.len, f) != b.len || fclose(f) != 0)
		msg_die("%s: %s", path, strerror(errno));
	buf_free(&b);
	buf_free(&head);
}

int
main(int argc, char **argv)
{
	static const char usage[] = "[-n examples] [-r rows] -o model folder";
	const char *to = NULL;
	size_t examples = 8000000, i;
	int c;

	msg_init("langmodel");
	while ((c = getopt(argc, argv, "n:o:r:")) != -1) {
		if (c == 'n')
			examples = strtoul(optarg, NULL, 10);
		else if (c == 'r')
			nrow = strtoul(optarg, NULL, 10);
		else if (c == 'o')
			to = optarg;
		else
			msg_usage(usage);
	}
	if (to == NULL || optind + 1 != argc || nrow == 0)
		msg_usage(usage);
	read_table("langtag/languages.txt", take_language);
	read_table("langtag/noise.txt", take_noise);
	for (i = 0; i < nlang; i++)
		read_language(&lang[i], argv[optind]);
	weight = mem_alloc(nrow * LANG_MAX * sizeof(*weight));
	memset(weight, 0, nrow * LANG_MAX * sizeof(*weight));
	square = mem_alloc(nrow * sizeof(*square));
	memset(square, 0, nrow * sizeof(*square));
	train(examples);
	write_model(to);
	return msg_end(false);
}
