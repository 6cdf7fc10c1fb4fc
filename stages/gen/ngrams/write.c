/*
 * write: rounds probabilities to costs and lays out the tables of a model.
 */
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>

#include "dawg.h"
#include "letters.h"
#include "msg.h"
#include "write.h"

static void
u32_put(struct buf *b, uint32_t v)
{
	for (int shift = 0; shift < 32; shift += 8)
		buf_addc(b, (char)(v >> shift & 0xff));
}

/* -log2 of p in 1/unit bit, from 0 to most. */
static uint32_t
cost_of(double p, int unit, uint32_t most)
{
	double cost = -exact_log2(p) * unit + 0.5;

	return cost < 0 ? 0 : cost > most ? most : (uint32_t)cost;
}

/* The same of a factor, which may be above one: MODEL_BACK stands for one. */
static uint32_t
back_of(double factor, uint32_t most)
{
	double cost = -exact_log2(factor) * 8 + MODEL_BACK + 0.5;

	return cost < 0 ? 0 : cost > most ? most : (uint32_t)cost;
}

/* The words by id, and their automaton. */
static void
words_put(const struct corpus *c, uint32_t size, const struct word **word, struct buf *edge,
    struct buf *skip, struct dawg *d)
{
	struct dawg_writer *w = dawg_new();

	for (size_t i = 0; i < c->nword; i++)
		if (c->word[i].id >= MODEL_WORDS)
			word[c->word[i].id] = &c->word[i];
	for (uint32_t id = MODEL_WORDS; id < size; id++)
		if (!dawg_add(w, word_text(c, word[id]), word[id]->len))
			msg_die("words are out of order");
	if (!dawg_end(w, edge, skip, d))
		msg_die("too many words");
}

static void
records_put(const struct smooth *s, const struct word *const *word, struct buf *b)
{
	for (uint32_t w = 0; w < s->size; w++) {
		uint32_t cost = cost_of(s->word[w], MODEL_BIT, 0xffff), capital = 0;

		if (w >= MODEL_WORDS && word[w]->inside > 0)
			capital = (uint32_t)((uint64_t)word[w]->capital * 255 / word[w]->inside);
		buf_addc(b, (char)(cost & 0xff));
		buf_addc(b, (char)(cost >> 8));
		buf_addc(b, (char)back_of(s->word_back[w], 0xff));
		buf_addc(b, (char)capital);
	}
}

/* A cell on its way: its scrambled key and the rest. */
struct cell {
	uint64_t key;
	uint32_t value;		/* what stands below the key's low bits */
	size_t gram;
};

static int
by_key(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

/* Buckets of some eight cells, but so many that the low bits of a key fit above the shift. */
static int
buckets_for(size_t n, int bits, int shift)
{
	int buckets = bits - (32 - shift);

	while ((size_t)8 << buckets < n)
		buckets++;
	return buckets;
}

/* Sorts the cells and puts the starts of buckets and the cells. */
static void
cells_put(struct cell *cell, size_t n, int bits, int shift, struct buf *b)
{
	int low = bits - buckets_for(n, bits, shift);
	size_t i = 0;

	qsort(cell, n, sizeof(*cell), by_key);
	for (uint64_t bucket = 0; bucket <= (uint64_t)1 << (bits - low); bucket++) {
		while (i < n && cell[i].key >> low < bucket)
			i++;
		u32_put(b, (uint32_t)i);
	}
	for (i = 0; i < n; i++) {
		uint64_t rest = cell[i].key & (((uint64_t)1 << low) - 1);

		u32_put(b, (uint32_t)(rest << shift) | cell[i].value);
	}
}

/* Puts the pairs; number[i] is then the cell of pair i. */
static size_t
pairs_put(const struct smooth *s, uint32_t *number, const double *back, struct buf *b)
{
	const struct level *l = &s->pair;
	struct cell *cell = mem_alloc((l->counts.n + 1) * sizeof(*cell));
	size_t n = 0;

	for (size_t i = 0; i < l->counts.n; i++)
		if (l->kept[i])
			cell[n++] = (struct cell) {
			    model_scramble(l->counts.list[i].key, MODEL_PAIR_BITS),
			    cost_of(l->prob[i], 8, 0xff) << 7 | back_of(back[i], 0x7f), i};
	cells_put(cell, n, MODEL_PAIR_BITS, 15, b);
	for (size_t i = 0; i < n; i++)
		number[cell[i].gram] = (uint32_t)i;
	free(cell);
	return n;
}

static size_t
triples_put(const struct smooth *s, const uint32_t *number, struct buf *b)
{
	const struct level *l = &s->triple;
	struct cell *cell = mem_alloc((l->counts.n + 1) * sizeof(*cell));
	size_t n = 0;

	for (size_t i = 0; i < l->counts.n; i++) {
		uint64_t key = l->counts.list[i].key;
		size_t pair;

		if (!l->kept[i])
			continue;
		pair = counts_find(&s->pair.counts, GRAM_CONTEXT(key));
		cell[n++] = (struct cell) {
		    model_scramble((uint64_t)number[pair] << MODEL_ID_BITS | GRAM_LAST(key),
			MODEL_TRIPLE_BITS), cost_of(l->prob[i], 8, 0xff), i};
	}
	cells_put(cell, n, MODEL_TRIPLE_BITS, 8, b);
	free(cell);
	return n;
}

/* The factor of each pair as a context, one where it has none. */
static double *
pair_backs(const struct smooth *s)
{
	const struct counts *triple = &s->triple.counts;
	double *back = mem_alloc((s->pair.counts.n + 1) * sizeof(*back));

	for (size_t i = 0; i < s->pair.counts.n; i++)
		back[i] = 1;
	for (size_t i = 0; i < triple->n; i++) {
		uint64_t context = GRAM_CONTEXT(triple->list[i].key);
		size_t pair;

		if (i > 0 && GRAM_CONTEXT(triple->list[i - 1].key) == context)
			continue;
		pair = counts_find(&s->pair.counts, context);
		if (pair < s->pair.counts.n)
			back[pair] = s->triple.back[i];
	}
	return back;
}

static size_t
runs_put(const struct spelling *s, struct buf *b)
{
	struct cell *cell = mem_alloc((s->nrun + 1) * sizeof(*cell));

	for (size_t i = 0; i < s->nrun; i++)
		cell[i] = (struct cell) {
		    model_scramble(s->run[i].key, MODEL_LETTERS_BITS), s->run[i].cost, i};
	cells_put(cell, s->nrun, MODEL_LETTERS_BITS, 8, b);
	free(cell);
	return s->nrun;
}

static void
print_put(struct buf *b, const struct buf *body)
{
	struct sha256_ctx sha;
	uint8_t sum[MODEL_PRINT / 2];

	sha256_init(&sha);
	sha256_update(&sha, body->len, (const uint8_t *)body->data);
	sha256_digest(&sha, sizeof(sum), sum);
	for (size_t i = 0; i < sizeof(sum); i++)
		buf_addf(b, "%02x", sum[i]);
}

void
model_write(const struct smooth *s, const struct corpus *c, const struct lexicon *l, struct buf *b)
{
	const struct word **word = mem_alloc(s->size * sizeof(*word));
	uint32_t *number = mem_alloc((s->pair.counts.n + 1) * sizeof(*number));
	double *back = pair_backs(s);
	struct buf body = {0}, skip = {0};
	size_t pairs, triples, runs;
	struct spelling spelling;
	struct dawg d;

	words_put(c, s->size, word, &body, &skip, &d);
	buf_add(&body, skip.data, skip.len);
	records_put(s, word, &body);
	pairs = pairs_put(s, number, back, &body);
	triples = triples_put(s, number, &body);
	spelling_make(&spelling, l, c);
	runs = runs_put(&spelling, &body);
	buf_add(&body, spelling.letter.data, spelling.letter.len);
	buf_add(&body, spelling.cost.data, spelling.cost.len);
	buf_add(&body, spelling.back.data, spelling.back.len);

	buf_add(b, MODEL_MAGIC, 8);
	u32_put(b, MODEL_VERSION);
	u32_put(b, d.root);
	u32_put(b, d.nedge);
	u32_put(b, d.count);
	u32_put(b, (uint32_t)buckets_for(pairs, MODEL_PAIR_BITS, 15));
	u32_put(b, (uint32_t)pairs);
	u32_put(b, (uint32_t)buckets_for(triples, MODEL_TRIPLE_BITS, 8));
	u32_put(b, (uint32_t)triples);
	u32_put(b, spelling.nletter);
	u32_put(b, (uint32_t)buckets_for(runs, MODEL_LETTERS_BITS, 8));
	u32_put(b, (uint32_t)runs);
	u32_put(b, 0);
	print_put(b, &body);
	buf_add(b, body.data, body.len);
	buf_free(&body);
	buf_free(&skip);
	spelling_free(&spelling);
	free(word);
	free(number);
	free(back);
}
