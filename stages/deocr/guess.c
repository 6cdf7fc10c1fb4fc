/*
 * guess: the model of languages, asked paragraph by paragraph.
 */
#include <errno.h>
#include <string.h>

#include "guess.h"
#include "lang.h"
#include "msg.h"

#define SURE 90		/* hundredths, of a paragraph that is in another language than the text */
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

static const char *
likeliest(struct lang_model *m, const struct lang_sum *sum, int *post)
{
	uint32_t p[LANG_MAX];
	int l = lang_posteriors(m, sum, LANG_ALL, NULL, p);

	*post = l == LANG_NONE ? 0 : (int)(p[l] * UINT64_C(100) >> 16);
	return l == LANG_NONE ? NULL : lang_tag(m, (size_t)l);
}

void
guess_languages(struct paragraphs *p)
{
	struct lang_model *m = model();
	struct lang_sum all = {0}, sum;
	const char *whole;
	size_t i;
	int post;

	for (i = 0; i < p->n; i++)
		paragraph_add(m, &p->list[i], &all);
	whole = likeliest(m, &all, &post);
	for (i = 0; i < p->n; i++) {
		struct paragraph *q = &p->list[i];

		sum = (struct lang_sum){0};
		paragraph_add(m, q, &sum);
		q->lang = likeliest(m, &sum, &post);
		if (sum.words < WORDS_LEAST || post < SURE)
			q->lang = whole;
	}
}
