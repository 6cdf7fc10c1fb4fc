/*
 * expand: makes forms out of the entries of a .dic file and the affixes their flags name: up to
 * two suffixes, one behind the other, and then up to two prefixes.  Where hunspell's own rules are
 * finer (NEEDAFFIX, CIRCUMFIX, compounds) it makes too much and leaves the judgement to hunspell.
 */
#include <stdlib.h>
#include <string.h>

#include "forms.h"
#include "lexicon.h"

enum { LEVELS = 2, FLAGS_MOST = 512 };

struct expansion {
	struct forms *forms;
	const struct affixes *affixes;
};

/* A form in the making, and the flags of affixes it may take. */
struct making {
	char s[LEXICON_LONGEST];
	size_t n;
	uint32_t flag[FLAGS_MOST];
	size_t nflag;
	bool exact;
};

static void
flags_add(struct making *m, const uint32_t *flag, size_t n)
{
	for (size_t i = 0; i < n && m->nflag < FLAGS_MOST; i++) {
		size_t k = 0;

		while (k < m->nflag && m->flag[k] != flag[i])
			k++;
		if (k == m->nflag)
			m->flag[m->nflag++] = flag[i];
	}
}

/* Writes from with the rule applied into to, without flags; false where it does not apply. */
static bool
rule_apply(const struct rule *r, bool prefix, const struct making *from, struct making *to)
{
	size_t rest = from->n - r->nstrip;

	if (r->clitic || !rule_fits(r, prefix, from->s, from->n) || rest + r->nadd > sizeof(to->s))
		return false;
	to->n = rest + r->nadd;
	to->nflag = 0;
	to->exact = from->exact;
	if (prefix) {
		memcpy(to->s, r->add, r->nadd);
		memcpy(to->s + r->nadd, from->s + r->nstrip, rest);
	} else {
		memcpy(to->s, from->s, rest);
		memcpy(to->s + rest, r->add, r->nadd);
	}
	return true;
}

/* The affix number k of those the flags of m name on that side; NULL behind the last. */
static const struct affix *
affix_next(const struct expansion *x, const struct making *m, bool prefix, size_t *flag, size_t *k)
{
	for (; *flag < m->nflag; ++*flag, *k = 0) {
		const struct affix *first;
		size_t n = affix_find(x->affixes, m->flag[*flag], &first);

		while (*k < n) {
			const struct affix *a = first + (*k)++;

			if (a->prefix == prefix)
				return a;
		}
	}
	return NULL;
}

/* Adds m with each of its prefixes, level of them at most. */
static void
prefixes_add(const struct expansion *x, const struct making *m, bool suffixed, int level)
{
	size_t flag = 0, k = 0;
	const struct affix *a;

	if (level == 0)
		return;
	while ((a = affix_next(x, m, true, &flag, &k)) != NULL) {
		if (suffixed && !a->cross)
			continue;
		for (size_t i = 0; i < a->n; i++) {
			const struct rule *r = &a->rule[i];
			struct making to;

			if (!rule_apply(r, true, m, &to))
				continue;
			to.exact |= flags_have(&r->more, x->affixes->keep_case);
			forms_add(x->forms, to.s, to.n, to.exact ? LEXICON_EXACT : 0);
			flags_add(&to, r->more.list, r->more.n);
			prefixes_add(x, &to, suffixed, level - 1);
		}
	}
}

/* Adds the flags of from that name a prefix, for whoever takes a suffix more. */
static void
prefix_flags_add(const struct expansion *x, struct making *m, const struct making *from)
{
	for (size_t i = 0; i < from->nflag; i++) {
		const struct affix *first;
		size_t n = affix_find(x->affixes, from->flag[i], &first);

		for (size_t k = 0; k < n; k++)
			if (first[k].prefix)
				flags_add(m, &from->flag[i], 1);
	}
}

/* Adds m with each of its suffixes, level of them at most, and all these with prefixes. */
static void
suffixes_add(const struct expansion *x, const struct making *m, int level)
{
	size_t flag = 0, k = 0;
	const struct affix *a;

	if (level == 0)
		return;
	while ((a = affix_next(x, m, false, &flag, &k)) != NULL) {
		for (size_t i = 0; i < a->n; i++) {
			const struct rule *r = &a->rule[i];
			struct making to;

			if (!rule_apply(r, false, m, &to))
				continue;
			to.exact |= flags_have(&r->more, x->affixes->keep_case);
			forms_add(x->forms, to.s, to.n, to.exact ? LEXICON_EXACT : 0);
			flags_add(&to, r->more.list, r->more.n);
			if (a->cross) {
				prefix_flags_add(x, &to, m);
				prefixes_add(x, &to, true, LEVELS);
			}
			suffixes_add(x, &to, level - 1);
		}
	}
}

/* The flags that prefixes of m carry on: a suffix may come with its prefix alone. */
static void
carried_add(const struct expansion *x, struct making *m)
{
	size_t flag = 0, k = 0, own = m->nflag;
	const struct affix *a;

	while (flag < own && (a = affix_next(x, m, true, &flag, &k)) != NULL)
		for (size_t i = 0; i < a->n; i++)
			flags_add(m, a->rule[i].more.list, a->rule[i].more.n);
}

/* Where the word of an entry ends: before its flags or its morphology ("word/flags po:noun"). */
static size_t
morphology_cut(const char *s)
{
	size_t tab = strcspn(s, "\t");

	for (const char *c = strchr(s, ':'); c != NULL; c = strchr(c + 1, ':')) {
		size_t at = (size_t)(c - s);

		if (at > 3 && (s[at - 3] == ' ' || s[at - 3] == '\t')) {
			for (at -= 3; at > 0 && (s[at - 1] == ' ' || s[at - 1] == '\t'); at--)
				;
			if (at > 0)
				return at < tab ? at : tab;
			break;
		}
	}
	return tab;
}

/* Adds the forms of an entry "word/flags", NUL-terminated. */
static void
entry_add(const struct expansion *x, const char *s)
{
	size_t end = morphology_cut(s), slash = 0;
	struct flags f = {0};
	struct making m = {.n = 0};

	for (; slash < end && !(s[slash] == '/' && slash > 0 && s[slash - 1] != '\\'); slash++) {
		if (m.n == sizeof(m.s))
			return;
		if (!(s[slash] == '\\' && s[slash + 1] == '/'))
			m.s[m.n++] = s[slash];
	}
	if (m.n == 0 || memchr(m.s, ' ', m.n) != NULL)
		return;
	if (slash < end)
		f = flags_parse(x->affixes, s + slash + 1, end - slash - 1);
	if (!flags_have(&f, x->affixes->forbidden)) {
		m.exact = flags_have(&f, x->affixes->keep_case);
		forms_add(x->forms, m.s, m.n, m.exact ? LEXICON_EXACT : 0);
		flags_add(&m, f.list, f.n);
		prefixes_add(x, &m, false, LEVELS);
		carried_add(x, &m);
		suffixes_add(x, &m, LEVELS);
	}
	free(f.list);
}

/* Does lib/token cut this affix off as a clitic? */
static bool
is_clitic(const struct elision *e, const struct affix *a, const struct rule *r)
{
	struct tokens t = {0};
	struct buf word = {0};
	bool clitic = false;

	buf_addf(&word, a->prefix ? "%sx" : "x%s", r->add);
	token_cut(e, word.data, word.len, &t);
	if (t.n == 2)
		clitic = t.list[a->prefix ? 0 : 1].kind == TOKEN_CLITIC;
	tokens_free(&t);
	buf_free(&word);
	return clitic;
}

int
forms_expand(struct forms *f, struct affixes *a, const struct elision *e, const char *dic)
{
	struct expansion x = {f, a};
	struct buf b = {0};
	char *line, *end;
	bool head = true;
	int status = text_read(dic, a->set, &b);

	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < a->list[i].n; k++)
			a->list[i].rule[k].clitic = is_clitic(e, &a->list[i], &a->list[i].rule[k]);
	buf_str(&b);
	for (line = b.data; (end = strchr(line, '\n')) != NULL; line = end + 1, head = false) {
		*end = '\0';
		if (!head || strspn(line, "0123456789 \t") < strlen(line))
			entry_add(&x, line);
	}
	buf_free(&b);
	return status;
}
