/*
 * channel: reads the tables of confusions and keeps their costs.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "channel.h"
#include "model.h"
#include "msg.h"
#include "table.h"
#include "utf8.h"

#define TYPES_LEAST 3	/* distinct words that a rule must explain before it is believed */
#define PRIOR_WEIGHT 20	/* words of evidence that the prior is worth */

static const char *const classes[RULE_CLASSES] = {"*sub", "*ins", "*del", "*sign", "*speck",
	"*lost", "*gained", "*swapped", "*case", "*split", "*merge", "*hyphen", "*line", "*apart"};

static struct rule *
rule_find(struct channel *c, const char *was, const char *read)
{
	size_t i;

	for (i = RULE_CLASSES; i < c->n; i++)
		if (*c->rule[i].read == *read && strcmp(c->rule[i].was, was) == 0 &&
		    strcmp(c->rule[i].read, read) == 0)
			return &c->rule[i];
	c->rule = mem_more(c->rule, c->n, &c->cap, sizeof(*c->rule));
	memset(&c->rule[c->n], 0, sizeof(*c->rule));
	return &c->rule[c->n++];
}

static bool
class_set(struct channel *c, const char *name, int cost)
{
	size_t i;

	for (i = 0; i < RULE_CLASSES; i++) {
		if (strcmp(classes[i], name) != 0)
			continue;
		c->rule[i].prior = cost;
		return true;
	}
	return false;
}

/* The bytes that the lexicon may have where the true side of r begins, with the character cp. */
static uint32_t
begins_with(const struct rule *r, uint32_t cp)
{
	char low[UTF8_MAX];

	if (r->clitic)
		return UINT32_MAX;
	utf8_put(low, uc_tolower(cp));
	return BYTE_IN_SET(*r->was) | BYTE_IN_SET(*low);
}

static void
rule_add(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	struct channel *c = ctx;
	char *end = NULL;
	struct rule *r;
	uint32_t cp;
	int cost;

	cost = n > 1 ? (int)(strtod(field[n - 1], &end) * MODEL_BIT) : 0;
	if (end == NULL || *end != '\0' || cost <= 0 ||
	    (n == 2 && !class_set(c, field[0], cost)) || n > 3 ||
	    (n == 3 && (strlen(field[0]) >= RULE_SIDE || strlen(field[1]) >= RULE_SIDE ||
	    *field[0] == '\0' || *field[1] == '\0'))) {
		msg(MSG_WARNING, file, line, "no confusion", "%s", field[0]);
		return;
	}
	if (n != 3)
		return;
	r = rule_find(c, field[0], field[1]);
	strcpy(r->was, field[0]);
	strcpy(r->read, field[1]);
	r->nwas = (unsigned char)strlen(r->was);
	r->nread = (unsigned char)strlen(r->read);
	r->signs = (unsigned char)utf8_count(r->read, r->nread);
	r->clitic = r->was[r->nwas - 1] == '\'' && r->nwas > 1;
	utf8_get(r->was, r->nwas, &cp);
	r->capital = uc_upper(cp);
	r->begins = begins_with(r, cp);
	r->prior = cost;
}

static int
by_read(const void *a, const void *b)
{
	const struct rule *x = a, *y = b;
	int d = strcmp(x->read, y->read);

	return d != 0 ? d : strcmp(x->was, y->was);
}

static void
channel_index(struct channel *c)
{
	size_t i, b = 0;

	qsort(c->rule + RULE_CLASSES, c->n - RULE_CLASSES, sizeof(*c->rule), by_read);
	for (i = RULE_CLASSES; i < c->n; i++)
		while (b <= (unsigned char)c->rule[i].read[0])
			c->first[b++] = (uint32_t)i;
	while (b <= 256)
		c->first[b++] = (uint32_t)c->n;
}

/* The rule that takes was[0..n) for read[0..m), or 0. */
static uint32_t
rule_of(const struct channel *c, const char *was, size_t n, const char *read, size_t m)
{
	size_t i;

	for (i = RULE_CLASSES; i < c->n; i++)
		if (c->rule[i].nwas == n && c->rule[i].nread == m &&
		    memcmp(c->rule[i].was, was, n) == 0 && memcmp(c->rule[i].read, read, m) == 0)
			return (uint32_t)i;
	return 0;
}

static void
channel_kin(struct channel *c)
{
	size_t i;

	for (i = RULE_CLASSES; i < c->n; i++) {
		struct rule *r = &c->rule[i];

		if (r->clitic && r->nread > 1 && r->read[r->nread - 1] == '\'')
			r->kin = rule_of(c, r->was, r->nwas - 1u, r->read, r->nread - 1u);
	}
}

struct channel *
channel_open(const char *lang)
{
	struct channel *c = mem_alloc(sizeof(*c));
	const char *const names[] = {"common", lang};
	struct buf name = {0};
	size_t i;

	memset(c, 0, sizeof(*c));
	for (i = 0; i < RULE_CLASSES; i++) {
		c->rule = mem_more(c->rule, c->n, &c->cap, sizeof(*c->rule));
		memset(&c->rule[c->n++], 0, sizeof(*c->rule));
		c->rule[i].prior = 20 * MODEL_BIT;
	}
	for (i = 0; i < 2; i++) {
		char *path;

		buf_clear(&name);
		buf_addf(&name, "confusions/%s.tsv", names[i]);
		path = dict_path(buf_str(&name));
		if (table_read(path, rule_add, c) != 0 && i == 0)
			msg(MSG_WARNING, path, 0, "cannot open", "%s", strerror(errno));
		free(path);
	}
	buf_free(&name);
	channel_index(c);
	channel_kin(c);
	channel_reset(c);
	return c;
}

void
channel_reset(struct channel *c)
{
	size_t i;

	for (i = 0; i < c->n; i++) {
		c->rule[i].cost = c->rule[i].prior;
		c->rule[i].types = 0;
	}
	c->calm = 0;
}

void
channel_seen(struct channel *c, size_t rule)
{
	c->rule[rule].types++;
	if (c->rule[rule].kin != 0)
		c->rule[c->rule[rule].kin].types++;
}

bool
channel_believes(const struct channel *c, size_t rule)
{
	return c->rule[rule].types >= TYPES_LEAST;
}

void
channel_adapt(struct channel *c, size_t rule, size_t words)
{
	struct rule *r = &c->rule[rule];
	double p = exp2(-(double)r->prior / MODEL_BIT);

	if (words < r->types)
		words = r->types;
	p = (p * PRIOR_WEIGHT + r->types) / (PRIOR_WEIGHT + (double)words);
	r->cost = (int)(-log2(p) * MODEL_BIT);
	if (r->cost > r->prior)
		r->cost = r->prior;
}

bool
channel_applies(const struct channel *c, size_t rule, const char *s, size_t n)
{
	const struct rule *r = &c->rule[rule];
	size_t i;
	uint32_t cp;

	if (rule == RULE_LOST || rule == RULE_SWAPPED) {
		for (i = 0; i < n;) {
			i += utf8_get(s + i, n - i, &cp);
			if (uc_base(cp) != cp)
				return true;
		}
		return false;
	}
	if (rule < RULE_CLASSES)
		return true;
	for (i = 0; i + r->nwas <= n; i++)
		if (memcmp(s + i, r->was, r->nwas) == 0)
			return true;
	return false;
}
