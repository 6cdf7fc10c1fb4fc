/*
 * furniture: see furniture.h.
 */
#include <stdlib.h>
#include <string.h>

#include "furniture.h"
#include "phrase.h"
#include "utf8.h"

#define SHORT 120 /* bytes: longer lines are no furniture */
#define EDGE 4 /* lines from a page end that may be furniture */
#define ACCEPT 4 /* the least score of a printed number */

/*
 * The printed page number a line consists of, and in *of how many pages there are ("3/6"), or 0:
 * 12, - 12 -, [12], 3/6, Page 3, Page 3 of 6.  *plain: nothing stands around it.
 */
static unsigned
number_read(const struct seg *s, size_t i, unsigned *of, bool *plain)
{
	size_t n, k;
	const char *p = line_text(s, i, &n);
	struct buf word = {0}, f = {0};
	unsigned v[2] = {0, 0}, nv = 0;
	bool ok = n <= 24 && s->line[i].digits > 0 && s->line[i].digits <= 6;

	*of = 0;
	*plain = s->line[i].width == s->line[i].digits;
	for (k = 0; k < n && ok; k++) {
		if (p[k] >= '0' && p[k] <= '9') {
			if (k == 0 || !(p[k - 1] >= '0' && p[k - 1] <= '9'))
				ok = nv++ < 2;
			if (ok)
				v[nv - 1] = v[nv - 1] * 10 + (unsigned)(p[k] - '0');
		} else if ((p[k] | 32) >= 'a' && (p[k] | 32) <= 'z') {
			buf_addc(&word, p[k]);
		} else {
			ok = strchr(" -/[]().|*:_,;'", p[k]) != NULL || (unsigned char)p[k] >= 0x80;
		}
	}
	if (ok && word.len > 0) {
		fold(&f, word.data, word.len);
		ok = phrase_find(s->phrases, C_PAGE, f.data, f.len, NULL) != NULL;
	}
	if (nv == 2 && word.len == 0 && memchr(p, '/', n) == NULL)
		ok = false;
	buf_free(&f);
	buf_free(&word);
	if (!ok || v[0] == 0 || v[0] > 1500 || (nv == 2 && (v[1] < v[0] || v[1] > 1500)))
		return 0;
	*of = v[1];
	return v[0];
}

unsigned
page_number(const struct seg *s, size_t i, unsigned *of)
{
	bool plain;

	return number_read(s, i, of, &plain);
}

/* Whether p[0..n) is a document symbol, as A/RES/64/293. */
bool
is_symbol(const char *p, size_t n)
{
	size_t slashes = 0, digits = 0, letters = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '/')
			slashes++;
		else if (p[i] >= '0' && p[i] <= '9')
			digits++;
		else if (p[i] >= 'A' && p[i] <= 'Z')
			letters++;
		else if (strchr(" .-()", p[i]) == NULL && !(p[i] >= 'a' && p[i] <= 'z'))
			return false;
	}
	return slashes >= 2 && digits >= 1 && letters >= 1 && n <= 32 && p[0] >= 'A' &&
	       p[0] <= 'Z' && p[0] != ' ' && letters + digits + slashes * 2 + 4 >= n;
}

/* A line that may be a printed number or a running head. */
struct cand {
	size_t line;
	unsigned value, of; /* of a number; 0: a head */
	bool plain;
	int score;
	uint64_t key; /* of a head: its letters */
	unsigned again; /* how often that key stands in the document */
	unsigned times; /* the same, once it is known for a running head */
	bool foot; /* of a number: at the foot of its page */
};

struct cands {
	struct cand *c;
	size_t n, cap;
};

static bool
apart(const struct seg *s, size_t i)
{
	return (i == 0 || s->line[i].gap > 0 || s->line[i].brk ||
		   s->line[i - 1].role != ROLE_BODY) &&
	       (i + 1 == s->nline || s->line[i + 1].gap > 0 || s->line[i + 1].brk ||
		   s->line[i + 1].role != ROLE_BODY);
}

/* A short line that prose would not hold. */
static bool
slight(const struct line *l)
{
	if (l->role == ROLE_BODY && (l->open == OPEN_LOWER || (l->end == END_STOP && l->words > 4)))
		return false;
	return l->width <= 100 && l->end != END_COMMA &&
	       (l->role != ROLE_BODY || l->gap > 0 || l->brk || l->words <= 3);
}

/* Lines from i up to the first line of its page, if furniture may be all that lies between. */
static bool
near_top(const struct seg *s, size_t i, size_t *top)
{
	for (size_t k = 0; k <= EDGE; k++, i--) {
		if (s->line[i].brk || i == 0) {
			*top = i;
			return true;
		}
		/* a line of few words heads the document, though no white line is before it */
		if (!slight(&s->line[i - 1]) &&
		    !(i == 1 && s->line[0].width <= 100 && s->line[0].end == END_WORD))
			return false;
	}
	return false;
}

static bool
near_bottom(const struct seg *s, size_t i)
{
	for (size_t k = 0; k <= EDGE; k++, i++) {
		if (i + 1 == s->nline || s->line[i + 1].brk)
			return true;
		if (!slight(&s->line[i + 1]))
			return false;
	}
	return false;
}

/* Whether a sentence runs on over line i. */
static bool
interrupts(const struct seg *s, size_t i)
{
	size_t a = i, b = i, k;

	for (k = 0; k < EDGE && a > 0; k++)
		if (s->line[--a].role == ROLE_BODY && s->line[a].words > 4)
			break;
	for (k = 0; k < EDGE && b + 1 < s->nline; k++)
		if (s->line[++b].role == ROLE_BODY && s->line[b].words > 2)
			break;
	return a < i && b > i && running(&s->line[a], &s->line[b]);
}

/* A line that does not fill its measure. */
static bool
is_slim(const struct line *l)
{
	return l->width * 10 < l->measure * 8;
}

static uint64_t
key_of(const struct seg *s, size_t i, struct buf *f)
{
	uint64_t h = 1469598103934665603u;
	size_t n, letters = 0;
	const char *p = line_text(s, i, &n);

	buf_clear(f);
	fold(f, p, n);
	for (size_t k = 0; k < f->len; k++) {
		if (f->data[k] >= '2' && f->data[k] <= '9')
			continue;
		/* o and i may be figures that folding made letters */
		if (f->data[k] == 'o' || f->data[k] == 'i')
			continue;
		letters++;
		h = (h ^ (unsigned char)f->data[k]) * 1099511628211u;
	}
	return letters >= 5 ? h : 0;
}

static void
cands_find(const struct seg *s, struct cands *numbers, struct cands *heads)
{
	struct buf f = {0};
	struct cand c;

	for (size_t i = 0; i < s->nline; i++) {
		const struct line *l = &s->line[i];

		if (l->role != ROLE_BODY || l->text->s.len > SHORT)
			continue;
		c = (struct cand){.line = i};
		c.value = number_read(s, i, &c.of, &c.plain);
		if (c.value > 0) {
			numbers->c = mem_more(numbers->c, numbers->n, &numbers->cap, sizeof(c));
			numbers->c[numbers->n++] = c;
		} else if ((apart(s, i) || is_slim(l)) && l->mark.kind == MARK_NONE &&
			   (l->end != END_COMMA || apart(s, i)) && l->end != END_SEMI &&
			   l->end != END_COLON &&
			   !(l->cue & (CUE_SALUTE | CUE_THANKS | CUE_ORGAN | CUE_SPEAKER |
					  CUE_SECTION | CUE_DATE | CUE_CLOSE | CUE_RESOLUTION))) {
			c.key = key_of(s, i, &f);
			if (c.key == 0)
				continue;
			heads->c = mem_more(heads->c, heads->n, &heads->cap, sizeof(c));
			heads->c[heads->n++] = c;
		}
	}
	buf_free(&f);
}

static int
by_key(const void *a, const void *b)
{
	const struct cand *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static int
by_line(const void *a, const void *b)
{
	const struct cand *x = a, *y = b;

	return x->line < y->line ? -1 : x->line > y->line;
}

/* Counts how often each head stands in the document. */
static void
heads_again(struct cands *h)
{
	size_t i, end, k;

	if (h->n == 0)
		return;
	qsort(h->c, h->n, sizeof(*h->c), by_key);
	for (i = 0; i < h->n; i = end) {
		for (end = i + 1; end < h->n && h->c[end].key == h->c[i].key; end++)
			;
		for (k = i; k < end; k++)
			h->c[k].again = (unsigned)(end - i);
	}
	qsort(h->c, h->n, sizeof(*h->c), by_line);
}

/* The candidate on line i, or NULL. */
static const struct cand *
cand_at(const struct cands *h, size_t i)
{
	size_t lo = 0, hi = h->n, mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (h->c[mid].line < i)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < h->n && h->c[lo].line == i ? &h->c[lo] : NULL;
}

/* Whether a head that stands again elsewhere is next to line i. */
static bool
beside_head(const struct cands *h, size_t i)
{
	const struct cand *above = i > 0 ? cand_at(h, i - 1) : NULL, *below = cand_at(h, i + 1);

	return (above != NULL && above->again > 1) || (below != NULL && below->again > 1);
}

/* Numbers that go up with their neighbours, at page ends, in the way of a sentence. */
static void
numbers_score(const struct seg *s, struct cands *n, const struct cands *h)
{
	size_t top;

	for (size_t i = 0; i < n->n; i++) {
		struct cand *c = &n->c[i];
		const struct line *l = &s->line[c->line];

		c->score = c->plain ? 0 : 3;
		if (near_top(s, c->line, &top) || near_bottom(s, c->line))
			c->score += 3;
		if (interrupts(s, c->line))
			c->score += 3;
		if ((i > 0 && c->value > n->c[i - 1].value && c->value - n->c[i - 1].value <= 2 &&
			c->line - n->c[i - 1].line > 5) ||
		    (i + 1 < n->n && n->c[i + 1].value > c->value &&
			n->c[i + 1].value - c->value <= 2 && n->c[i + 1].line - c->line > 5))
			c->score += 3;
		if (beside_head(h, c->line))
			c->score += 4;
		else
			c->score += apart(s, c->line) ? 1 : -3;
		if ((i > 0 && n->c[i - 1].line + 1 == c->line) ||
		    (i + 1 < n->n && n->c[i + 1].line == c->line + 1))
			c->score -= 4;
		if (c->plain && c->value > 1000)
			c->score -= 3;
		if (l->mark.kind != MARK_NONE && c->plain == false && l->mark.kind != MARK_BULLET)
			c->score -= 2;
	}
}

/* Whether line i is a running head. */
static bool
is_head(const struct cands *h, size_t i)
{
	const struct cand *c = cand_at(h, i);

	return c != NULL && c->times > 0;
}

/* What speaks for number c standing at the foot of its page, above zero, or at its head. */
static int
foot_vote(const struct seg *s, const struct cand *c, const struct cands *h)
{
	size_t top;
	bool up = c->line > 0 && near_top(s, c->line, &top) && top > 0;
	int vote = 0;

	if (up != near_bottom(s, c->line))
		vote += up ? -1 : 2;
	if (is_head(h, c->line + 1))
		vote += 3;
	if (c->line > 0 && is_head(h, c->line - 1))
		vote -= 3;
	if (c->line + 1 < s->nline && s->line[c->line + 1].ff)
		vote += 4;
	if (c->line > 0 && s->line[c->line].ff)
		vote -= 4;
	return vote;
}

/* How many pages begin on lines from to to, those with a number left out. */
static unsigned
breaks_between(const struct seg *s, size_t from, size_t to)
{
	unsigned n = 0;

	for (size_t i = from; i < to; i++)
		n += s->line[i].brk && s->line[i].role != ROLE_PAGENUM;
	return n;
}

/*
 * Whether the numbers of a run, which count up, stand at the foot of their pages: by their places,
 * and by the first of them - page 1 has no head before it, a page 2 with no break before it no foot.
 */
static bool
at_foot(const struct seg *s, const struct cand *first, size_t n, const struct cands *h, size_t since)
{
	size_t top;
	bool up = near_top(s, first->line, &top) && top > since;
	unsigned pages = breaks_between(s, since, up ? top : first->line);
	int vote = 0;

	if (first->value == pages + 1 && first->line >= since + 4)
		vote += 3;
	if (first->value == pages + 2)
		vote -= 2;
	for (size_t i = 0; i < n; i++)
		vote += first[i].score < ACCEPT ? 0 : foot_vote(s, &first[i], h);
	return vote > 0;
}

/* Says of each number whether it stands at the foot of its page; those that count up stand alike. */
static void
numbers_sides(const struct seg *s, struct cands *n, const struct cands *h)
{
	size_t from, to, since = 0;
	unsigned last;
	bool foot;

	for (from = 0; from < n->n; from = to) {
		last = n->c[from].value;
		for (to = from + 1; to < n->n; to++) {
			if (n->c[to].score < ACCEPT)
				continue;
			if (n->c[from].score >= ACCEPT && n->c[to].value <= last)
				break;
			last = n->c[to].value;
		}
		while (from < to && n->c[from].score < ACCEPT)
			from++;
		if (from == to)
			continue;
		foot = at_foot(s, &n->c[from], to - from, h, since);
		for (size_t i = from; i < to; i++)
			n->c[i].foot = foot;
		since = n->c[to - 1].line + 1;
	}
}

static void
numbers_mark(struct seg *s, const struct cands *n)
{
	for (size_t i = 0; i < n->n; i++) {
		struct line *l = &s->line[n->c[i].line];

		if (n->c[i].score < ACCEPT)
			continue;
		l->role = ROLE_PAGENUM;
		l->post = n->c[i].score > 6 ? 99 : 95;
	}
}

static void
break_at(struct seg *s, size_t i)
{
	if (i > 0 && i < s->nline)
		s->line[i].brk = true;
}

/* A number without a page end beside it makes one. */
static void
numbers_place(struct seg *s, const struct cands *n, const struct cands *h)
{
	size_t i, k, top;

	for (i = 0; i < n->n; i++) {
		if (n->c[i].score < ACCEPT)
			continue;
		k = n->c[i].line;
		if (near_bottom(s, k) || near_top(s, k, &top))
			continue;
		if (n->c[i].foot) {
			for (k++; k < s->nline && s->line[k].role == ROLE_FOOTER; k++)
				;
		} else {
			while (k > 0 && (is_head(h, k - 1) || s->line[k - 1].cue & CUE_SYMBOL))
				k--;
		}
		break_at(s, k);
	}
}

/* Whether a printed number stands just above or below line i. */
static bool
beside_number(const struct seg *s, size_t i)
{
	size_t from = i > 2 ? i - 2 : 0, to = i + 3 < s->nline ? i + 3 : s->nline;

	for (; from < to; from++)
		if (s->line[from].role == ROLE_PAGENUM)
			return true;
	return false;
}

/* Where line i stands on its page: above the text, below it, between the two by a number or a sentence. */
enum side {
	NOWHERE,
	ABOVE,
	BELOW,
	AMID
};

static enum side
side_of(const struct seg *s, size_t i)
{
	size_t top;

	if (near_top(s, i, &top))
		return ABOVE;
	if (beside_number(s, i) || interrupts(s, i))
		return AMID;
	return near_bottom(s, i) ? BELOW : NOWHERE;
}

/*
 * Whether the first line of the document is its title, not a running head: in other letters than
 * where it stands again, or with a second line that goes on.
 */
static bool
is_title_here(const struct seg *s, const struct cand *again)
{
	if (s->nline < 2 || s->line[1].gap > 0 || s->line[1].role != ROLE_BODY)
		return false;
	return (s->line[0].cue & CUE_CAPS) != (s->line[again->line].cue & CUE_CAPS) ||
	       s->line[1].open == OPEN_LOWER;
}

/* Sets times for candidates from..to, which have the same letters, if they are running heads. */
static void
heads_judge(const struct seg *s, struct cands *h, size_t from, size_t to)
{
	size_t n[4] = {0}, inner = 0, good;
	enum side less;

	for (size_t k = from; k < to; k++) {
		size_t line = h->c[k].line;
		enum side where = side_of(s, line);

		h->c[k].score = (int)where;
		n[where]++;
		/* the first and the last page of a document prove nothing */
		inner += where == AMID || (where == ABOVE && line > EDGE) ||
			 (where == BELOW && line + EDGE + 1 < s->nline);
	}
	/* the line that heads the document, again, is a running head wherever it stands */
	for (size_t k = from + 1; h->c[from].line == 0 && k < to; k++)
		if (h->c[k].score == NOWHERE && h->c[k].line > 12 &&
		    (apart(s, h->c[k].line) || beside_number(s, h->c[k].line))) {
			h->c[k].score = AMID;
			n[AMID]++;
			n[NOWHERE]--;
			inner++;
		}
	less = n[ABOVE] < n[BELOW] ? ABOVE : BELOW;
	good = n[ABOVE] + n[BELOW] + n[AMID] - n[less];
	if (good < 2 || inner == 0 || good * 3 < (to - from) * 2)
		return;
	for (size_t k = from; k < to; k++)
		if (h->c[k].score != NOWHERE && h->c[k].score != (int)less &&
		    !(h->c[k].line == 0 && is_title_here(s, &h->c[to - 1])))
			h->c[k].times = (unsigned)(to - from);
}

/*
 * Finds the heads that stand again and again, on one side of their pages, most times at a page
 * end, beside a number or in the way of a sentence.
 */
static void
heads_count(const struct seg *s, struct cands *h)
{
	size_t i, end;

	if (h->n == 0)
		return;
	qsort(h->c, h->n, sizeof(*h->c), by_key);
	for (i = 0; i < h->n; i = end) {
		for (end = i + 1; end < h->n && h->c[end].key == h->c[i].key; end++)
			;
		if (end - i > 1)
			heads_judge(s, h, i, end);
	}
	qsort(h->c, h->n, sizeof(*h->c), by_line);
}

/* Gives repeated heads their role; one with no page end beside it makes one. */
static void
heads_place(struct seg *s, const struct cands *h)
{
	size_t i, k, top;

	for (i = 0; i < h->n; i++) {
		struct line *l = &s->line[k = h->c[i].line];

		if (h->c[i].times == 0)
			continue;
		l->post = h->c[i].times > 2 ? 99 : 95;
		l->role = ROLE_HEADER;
		if (near_top(s, k, &top))
			continue;
		if (near_bottom(s, k))
			l->role = ROLE_FOOTER;
		else
			break_at(s, k);
	}
}

/* At the head of a page: what stands above its number, and symbols alone. */
static void
edges(struct seg *s)
{
	size_t i, k, end;

	for (i = 0; i < s->nline; i++) {
		if (!s->line[i].brk)
			continue;
		for (end = i, k = i; k < i + EDGE && k < s->nline && slight(&s->line[k]); k++)
			if (s->line[k].role == ROLE_PAGENUM || s->line[k].role == ROLE_HEADER ||
			    (k == end + 1 && s->line[end].role == ROLE_PAGENUM &&
				s->line[k].cue & CUE_SYMBOL))
				end = k;
		for (k = i; k <= end && k < s->nline; k++) {
			struct line *l = &s->line[k];

			if (l->role == ROLE_BODY && (k < end || l->cue & CUE_SYMBOL) &&
			    !(l->cue & (CUE_SALUTE | CUE_THANKS | CUE_TITLE | CUE_RESOLUTION |
					   CUE_LETTER))) {
				l->role = ROLE_HEADER;
				l->post = 90;
			}
		}
	}
}

/* The break behind number k, with only furniture between, or NONE. */
static size_t
break_behind(const struct seg *s, size_t k)
{
	for (k++; k < s->nline && !s->line[k].brk; k++)
		if (s->line[k].role < ROLE_PAGENUM)
			return NONE;
	return k < s->nline ? k : NONE;
}

/* The break before number k or on its line, with only furniture between, or NONE. */
static size_t
break_before(const struct seg *s, size_t k)
{
	for (; k > 0 && !s->line[k].brk; k--)
		if (s->line[k].role < ROLE_PAGENUM)
			return NONE;
	return k > 0 ? k : NONE;
}

/*
 * Moves breaks to the side of their numbers where the others of the run stand, and takes one of the
 * two away between which there is but a number.  A form feed stays.
 */
static void
numbers_settle(struct seg *s, const struct cands *n)
{
	for (size_t i = 0; i < n->n; i++) {
		const struct cand *c = &n->c[i];
		size_t k = c->line, above, below;

		if (c->score < ACCEPT)
			continue;
		above = break_before(s, k);
		below = break_behind(s, k);
		if (above != NONE && !s->line[above].ff && (c->foot || below != NONE) &&
		    (below == NONE || c->foot || s->line[below].ff)) {
			for (k++; k < s->nline && s->line[k].role == ROLE_FOOTER; k++)
				;
			s->line[above].brk = false;
			if (below == NONE)
				break_at(s, k);
		} else if (below != NONE && !s->line[below].ff && !c->foot) {
			while (k > 0 && s->line[k - 1].role == ROLE_HEADER)
				k--;
			s->line[below].brk = false;
			if (above == NONE)
				break_at(s, k);
		}
	}
}

/* What is furniture by its words and breaks a sentence, or heads what follows, tells of a page. */
static void
known_place(struct seg *s)
{
	size_t i, k, at, top;

	for (i = 1; i + 1 < s->nline; i = k > i ? k : i + 1) {
		k = i + 1;
		if (s->line[i - 1].role != ROLE_BODY ||
		    (s->line[i].role < ROLE_PAGENUM && !(s->line[i].cue & CUE_SYMBOL)))
			continue;
		at = NONE;
		for (k = i; k < s->nline && k <= i + EDGE && !s->line[k].brk; k++) {
			if (s->line[k].role < ROLE_PAGENUM && !(s->line[k].cue & CUE_SYMBOL))
				break;
			if (at == NONE && (s->line[k].role == ROLE_HEADER ||
					      s->line[k].role < ROLE_PAGENUM))
				at = k;
		}
		if (k == s->nline || s->line[k].brk || s->line[k].role != ROLE_BODY ||
		    k == i + EDGE + 1 || near_top(s, i, &top))
			continue;
		if (!running(&s->line[i - 1], &s->line[k]) &&
		    (at == NONE || s->line[at].role != ROLE_HEADER))
			continue;
		for (size_t m = i; m < k; m++)
			if (s->line[m].role == ROLE_BODY)
				s->line[m].role = ROLE_HEADER, s->line[m].post = 90;
		break_at(s, at != NONE ? at : k);
	}
}

void
furniture_find(struct seg *s)
{
	struct cands numbers = {0}, heads = {0};

	cands_find(s, &numbers, &heads);
	heads_again(&heads);
	numbers_score(s, &numbers, &heads);
	numbers_mark(s, &numbers);
	heads_count(s, &heads);
	numbers_sides(s, &numbers, &heads);
	numbers_place(s, &numbers, &heads);
	heads_place(s, &heads);
	numbers_settle(s, &numbers);
	known_place(s);
	edges(s);
	free(numbers.c);
	free(heads.c);
}
