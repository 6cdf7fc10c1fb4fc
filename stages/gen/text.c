/*
 * text: clean prose out of documentation, for gen/ngrams.  In: files of one format (-f): html (or
 * any XML), mo (a gettext catalogue), json (its strings), wrap (paragraphs of lines, a blank line
 * between), keys (key = message, or an entity's), gloss (WordNet's, behind the bar).  Out:
 * paragraphs of the language, one a line; code, markup, and what is not mostly words of the
 * lexicon is left out.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "io.h"
#include "lexicon.h"
#include "msg.h"
#include "token.h"
#include "utf8.h"

#define SYNOPSIS "-l lang -f format file..."

enum {
	WORDS = 4,		/* words of a paragraph at least */
	KNOWN = 85,		/* per cent of its words that are known */
	LETTERS = 70,		/* per cent of its characters that are letters or spaces */
};

/* Stands where something was left out inside a sentence: a pause to the model. */
#define GAP " , "

struct reader {
	const struct lexicon *lexicon;
	const struct elision *elision;
	struct tokens tokens;
	struct buf form;
	struct out *out;
};

/* Is the paragraph prose of the language? */
static bool
is_prose(struct reader *r, const char *s, size_t n)
{
	size_t words = 0, known = 0, letters = 0, chars = 0;
	uint32_t cp;

	if (utf8_valid(s, n) != n)
		return false;
	for (size_t i = 0; i < n; chars++) {
		i += utf8_get(s + i, n - i, &cp);
		letters += cp == ' ' || uc_letter(cp);
	}
	token_cut(r->elision, s, n, &r->tokens);
	for (size_t i = 0; i < r->tokens.n; i++) {
		const struct token *t = &r->tokens.list[i];

		if (t->kind == TOKEN_CLITIC) {
			words++;
			known++;
		} else if (t->kind == TOKEN_WORD) {
			buf_clear(&r->form);
			token_form(&r->form, s + t->off, t->len);
			words++;
			known += lexicon_knows(r->lexicon, r->form.data, r->form.len);
		}
	}
	return words >= WORDS && known * 100 >= words * KNOWN && letters * 100 >= chars * LETTERS;
}

/* Writes the paragraph b with its white space made single, and empties it. */
static void
paragraph_end(struct reader *r, struct buf *b)
{
	size_t n = 0;
	uint32_t cp;

	for (size_t i = 0, len; i < b->len; i += len) {
		len = utf8_get(b->data + i, b->len - i, &cp);
		if (cp == 0xAD || cp == 0x200B || cp == 0xFEFF)
			continue;
		if (cp < ' ' || cp == 0x7F || (cp != UTF8_BAD && uc_space(cp))) {
			if (n > 0 && b->data[n - 1] != ' ')
				b->data[n++] = ' ';
			continue;
		}
		memmove(b->data + n, b->data + i, len);
		n += len;
	}
	while (n > 0 && b->data[n - 1] == ' ')
		n--;
	if (n > 0 && is_prose(r, b->data, n)) {
		out_add(r->out, b->data, n);
		out_addc(r->out, '\n');
	}
	buf_clear(b);
}

static bool
name_in(const char *list, const char *s, size_t n)
{
	for (; *list != '\0'; list += strcspn(list, " "), list += *list == ' ')
		if (strcspn(list, " ") == n && strncasecmp(list, s, n) == 0)
			return true;
	return false;
}

/* Elements that stand inside a paragraph; all others end it. */
static const char inside[] = "a abbr acronym b bdi bdo big cite del dfn em emph emphasis font i ins "
    "link mark q s small span strong sub sup u guilabel gui guiseq guibutton guimenu guimenuitem "
    "app citetitle trademark productname phrase";
/* Elements whose text is no prose: of those that stand inside a paragraph, a gap is left. */
static const char gaps[] = "code tt kbd samp var key keyseq keycap file cmd sys input output command "
    "filename literal option userinput varname replaceable";
static const char left_out[] = "pre script style nav head screen programlisting textarea listing "
    "title revision";

/* Appends the character an entity &name; stands for, a space where it is not known. */
static void
entity_add(struct buf *b, const char *s, size_t n)
{
	static const struct {
		const char *name;
		uint32_t cp;
	} list[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''},
	    {"rsquo", 0x2019}, {"lsquo", 0x2018}, {"ldquo", 0x201C}, {"rdquo", 0x201D},
	    {"laquo", 0xAB}, {"raquo", 0xBB}, {"mdash", 0x2014}, {"ndash", 0x2013},
	    {"hellip", 0x2026}, {"eacute", 0xE9}, {"egrave", 0xE8}, {"ecirc", 0xEA},
	    {"agrave", 0xE0}, {"acirc", 0xE2}, {"ccedil", 0xE7}, {"ocirc", 0xF4},
	    {"icirc", 0xEE}, {"ugrave", 0xF9}, {"ucirc", 0xFB}, {"iuml", 0xEF}, {"euml", 0xEB},
	    {"oelig", 0x153}};
	uint32_t cp = ' ';

	if (n > 1 && s[0] == '#')
		cp = (uint32_t)strtoul(s + (s[1] == 'x' ? 2 : 1), NULL, s[1] == 'x' ? 16 : 10);
	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++)
		if (strlen(list[i].name) == n && memcmp(list[i].name, s, n) == 0)
			cp = list[i].cp;
	utf8_add(b, cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF) ? ' ' : cp);
}

/* Where the element whose opening tag ends before s ends: behind its closing tag, else at s. */
static const char *
element_end(const char *s, const char *name, size_t n)
{
	for (const char *p = s; (p = strchr(p, '<')) != NULL; p++)
		if (p[1] == '/' && strncasecmp(p + 2, name, n) == 0 && strcspn(p + 2, "> ") == n) {
			p = strchr(p, '>');
			return p != NULL ? p + 1 : s;
		}
	return s;
}

/* Passes the tag at s ("<...>"), or the whole element where it holds no prose. */
static const char *
tag_pass(struct reader *r, const char *s, struct buf *b)
{
	const char *name = s + 1 + (s[1] == '/'), *end;
	size_t n = strcspn(name, " \t\n/>");
	bool opens;

	if (strncmp(s, "<!--", 4) == 0) {
		end = strstr(s, "-->");
		return end != NULL ? end + 3 : "";
	}
	if ((end = strchr(s, '>')) == NULL)
		return "";
	opens = s[1] != '/' && end[-1] != '/';
	end++;
	if (name_in(inside, name, n))
		return end;
	if (name_in(gaps, name, n)) {
		if (!opens)
			return end;
		buf_adds(b, GAP);
		return element_end(end, name, n);
	}
	paragraph_end(r, b);
	return opens && name_in(left_out, name, n) ? element_end(end, name, n) : end;
}

static void
markup_read(struct reader *r, const char *s)
{
	struct buf b = {0};

	while (*s != '\0') {
		size_t n = strcspn(s, "<&");

		buf_add(&b, s, n);
		s += n;
		if (*s == '<') {
			s = tag_pass(r, s, &b);
		} else if (*s == '&') {
			n = strcspn(s + 1, "; <&\n");
			if (s[n + 1] == ';') {
				entity_add(&b, s + 1, n);
				s += n + 2;
			} else {
				buf_addc(&b, *s++);
			}
		}
	}
	paragraph_end(r, &b);
	buf_free(&b);
}

/* A message of a program: accelerators and tags out, a gap for what is filled in. */
static void
message_read(struct reader *r, const char *s)
{
	struct buf b = {0};

	for (; *s != '\0'; s++) {
		size_t n = 0;

		if (*s == '%')
			n = s[1] == '(' ? strcspn(s, ")") + 2 : strspn(s + 1, "0123456789$.-+# ") + 2;
		else if (*s == '{')
			n = strcspn(s, "}") + 1;
		else if (*s == '$' && (s[1] == '{' || (s[1] >= '0' && s[1] <= '9')))
			n = 2;
		if (n > 0) {
			buf_adds(&b, GAP);
			s += (n < strlen(s) ? n : strlen(s)) - 1;
		} else if (*s == '<') {
			n = strcspn(s, ">");
			s += s[n] == '>' ? n : 0;
		} else if (*s == '\\' && s[1] == 'n') {
			buf_addc(&b, ' ');
			s++;
		} else if (*s != '_' && *s != '&') {
			buf_addc(&b, *s);
		}
	}
	paragraph_end(r, &b);
	buf_free(&b);
}

static uint32_t
u32_get(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* The translations of a catalogue, GNU's format, least significant byte first. */
static void
catalogue_read(struct reader *r, struct buf *all)
{
	uint32_t n, table;

	buf_str(all);
	if (all->len < 28 || u32_get(all->data) != 0x950412DE)
		return;
	n = u32_get(all->data + 8);
	table = u32_get(all->data + 16);
	for (uint32_t i = 0; i < n && (size_t)table + 8 * (size_t)i + 8 <= all->len; i++) {
		uint32_t len = u32_get(all->data + table + 8 * i);
		uint32_t off = u32_get(all->data + table + 8 * i + 4);

		if (i > 0 && (size_t)off + len < all->len)
			message_read(r, all->data + off);
	}
}

/* Every string of a JSON file that is a value. */
static void
json_read(struct reader *r, const char *s)
{
	struct buf b = {0};

	while ((s = strchr(s, '"')) != NULL) {
		for (s++; *s != '\0' && *s != '"'; s++) {
			if (*s == '\\' && s[1] != '\0' && *++s != '"')
				buf_addc(&b, ' ');
			else
				buf_addc(&b, *s);
		}
		if (*s == '\0')
			break;
		s++;
		if (s[strspn(s, " \t")] != ':')
			message_read(r, buf_str(&b));
		buf_clear(&b);
	}
	buf_free(&b);
}

/* Lines joined up to a blank one, or one of signs alone. */
static void
wrapped_read(struct reader *r, const char *s)
{
	struct buf b = {0};

	while (*s != '\0') {
		size_t n = strcspn(s, "\n");

		if (strspn(s, " \t\r-=*_%#") >= n) {
			paragraph_end(r, &b);
		} else {
			buf_addc(&b, ' ');
			buf_add(&b, s, n);
		}
		s += n + (s[n] == '\n');
	}
	paragraph_end(r, &b);
	buf_free(&b);
}

/* Where the message of a line begins: behind "key =", behind <!ENTITY key ". */
static const char *
key_pass(const char *s)
{
	size_t n = strspn(s, " \t-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

	if (strncmp(s, "<!ENTITY ", 9) == 0)
		return s + strcspn(s, "\"") + (strchr(s, '"') != NULL);
	return s[n] == '=' ? s + n + 1 : s;
}

/* Where the glosses of a line of WordNet begin. */
static const char *
gloss_pass(const char *s)
{
	const char *bar = strchr(s, '|');

	return bar != NULL ? bar + 1 : "";
}

/* Lines that are messages behind what pass goes over; quotation marks are left out. */
static void
lines_read(struct reader *r, const char *s, const char *(*pass)(const char *))
{
	struct buf b = {0};

	while (*s != '\0') {
		size_t n = strcspn(s, "\n");
		const char *line;

		buf_clear(&b);
		buf_add(&b, s, n);
		line = pass(buf_str(&b));
		for (char *c = b.data; *c != '\0'; c++)
			if (*c == '"' || *c == '>')
				*c = ' ';
		message_read(r, line);
		s += n + (s[n] == '\n');
	}
	buf_free(&b);
}

static void
file_read(struct reader *r, const char *format, const char *path)
{
	struct in *in = in_open(path);
	struct buf all = {0};

	if (in == NULL || in_all(in, &all) < 0) {
		msg(MSG_ERROR, path, 0, "cannot be read", "%s",
		    in != NULL ? in_error(in) : strerror(errno));
	} else if (strcmp(format, "mo") == 0) {
		catalogue_read(r, &all);
	} else {
		for (size_t i = 0; i < all.len; i++)
			if (all.data[i] == '\0')
				all.data[i] = ' ';
		if (strcmp(format, "html") == 0)
			markup_read(r, buf_str(&all));
		else if (strcmp(format, "json") == 0)
			json_read(r, buf_str(&all));
		else if (strcmp(format, "wrap") == 0)
			wrapped_read(r, buf_str(&all));
		else
			lines_read(r, buf_str(&all), *format == 'k' ? key_pass : gloss_pass);
	}
	if (in != NULL)
		in_close(in);
	buf_free(&all);
}

int
main(int argc, char **argv)
{
	struct reader r = {.out = out_open(STDOUT_FILENO, "<stdout>")};
	const char *lang = NULL, *format = NULL;
	struct lexicon *l;
	struct elision *e;
	int c;

	msg_init("text");
	while ((c = getopt(argc, argv, "l:f:hV")) != -1)
		switch (c) {
		case 'l':
			lang = optarg;
			break;
		case 'f':
			format = optarg;
			break;
		case 'h':
			puts("usage: text " SYNOPSIS);
			return 0;
		case 'V':
			puts("emend-text " EMEND_VERSION);
			return 0;
		default:
			msg_usage(SYNOPSIS);
		}
	if (lang == NULL || format == NULL || !name_in("html mo json wrap keys gloss", format, strlen(format)))
		msg_usage(SYNOPSIS);
	if ((l = lexicon_open(lang)) == NULL)
		msg_die("no lexicon of \"%s\": %s", lang, strerror(errno));
	r.lexicon = l;
	r.elision = e = elision_open(lang);
	for (int i = optind; i < argc; i++)
		file_read(&r, format, argv[i]);
	out_close(r.out);
	tokens_free(&r.tokens);
	buf_free(&r.form);
	elision_free(e);
	lexicon_close(l);
	return msg_end(false);
}
