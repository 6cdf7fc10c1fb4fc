/*
 * guess: the model of languages, asked paragraph by paragraph.
 */
#include <errno.h>
#include <string.h>

#include "guess.h"
#include "lang.h"
#include "msg.h"

#define SURE 90		/* hundredths, of a paragraph that is in another language than the text */
#define POSSIBLE 20	/* the same of one that the text's language may still be right for */
#define WORDS_LEAST 8	/* words of such a paragraph */
#define SAMPLE 65536	/* bytes of a paragraph that are looked at */

static struct lang_model *
model(void)
{
	static struct lang_model *m;

	if (m == NULL && (m = lang_open()) == NULL)
		msg_die("no model of languages (%s): name the language with -l", strerror(errno));
	return m;
}

static void
paragraph_add(struct lang_model *m, const struct paragraph *p, struct lang_sum *sum)
{
	lang_add(m, p->text.s.data, p->text.s.len < SAMPLE ? p->text.s.len : SAMPLE, sum);
}

/* The language of a paragraph in a text in language whole, LANG_NONE where neither is likely. */
static int
own_language(struct lang_model *m, const struct paragraph *q, int whole)
{
	struct lang_sum sum = {0};
	uint32_t p[LANG_MAX];
	int own;

	paragraph_add(m, q, &sum);
	own = lang_posteriors(m, &sum, LANG_ALL, NULL, p);
	if (own == LANG_NONE || whole == LANG_NONE || own == whole)
		return whole;
	if (sum.words >= WORDS_LEAST && p[own] * UINT64_C(100) >> 16 >= SURE)
		return own;
	return p[whole] * UINT64_C(100) >> 16 >= POSSIBLE ? whole : LANG_NONE;
}

void
guess_languages(struct paragraphs *p)
{
	struct lang_model *m = model();
	struct lang_sum all = {0};
	uint32_t post[LANG_MAX];
	size_t i;
	int whole, own;

	for (i = 0; i < p->n; i++)
		paragraph_add(m, &p->list[i], &all);
	whole = lang_posteriors(m, &all, LANG_ALL, NULL, post);
	for (i = 0; i < p->n; i++) {
		own = own_language(m, &p->list[i], whole);
		p->list[i].lang = own == LANG_NONE ? NULL : lang_tag(m, (size_t)own);
	}
}
