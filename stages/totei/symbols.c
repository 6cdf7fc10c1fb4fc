/*
 * symbols: the document symbols of the United Nations, A/RES/67/190, and resolutions named by
 * number where the body that adopted them is certain.  Only the text as the source has it, or as
 * it was corrected, is looked at; nothing is put right here.
 */
#include <stdlib.h>
#include <string.h>

#include "totei.h"
#include "utf8.h"

enum { SYMBOL_BYTES = 80, FIRST_SESSION = 31 };

/* The roots of symbols, with the slash that follows. */
static const char *const roots[] = {"A/", "S/", "E/", "T/", "ST/", "DP/", "TD/", "CAT/", "CCPR/",
    "CEDAW/", "CERD/", "CRC/", "CRPD/", "CMW/", "HRI/", "UNEP/", "FCCC/", "CTOC/", "CBD/", "LOS/",
    "SPLOS/", "ISBA/", "PBC/", "JIU/", "UNW/", "HSP/", "ICCD/"};

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
letter(char c)
{
	return upper(c) || (c >= 'a' && c <= 'z');
}

/* Whether a word can begin at s + i: nothing that belongs to one stands before. */
static bool
begins(const char *s, size_t i)
{
	return i == 0 || !(letter(s[i - 1]) || digit(s[i - 1]) || s[i - 1] == '/' ||
	    (unsigned char)s[i - 1] >= 0x80);
}

/* The length of the root at s, 0 where none is. */
static size_t
root(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++) {
		size_t len = strlen(roots[i]);

		if (len < n && memcmp(s, roots[i], len) == 0)
			return len;
	}
	return 0;
}

/*
 * The length of the symbol at s: a root and two parts or more with a figure in one, or one part
 * that is a known kind of document (S/PV.6917).  0 where none is.
 */
static size_t
symbol(const char *s, size_t n)
{
	size_t i = root(s, n), parts = 0, start = i;
	bool figure = false;

	if (i == 0)
		return 0;
	for (; i <= n && i < SYMBOL_BYTES; i++) {
		bool inside = i < n && (letter(s[i]) || digit(s[i]) ||
		    (s[i] == '.' && i + 1 < n && (letter(s[i + 1]) || digit(s[i + 1]))));

		if (inside) {
			figure |= digit(s[i]);
			continue;
		}
		if (i == start || !(upper(s[start]) || digit(s[start])))
			return 0;
		parts++;
		if (i == n || s[i] != '/' || i + 1 == n || !(upper(s[i + 1]) || digit(s[i + 1])))
			break;
		start = i + 1;
	}
	if (i >= SYMBOL_BYTES || !figure)
		return 0;
	if (parts < 2 && strncmp(s + start, "PV.", 3) != 0 && strncmp(s + start, "CONF.", 5) != 0)
		return 0;
	return i;
}

/* The length of "resolution 67/190", its figures at *number; 0 where none begins at s. */
static size_t
resolution(const char *s, size_t n, size_t *number)
{
	static const char *const words[] = {"resolution ", "Resolution ", "r\303\251solution ",
	    "R\303\251solution "};
	size_t i = 0, session = 0;

	for (size_t k = 0; k < sizeof(words) / sizeof(*words) && i == 0; k++)
		if (strlen(words[k]) < n && memcmp(s, words[k], strlen(words[k])) == 0)
			i = strlen(words[k]);
	if (i == 0)
		return 0;
	*number = i;
	for (; i < n && digit(s[i]) && session < 1000; i++)
		session = session * 10 + (size_t)(s[i] - '0');
	if (session < FIRST_SESSION || session >= 200 || i + 1 >= n || s[i] != '/' ||
	    !digit(s[i + 1]))
		return 0;
	for (i++; i < n && digit(s[i]);)
		i++;
	return i < n && (letter(s[i]) || s[i] == '/' || (unsigned char)s[i] >= 0x80) ? 0 : i;
}

/* A symbol found: its bytes, and the document it means where that is not spelled out. */
struct found {
	size_t from, to;
	size_t number;	/* of a resolution: where its figures begin, else 0 */
};

struct list {
	struct found *f;
	size_t n, cap;
};

static void
find(const struct text *t, bool assembly, struct list *l)
{
	const char *s = t->s.data;
	size_t n = t->s.len, len;

	for (size_t i = 0; i < n; i += len > 0 ? len : 1) {
		size_t number = 0;

		len = 0;
		if (!begins(s, i))
			continue;
		len = upper(s[i]) ? symbol(s + i, n - i) : 0;
		if (len == 0 && assembly)
			len = resolution(s + i, n - i, &number);
		if (len == 0)
			continue;
		l->f = mem_more(l->f, l->n, &l->cap, sizeof(*l->f));
		l->f[l->n++] = (struct found){i, i + len, number > 0 ? i + number : 0};
	}
}

/* The notes open at a place that only moves forward. */
struct sweep {
	const struct text *t;
	size_t next;
	size_t *open, n, cap;
	size_t readings;	/* of them, those within which nothing is marked */
};

/* A mark, a change or a doubt: no symbol is told within one. */
static bool
is_reading(const struct note *n)
{
	return strcmp(n->kind, "lang") != 0 && strcmp(n->kind, "hi") != 0;
}

static void
sweep_to(struct sweep *w, size_t at)
{
	for (;; w->next++) {
		const struct note *n = w->next < w->t->n ? &w->t->note[w->next] : NULL;
		size_t to = n != NULL && n->off <= at ? n->off : at;

		for (; w->n > 0; w->n--) {
			const struct note *last = &w->t->note[w->open[w->n - 1]];

			if (last->off + last->len > to)
				break;
			w->readings -= is_reading(last);
		}
		if (n == NULL || n->off > at)
			return;
		if (n->len == 0)
			continue;
		w->open = mem_more(w->open, w->n, &w->cap, sizeof(*w->open));
		w->open[w->n++] = w->next;
		w->readings += is_reading(n);
	}
}

/* Whether a note over f nests with all others, and no change or doubt is around it. */
static bool
fits(struct sweep *w, const struct found *f)
{
	const struct note *n;

	sweep_to(w, f->from);
	if (w->readings > 0)
		return false;
	if (w->n > 0) {
		n = &w->t->note[w->open[w->n - 1]];
		if (n->off + n->len < f->to)
			return false;
	}
	for (size_t i = w->next; i < w->t->n && w->t->note[i].off < f->to; i++) {
		n = &w->t->note[i];
		if (n->off + n->len > f->to || (n->len == 0 && strcmp(n->kind, "here") == 0))
			return false;
	}
	return true;
}

/* Keeps those of l that fit the notes of t. */
static void
keep_fitting(const struct text *t, struct list *l)
{
	struct sweep w = {.t = t};
	size_t kept = 0;

	for (size_t i = 0; i < l->n; i++)
		if (fits(&w, &l->f[i]))
			l->f[kept++] = l->f[i];
	l->n = kept;
	free(w.open);
}

/* The note of what was found in t. */
static struct note
note_of(const struct text *t, const struct found *f, const char *type)
{
	size_t from = f->number > 0 ? f->number : f->from;
	struct buf target = {0};
	struct note n;

	buf_adds(&target, f->number > 0 ? "A/RES/" : "");
	buf_add(&target, t->s.data + from, f->to - from);
	n = note_make(f->from, f->to - f->from, "symbol", type, buf_str(&target), POST_NONE, "", "");
	buf_free(&target);
	return n;
}

/* Merges notes for l into those of t, in the order of stream(5). */
static void
merge(struct text *t, const struct list *l, const char *type)
{
	struct note *all = mem_alloc((t->n + l->n) * sizeof(*all));
	size_t n = 0, k = 0;

	for (size_t i = 0; i <= t->n; i++) {
		for (; k < l->n && (i == t->n || l->f[k].from < t->note[i].off ||
		    (l->f[k].from == t->note[i].off && t->note[i].len > 0 &&
		    l->f[k].to - l->f[k].from >= t->note[i].len)); k++)
			all[n++] = note_of(t, &l->f[k], type);
		if (i < t->n)
			all[n++] = t->note[i];
	}
	free(t->note);
	t->note = all;
	t->n = t->cap = n;
}

/* Marks one text; assembly: a resolution 67/190 of it is one of the General Assembly. */
static void
mark_text(struct text *t, bool own, bool assembly)
{
	struct list l = {0};

	find(t, assembly, &l);
	keep_fitting(t, &l);
	if (l.n > 0)
		merge(t, &l, own || (l.f[0].from == 0 && l.f[0].to == t->s.len) ? "own" : "ref");
	free(l.f);
}

/* Whether the text names the General Assembly. */
static bool
names_assembly(struct text *t)
{
	const char *s = buf_str(&t->s);

	return strstr(s, "General Assembly") != NULL ||
	    strstr(s, "Assembl\303\251e g\303\251n\303\251rale") != NULL;
}

/* Whether the text names another body that numbers its resolutions by session, above 30. */
static bool
names_another(struct text *t)
{
	static const char *const others[] = {"Human Rights Council", "Conseil des droits de l",
	    "General Conference", "Conf\303\251rence g\303\251n\303\251rale"};
	const char *s = buf_str(&t->s);

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (strstr(s, others[i]) != NULL)
			return true;
	return false;
}

/* Whether block b holds a symbol that is the document's own: it stands around the text. */
static bool
is_own(const struct block *b)
{
	return strcmp(b->element, "fw") == 0;
}

/* Marks blocks first..end, all of one statement. */
static void
mark_statement(const struct tree *t, size_t first, size_t end, bool resolution)
{
	bool adopted = false;

	for (size_t i = first; i < end && resolution && !adopted; i++)
		adopted = names_assembly(&t->block[i].rec->text);
	for (size_t i = first; i < end; i++) {
		struct text *x = &t->block[i].rec->text;

		if (x->s.len > 0 && memchr(x->s.data, '/', x->s.len) != NULL)
			mark_text(x, is_own(&t->block[i]),
			    (adopted || names_assembly(x)) && !names_another(x));
	}
}

void
symbols_mark_all(struct doc *d, const struct tree *t)
{
	size_t first = 0, block = 0;
	bool resolution = false;

	for (size_t i = 0; i <= d->n; i++) {
		if (i < d->n && d->rec[i].tag == 'B')
			block++;
		if (i < d->n && d->rec[i].tag != 'S')
			continue;
		mark_statement(t, first, block, resolution);
		first = block;
		if (i < d->n) {
			const char *type = rec_get(&d->rec[i], "type");

			resolution = type != NULL && strcmp(type, "resolution") == 0;
		}
	}
}
