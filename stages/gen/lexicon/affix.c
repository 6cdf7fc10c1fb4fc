/*
 * affix: reads the .aff file of a hunspell dictionary into rules, and applies their conditions.
 */
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "affix.h"
#include "io.h"
#include "msg.h"
#include "utf8.h"

/* Appends s[0..n) converted by cd; false where it is not in the encoding. */
static bool
line_convert(iconv_t cd, const char *s, size_t n, struct buf *b)
{
	char *from = (char *)(uintptr_t)s;
	size_t start = b->len, left = n, room = n * 4;
	char *to;

	buf_need(b, room + 1);
	to = b->data + b->len;
	iconv(cd, NULL, NULL, NULL, NULL);
	if (memchr(s, '\0', n) != NULL || iconv(cd, &from, &left, &to, &room) == (size_t)-1 ||
	    left > 0)
		return false;
	b->len = (size_t)(to - b->data);
	return utf8_valid(b->data + start, b->len - start) == b->len - start;
}

int
text_read(const char *path, const char *set, struct buf *b)
{
	struct in *in = in_open(path);
	struct buf line = {0};
	iconv_t cd = iconv_open("UTF-8", set);
	size_t number = 0;
	int got = -1;

	if (in == NULL || cd == (iconv_t)-1) {
		msg(MSG_ERROR, path, 0, in == NULL ? "cannot be read" : "unknown encoding", "%s",
		    in == NULL ? strerror(errno) : set);
		goto end;
	}
	while ((got = in_line(in, &line, NULL)) > 0) {
		size_t skip = ++number == 1 && line.len >= 3 && memcmp(line.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

		while (line.len > skip && line.data[line.len - 1] == '\r')
			line.len--;
		if (line.len > skip && !line_convert(cd, line.data + skip, line.len - skip, b))
			msg(MSG_WARNING, path, number, "line is not in the encoding", "%s", set);
		buf_addc(b, '\n');
	}
	if (got < 0)
		msg(MSG_ERROR, path, number, "cannot be read", "%s", in_error(in));
end:
	if (cd != (iconv_t)-1)
		iconv_close(cd);
	if (in != NULL)
		in_close(in);
	buf_free(&line);
	return got < 0 ? -1 : 0;
}

static void
flag_add(struct flags *f, size_t *cap, uint32_t flag)
{
	f->list = mem_more(f->list, f->n, cap, sizeof(*f->list));
	f->list[f->n++] = flag;
}

/* One flag at s[0..n) into *flag; returns the bytes it takes, 0 where there is none. */
static size_t
flag_read(const struct affixes *a, const char *s, size_t n, uint32_t *flag)
{
	size_t i = 0;

	if (n == 0)
		return 0;
	if (a->form == FLAG_NUM) {
		for (*flag = 0; i < n && s[i] >= '0' && s[i] <= '9'; i++)
			*flag = (*flag * 10 + (uint32_t)(s[i] - '0')) % FLAG_VALUES;
		return i < n ? i + 1 : i;
	}
	if (a->form == FLAG_LONG && n > 1) {
		*flag = (uint32_t)(unsigned char)s[0] << 8 | (unsigned char)s[1];
		return 2;
	}
	if (a->form == FLAG_UTF8 || !a->utf8)
		return utf8_get(s, n, flag);
	*flag = (unsigned char)s[0];
	return 1;
}

struct flags
flags_parse(const struct affixes *a, const char *s, size_t n)
{
	struct flags f = {0};
	size_t cap = 0, len;
	uint32_t flag;

	if (a->nalias > 0) {
		const struct flags *alias;
		long number = strtol(s, NULL, 10);

		if (number < 1 || (size_t)number > a->nalias)
			return f;
		alias = &a->alias[number - 1];
		for (size_t i = 0; i < alias->n; i++)
			flag_add(&f, &cap, alias->list[i]);
		return f;
	}
	for (; (len = flag_read(a, s, n, &flag)) > 0; s += len, n -= len)
		flag_add(&f, &cap, flag);
	return f;
}

bool
flags_have(const struct flags *f, uint32_t flag)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i] == flag)
			return true;
	return false;
}

size_t
affix_find(const struct affixes *a, uint32_t flag, const struct affix **first)
{
	size_t from = 0, to = a->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (a->list[mid].flag < flag)
			from = mid + 1;
		else
			to = mid;
	}
	*first = a->list + from;
	while (to < a->n && a->list[to].flag == flag)
		to++;
	return to - from;
}

/* Does cp stand in the class written at s ("[^abc]", "[abc]", ".", "a")?  *len is its length. */
static bool
class_fits(const char *s, uint32_t cp, size_t *len)
{
	size_t i = 1, n = strlen(s);
	bool not = false, in = false;
	uint32_t c;

	if (*s != '[') {
		*len = utf8_get(s, n, &c);
		return c == '.' || c == cp;
	}
	if (s[i] == '^') {
		not = true;
		i++;
	}
	while (i < n && s[i] != ']') {
		i += utf8_get(s + i, n - i, &c);
		in |= c == cp;
	}
	*len = i < n ? i + 1 : n;
	return in != not;
}

/* How many characters a condition speaks of. */
static size_t
cond_chars(const char *cond)
{
	size_t chars = 0, len;

	for (; *cond != '\0'; cond += len, chars++)
		class_fits(cond, 0, &len);
	return chars;
}

bool
rule_fits(const struct rule *r, bool prefix, const char *s, size_t n)
{
	size_t at = 0, len;
	uint32_t cp;

	if (n < r->nstrip || memcmp(prefix ? s : s + n - r->nstrip, r->strip, r->nstrip) != 0)
		return false;
	if (strcmp(r->cond, ".") == 0)
		return true;
	if (!prefix) {
		at = n;
		for (size_t i = cond_chars(r->cond); i > 0; i--) {
			if (at == 0)
				return false;
			at -= utf8_back(s, at, &cp);
		}
	}
	for (const char *c = r->cond; *c != '\0'; c += len) {
		if (at == n)
			return false;
		at += utf8_get(s + at, n - at, &cp);
		if (!class_fits(c, cp, &len))
			return false;
	}
	return true;
}

enum { WORDS = 5 };

/* Cuts line at white space into at most WORDS words; returns how many. */
static size_t
words_cut(char *line, char *word[WORDS])
{
	size_t n = 0;

	while (n < WORDS) {
		line += strspn(line, " \t");
		if (*line == '\0')
			break;
		word[n++] = line;
		line += strcspn(line, " \t");
		if (*line != '\0')
			*line++ = '\0';
	}
	return n;
}

/* Appends the rule: strip, what is added with its flags behind a slash, condition. */
static void
rule_add(const struct affixes *a, struct affix *x, char *word[WORDS], size_t n)
{
	char *slash = strchr(word[3], '/');
	size_t nadd = slash != NULL ? (size_t)(slash - word[3]) : strlen(word[3]);
	const char *cond = n > 4 ? word[4] : ".";
	struct rule r = {0};

	if (nadd == 1 && word[3][0] == '0')
		nadd = 0;
	if (slash != NULL)
		r.more = flags_parse(a, slash + 1, strlen(slash + 1));
	r.nstrip = strcmp(word[2], "0") == 0 ? 0 : strlen(word[2]);
	r.strip = mem_dup(word[2], r.nstrip);
	r.add = mem_dup(word[3], nadd);
	r.nadd = nadd;
	r.cond = mem_dup(cond, strlen(cond));
	x->rule = mem_more(x->rule, x->n, &x->cap, sizeof(*x->rule));
	x->rule[x->n++] = r;
}

/* A line "PFX|SFX flag ...": the head of an affix, or the next of its rules. */
static void
affix_line(struct affixes *a, char *word[WORDS], size_t n)
{
	struct affix *last = a->n > 0 ? &a->list[a->n - 1] : NULL;
	bool prefix = word[0][0] == 'P';
	uint32_t flag;

	if (n < 4 || flag_read(a, word[1], strlen(word[1]), &flag) == 0)
		return;
	if (last != NULL && last->flag == flag && last->prefix == prefix) {
		rule_add(a, last, word, n);
		return;
	}
	a->list = mem_more(a->list, a->n, &a->cap, sizeof(*a->list));
	a->list[a->n++] = (struct affix) {flag, prefix, word[2][0] == 'Y', NULL, 0, 0};
}

static void
alias_line(struct affixes *a, const char *flags, bool first)
{
	struct affixes plain = {.form = a->form, .utf8 = a->utf8};

	if (first)
		return;
	a->alias = mem_more(a->alias, a->nalias, &a->capalias, sizeof(*a->alias));
	a->alias[a->nalias++] = flags_parse(&plain, flags, strlen(flags));
}

static void
affixes_line(struct affixes *a, char *line, bool *alias)
{
	char *word[WORDS];
	size_t n = words_cut(line, word);

	if (n < 2)
		return;
	if (strcmp(word[0], "PFX") == 0 || strcmp(word[0], "SFX") == 0) {
		affix_line(a, word, n);
	} else if (strcmp(word[0], "AF") == 0) {
		alias_line(a, word[1], !*alias);
		*alias = true;
	} else if (strcmp(word[0], "FLAG") == 0) {
		a->form = strcmp(word[1], "long") == 0 ? FLAG_LONG :
		    strcmp(word[1], "num") == 0 ? FLAG_NUM :
		    strcasecmp(word[1], "UTF-8") == 0 ? FLAG_UTF8 : FLAG_CHAR;
	} else if (strcmp(word[0], "KEEPCASE") == 0) {
		flag_read(a, word[1], strlen(word[1]), &a->keep_case);
	} else if (strcmp(word[0], "FORBIDDENWORD") == 0) {
		flag_read(a, word[1], strlen(word[1]), &a->forbidden);
	}
}

/* The encoding, from the bytes of the .aff file: it stands on a line "SET name". */
static int
set_read(struct affixes *a, const char *path)
{
	struct in *in = in_open(path);
	struct buf line = {0};
	int got;

	strcpy(a->set, "ISO8859-1");
	if (in == NULL) {
		msg(MSG_ERROR, path, 0, "cannot be read", "%s", strerror(errno));
		return -1;
	}
	while ((got = in_line(in, &line, NULL)) > 0) {
		const char *s = buf_str(&line);

		s += strncmp(s, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
		if (strncmp(s, "SET ", 4) != 0)
			continue;
		s += 4 + strspn(s + 4, " \t");
		snprintf(a->set, sizeof(a->set), "%.*s", (int)strcspn(s, " \t\r"), s);
		if (strncmp(a->set, "microsoft-", 10) == 0)
			memmove(a->set, a->set + 10, strlen(a->set + 10) + 1);
	}
	in_close(in);
	buf_free(&line);
	a->utf8 = strcasecmp(a->set, "UTF-8") == 0;
	return got < 0 ? -1 : 0;
}

static int
by_flag(const void *a, const void *b)
{
	const struct affix *x = a, *y = b;

	if (x->flag != y->flag)
		return x->flag < y->flag ? -1 : 1;
	return x->prefix - y->prefix;
}

struct affixes *
affixes_read(const char *path)
{
	struct affixes *a = mem_alloc(sizeof(*a));
	struct buf b = {0};
	bool alias = false;

	*a = (struct affixes) {.keep_case = FLAG_NONE, .forbidden = FLAG_NONE};
	if (set_read(a, path) < 0 || text_read(path, a->set, &b) < 0) {
		affixes_free(a);
		a = NULL;
	} else if (b.len > 0) {
		char *line = b.data, *end;

		buf_str(&b);
		for (line = b.data; (end = strchr(line, '\n')) != NULL; line = end + 1) {
			*end = '\0';
			affixes_line(a, line, &alias);
		}
		if (a->n > 0)
			qsort(a->list, a->n, sizeof(*a->list), by_flag);
	}
	buf_free(&b);
	return a;
}

void
affixes_free(struct affixes *a)
{
	for (size_t i = 0; i < a->n; i++) {
		for (size_t k = 0; k < a->list[i].n; k++) {
			struct rule *r = &a->list[i].rule[k];

			free(r->strip);
			free(r->add);
			free(r->cond);
			free(r->more.list);
		}
		free(a->list[i].rule);
	}
	for (size_t i = 0; i < a->nalias; i++)
		free(a->alias[i].list);
	free(a->list);
	free(a->alias);
	free(a);
}
