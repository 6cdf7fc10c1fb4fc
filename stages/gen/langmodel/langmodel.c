/*
 * langmodel: trains the language model.  In: a folder with, for each language of
 * dict/langtag/languages.txt, TAG.txt (running text), TAG.freq (word, space, count) and TAG.list
 * (a word a line); any of them may be missing.  Out: the model file that lang.h reads, the same
 * bytes for the same texts.
 *
 * The model is a softmax regression over hashed features of words (langfeat.h), whose sum is
 * scaled by one over the root of their number, and a table of corrections for single words.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "langmodel.h"
#include "msg.h"
#include "table.h"

#define TAG_BYTES 8
#define HEAD_BYTES 28

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
	static size_t count[4096]; /* of weights by size, in 1/64 */
	size_t r, l, beyond = 0, k = 4095;

	for (r = 0; r < nrow; r++)
		for (l = 0; l < nlang; l++)
			count[(size_t)fminf(fabsf(weight[r * LANG_MAX + l]) * 64, 4095)]++;
	while (k > 1 && (beyond += count[k]) * 20000 < nrow * nlang)
		k--;
	return (float)k / 64;
}

/* Appends the weights as bytes; returns what one of them is worth, in nats. */
static double
put_rows(struct buf *b)
{
	float limit, w;
	size_t r, l;

	centre();
	limit = bound();
	for (r = 0; r < nrow; r++)
		for (l = 0; l < nlang; l++) {
			w = weight[r * LANG_MAX + l] / limit * 127;
			buf_addc(b, (char)(int)lrintf(fmaxf(-127, fminf(127, w))));
		}
	return (double)(uint32_t)(limit / 127 * 65536) / 65536; /* as the file has it */
}

static void
put_tags(struct buf *b)
{
	size_t i, l;

	for (l = 0; l < nlang; l++)
		for (i = 0; i < TAG_BYTES; i++)
			buf_addc(b, i < strlen(lang[l].tag) ? lang[l].tag[i] : '\0');
}

static void
write_model(const char *path, const struct buf *b, double unit, size_t nbucket)
{
	struct buf head = {0};
	uint32_t check = 0x811C9DC5u;
	size_t i;
	FILE *f;

	for (i = 0; i < b->len; i++)
		check = (check ^ (unsigned char)b->data[i]) * 0x01000193u;
	buf_adds(&head, "emlang2\n");
	add32(&head, (uint32_t)nlang);
	add32(&head, (uint32_t)nrow);
	add32(&head, (uint32_t)nbucket);
	add32(&head, (uint32_t)lrint(unit * 65536));
	add32(&head, check);
	f = fopen(path, "wb");
	if (f == NULL || fwrite(head.data, 1, head.len, f) != head.len ||
	    fwrite(b->data, 1, b->len, f) != b->len || fclose(f) != 0)
		msg_die("%s: %s", path, strerror(errno));
	buf_free(&head);
}

/* Takes the rows of a model made before, to make its corrections anew. */
static double
take_rows(const char *path, struct buf *b)
{
	size_t n;
	const unsigned char *p = map_file(path, &n);
	uint32_t unit;

	if (p == NULL || n < HEAD_BYTES)
		msg_die("%s: %s", path, strerror(errno));
	nrow = p[12] | (size_t)p[13] << 8 | (size_t)p[14] << 16;
	unit = p[20] | (uint32_t)p[21] << 8 | (uint32_t)p[22] << 16;
	if (n < HEAD_BYTES + nlang * (TAG_BYTES + nrow))
		msg_die("%s: not a model of these languages", path);
	buf_add(b, p + HEAD_BYTES + nlang * TAG_BYTES, nlang * nrow);
	return unit / 65536.0;
}

int
main(int argc, char **argv)
{
	static const char usage[] =
	    "[-b buckets] [-m model] [-n examples] [-p power] [-r rows] -o model folder";
	const char *to = NULL, *from = NULL;
	size_t examples = 10000000, nbucket = 110000;
	double unit, power = 0.7;
	struct buf b = {0};
	int c;

	msg_init("langmodel");
	nrow = 100000;
	while ((c = getopt(argc, argv, "b:m:n:o:p:r:")) != -1) {
		switch (c) {
		case 'b':
			nbucket = strtoul(optarg, NULL, 10);
			break;
		case 'm':
			from = optarg;
			break;
		case 'n':
			examples = strtoul(optarg, NULL, 10);
			break;
		case 'o':
			to = optarg;
			break;
		case 'p':
			power = strtod(optarg, NULL);
			break;
		case 'r':
			nrow = strtoul(optarg, NULL, 10);
			break;
		default:
			msg_usage(usage);
		}
	}
	if (to == NULL || optind + 1 != argc || nrow == 0)
		msg_usage(usage);
	texts_read(argv[optind]);
	put_tags(&b);
	if (from == NULL)
		learn(examples);
	unit = from != NULL ? take_rows(from, &b) : put_rows(&b);
	words_correct((const int8_t *)b.data + nlang * TAG_BYTES, unit, nbucket, power, &b);
	write_model(to, &b, unit, nbucket);
	return msg_end(false);
}
