/*
 * plain: what is printed of plain text, each line of which is a block by itself.
 */
#include <stdlib.h>

#include "buf.h"
#include "langtag.h"

static void
print_row(struct out *out, const char *tag, int post, const char *s, size_t n)
{
	struct buf b = {0};

	buf_addf(&b, "%s\t%d.%02d\t", tag, post / 100, post % 100);
	buf_add(&b, s, n);
	buf_addc(&b, '\n');
	out_add(out, b.data, b.len);
	buf_free(&b);
}

/* Prints the spans of a line that begins at byte at of the input. */
static void
print_spans(const struct ask *a, struct out *out, const struct rec *r, int home, size_t at)
{
	struct spans spans = {0};
	struct buf b = {0};
	const char *s = r->text.s.data;
	size_t i, n = r->text.s.len;

	home = choose_index(a, home);
	if (lead_any(a, s, n, home))
		spans_find(a, s, n, home, &spans);
	for (i = 0; i < spans.n; i++)
		buf_addf(&b, "%zu\t%zu\t%s\n", at + spans.list[i].off, spans.list[i].len,
		    choose_tag(a, spans.list[i].lang));
	out_add(out, buf_str(&b), b.len);
	buf_free(&b);
	free(spans.list);
}

/* Takes a line by itself: its words to words, and what is asked of it to out. */
static void
do_line(const struct ask *a, enum plain_form form, struct out *out, const struct rec *r, size_t at,
    uint64_t words[LANG_MAX])
{
	const char *s = r->text.s.data, *script;
	size_t n = r->text.s.len;
	struct lang_sum sum = {0};
	int post = 100, l;

	if (n == 0)
		return;
	address_sum(a->model, s, n, &sum);
	l = choose(a, &sum, &post);
	script = sum.words > 0 ? choose_script(s, n) : "zxx";
	if (script == NULL)
		words[l] += sum.words;
	if (form == PLAIN_SPANS && script == NULL)
		print_spans(a, out, r, l, at);
	else if (form == PLAIN_LINES)
		print_row(out, script != NULL ? script : choose_tag(a, l),
		    script != NULL ? 100 : post, s, n);
}

/* One line for the whole text: its tag, then every language and its share of the words. */
static void
print_shares(const struct ask *a, struct out *out, const uint64_t *words)
{
	struct buf b = {0};
	uint64_t all = 0, hundredths;
	size_t l;

	for (l = 0; l < LANG_MAX; l++)
		all += words[l];
	buf_adds(&b, all == 0 ? "zxx" : choose_whole(a, words));
	for (l = 0; l < LANG_MAX; l++) {
		if (words[l] == 0)
			continue;
		hundredths = words[l] * 100 / all;
		buf_addf(&b, "\t%s %llu.%02llu", choose_tag(a, (int)l),
		    (unsigned long long)hundredths / 100, (unsigned long long)hundredths % 100);
	}
	buf_addc(&b, '\n');
	out_add(out, b.data, b.len);
	buf_free(&b);
}

void
plain_print(const struct ask *a, enum plain_form form, struct out *out, const struct doc *d)
{
	uint64_t words[LANG_MAX] = {0};
	size_t i, at = 0;

	for (i = 0; i < d->n; i++) {
		if (d->rec[i].tag != 'T')
			continue;
		do_line(a, form, out, &d->rec[i], at, words);
		at += d->rec[i].text.s.len + 1;
	}
	if (form == PLAIN_SHARES)
		print_shares(a, out, words);
}
