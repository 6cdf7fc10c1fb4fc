/*
 * langmodel: trains the language model.  In: a folder with, for each language of
 * dict/langtag/languages.txt, TAG.txt (running text), TAG.freq (word, space, count) and TAG.list
 * (a word a line); any of them may be missing.  Out: the model file that lang.h reads, the same
 * bytes for the same texts.
 *
 * The model is a softmax regression over hashed n-grams and the scripts of words (langfeat.h), whose
 * sum is scaled by one over the root of their number, and a table of corrections for single words.
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

/* Appends the scores of scripts, then the weights, four bits each. */
static void
put_weights(struct buf *b)
{
	size_t i, l, script;
	long score;

	for (script = 0; script < LANG_SCRIPTS; script++)
		for (l = 0; l < nlang; l++) {
			score = lrint(script_weight[script][l] / UNIT);
			score = score > LANG_SCORE_MOST    ? LANG_SCORE_MOST
				: score < -LANG_SCORE_MOST ? -LANG_SCORE_MOST
							   : score;
			buf_addc(b, (char)(score & 255));
			buf_addc(b, (char)(score >> 8));
		}
	for (i = 0; i < (size_t)nrow * LANG_ROW_BYTES; i++)
		buf_addc(b, (char)(lang_nibble(weight[2 * i] / UNIT) |
				   lang_nibble(weight[2 * i + 1] / UNIT) << 4));
	buf_need(b, LANG_ROW_READ); /* behind the last row, too */
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
write_model(const char *path, const struct buf *b, size_t nbucket)
{
	struct buf head = {0};
	uint32_t check = 0x811C9DC5u;
	size_t i;
	FILE *f;

	for (i = 0; i < b->len; i++)
		check = (check ^ (unsigned char)b->data[i]) * 0x01000193u;
	buf_adds(&head, "emlang3\n");
	add32(&head, (uint32_t)nlang);
	add32(&head, nrow);
	add32(&head, (uint32_t)nbucket);
	add32(&head, (uint32_t)(UNIT * 65536));
	add32(&head, check);
	f = fopen(path, "wb");
	if (f == NULL || fwrite(head.data, 1, head.len, f) != head.len ||
	    fwrite(b->data, 1, b->len, f) != b->len || fclose(f) != 0)
		msg_die("%s: %s", path, strerror(errno));
	buf_free(&head);
}

/* Takes the weights of a model made before, to make its corrections anew. */
static void
take_weights(const char *path, struct buf *b)
{
	size_t n, from = HEAD_BYTES + nlang * TAG_BYTES;
	const unsigned char *p = map_file(path, &n);

	if (p == NULL || n < HEAD_BYTES)
		msg_die("%s: %s", path, strerror(errno));
	nrow = p[12] | (uint32_t)p[13] << 8 | (uint32_t)p[14] << 16;
	if (n < from + 2 * LANG_SCRIPTS * nlang + (size_t)nrow * LANG_ROW_BYTES)
		msg_die("%s: not a model of these languages", path);
	buf_add(b, p + from, 2 * LANG_SCRIPTS * nlang + (size_t)nrow * LANG_ROW_BYTES);
}

/* The weights in b, behind the tags, as words.c reads them. */
static struct model
model_of(const struct buf *b)
{
	const unsigned char *p = (const unsigned char *)b->data + nlang * TAG_BYTES;
	struct model m = {.unit = UNIT};
	size_t l, script;

	for (script = 0; script < LANG_SCRIPTS; script++)
		for (l = 0; l < nlang; l++, p += 2)
			m.script[script][l] = (int16_t)(p[0] | p[1] << 8);
	m.row = p;
	return m;
}

int
main(int argc, char **argv)
{
	static const char usage[] =
	    "[-b buckets] [-m model] [-n examples] [-p power] [-r rows] -o model folder";
	const char *to = NULL, *from = NULL;
	size_t examples = 14000000, nbucket = 172000;
	double power = 0.7;
	struct buf b = {0};
	struct model m;
	int c;

	msg_init("langmodel");
	nrow = 270000;
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
			nrow = (uint32_t)strtoul(optarg, NULL, 10);
			break;
		default:
			msg_usage(usage);
		}
	}
	if (to == NULL || optind + 1 != argc || nrow == 0)
		msg_usage(usage);
	texts_read(argv[optind]);
	put_tags(&b);
	if (from != NULL) {
		take_weights(from, &b);
	} else {
		learn(examples);
		put_weights(&b);
	}
	m = model_of(&b);
	words_correct(&m, nbucket, power, &b);
	write_model(to, &b, nbucket);
	return msg_end(false);
}
