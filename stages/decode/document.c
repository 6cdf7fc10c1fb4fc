/*
 * document: a source in, its clean lines out, plain or tagged, with what was found and counted.
 * A document is held whole up to a window; of a larger one each window is decoded with what the
 * windows before it have shown.
 */
#include <errno.h>
#include <string.h>

#include "clean.h"
#include "convert.h"
#include "document.h"
#include "entity.h"
#include "mend.h"
#include "msg.h"
#include "record.h"
#include "reduced.h"
#include "sound.h"
#include "source.h"
#include "utf8.h"

struct document {
	const struct settings *set;
	const char *src;
	struct records rec;
	struct encoding encoding;
	bool html; /* it has references to characters */
	size_t line;
	struct tally tally;
	struct mender *mender;
	struct reduced reduced;
	struct line current, spare;
};

/* Bytes that are converted at a time, so that they stay at hand. */
enum {
	BLOCK = 1 << 18
};

/* Writes the line s[0..n), which needs nothing done. */
static void
put_sound(struct document *d, const char *s, size_t n, bool ended)
{
	d->line++;
	if (d->set->tagged) {
		record_text(&d->rec, s, n);
		reduced_add(&d->reduced, s, n);
		return;
	}
	out_add(d->rec.to, s, n);
	if (ended)
		out_addc(d->rec.to, '\n');
}

/* Mends, cleans and writes the line s[0..n); ended: a line end follows it in the source. */
static void
put_line(struct document *d, const char *s, size_t n, bool ended)
{
	const struct settings *set = d->set;
	struct line *l = &d->current;

	line_clear(l);
	l->noted = set->tagged;
	buf_add(&l->s, s, n);
	if (d->html)
		entity_line(l, &d->spare, &d->tally);
	if (!set->nothing && !(d->html && sound_span(l->s.data, l->s.len) == l->s.len))
		mend_line(d->mender, l, &d->spare);
	clean_line(l, &d->spare, &d->tally, !set->tagged);
	put_sound(d, l->s.data, l->s.len, ended);
	if (set->tagged)
		record_notes(&d->rec, l);
}

/* The text of a window, and where the next of some things is. */
struct text {
	const char *s;
	size_t n, i; /* i: the start of the line at hand */
	size_t lf, question; /* the first LF, the first question mark in a word, at or behind i */
	size_t ampersand; /* the first in a document of HTML */
	bool lf_known;
};

/* The end of the line at hand: at its LF, CR or CRLF, or n; *next is where the next one starts. */
static size_t
line_end(struct document *d, struct text *t, size_t *next)
{
	const char *lf, *cr;

	if (!t->lf_known || t->lf < t->i) {
		t->lf_known = true;
		lf = memchr(t->s + t->i, '\n', t->n - t->i);
		t->lf = lf != NULL ? (size_t)(lf - t->s) : t->n;
	}
	cr = memchr(t->s + t->i, '\r', t->lf - t->i);
	if (cr == NULL) {
		*next = t->lf + (t->lf < t->n);
		return t->lf;
	}
	d->tally.n[TALLY_CR]++;
	*next = (size_t)(cr - t->s) + 1;
	if (*next == t->lf && t->lf < t->n)
		++*next;
	return (size_t)(cr - t->s);
}

static size_t
next_ampersand(const struct document *d, const struct text *t)
{
	const char *p = d->html ? memchr(t->s + t->i, '&', t->n - t->i) : NULL;

	return p != NULL ? (size_t)(p - t->s) : t->n;
}

/* How far the text from the line at hand on needs nothing done. */
static size_t
sound_until(const struct document *d, struct text *t)
{
	const char *s = t->s + t->i;
	size_t end;

	if (d->set->nothing)
		return t->i + clean_lines(s, t->n - t->i);
	if (t->i > t->question)
		t->question = t->i + sound_question(s, t->n - t->i);
	if (t->i > t->ampersand)
		t->ampersand = next_ampersand(d, t);
	end = t->question < t->ampersand ? t->question : t->ampersand;
	if (mender_wary(d->mender))
		return t->i + sound_ascii(s, end - t->i);
	return t->i + sound_span(s, end - t->i);
}

/* Writes the whole lines up to byte end, which need nothing done. */
static void
put_sound_lines(struct document *d, struct text *t, size_t end)
{
	while (end > t->i && t->s[end - 1] != '\n')
		end--;
	if (!d->set->tagged) {
		out_add(d->rec.to, t->s + t->i, end - t->i);
		t->i = end;
	}
	while (t->i < end) {
		const char *s = t->s + t->i, *lf = memchr(s, '\n', end - t->i);

		put_sound(d, s, (size_t)(lf - s), true);
		t->i += (size_t)(lf - s) + 1;
	}
}

static void
put_text(struct document *d, const char *s, size_t n)
{
	struct text t = {.s = s, .n = n};

	t.question = d->set->nothing ? n : sound_question(s, n);
	t.ampersand = next_ampersand(d, &t);
	while (t.i < n) {
		size_t until = sound_until(d, &t), end, next;

		put_sound_lines(d, &t, until);
		if (t.i == n)
			break;
		end = line_end(d, &t, &next);
		if (end <= until)
			put_sound(d, s + t.i, end - t.i, next > end);
		else
			put_line(d, s + t.i, end - t.i, next > end);
		t.i = next;
	}
}

/* Must the encoding be looked for in this window? */
static bool
undecided(const struct document *d, bool sound, bool first)
{
	enum encoding_kind k = d->encoding.kind;

	if (d->set->forced != NULL)
		return false;
	return first || k == ENC_ASCII || (k == ENC_UTF8 && d->encoding.single == NULL && !sound);
}

/* Are the bytes of ASCII in it ASCII and nothing else? */
static bool
ascii_based(const struct encoding *e)
{
	return e->kind == ENC_ASCII || e->kind == ENC_UTF8 || e->kind == ENC_SINGLE;
}

/* The length of a block of whole lines at the start of s, of about so many bytes. */
static size_t
block(const struct encoding *e, const char *s, size_t n)
{
	const char *lf = NULL;

	if (n > BLOCK && ascii_based(e))
		lf = memchr(s + BLOCK, '\n', n - BLOCK);
	return lf != NULL ? (size_t)(lf - s) + 1 : n;
}

static void
look_for_html(struct document *d, const char *s, size_t n)
{
	d->html = d->html || (!d->set->nothing && entity_shown(s, n));
}

/* Writes the text of bytes that are not UTF-8, or not only. */
static void
put_converted(struct document *d, const char *s, size_t n)
{
	struct buf text = {0};

	while (n > 0) {
		size_t k = block(&d->encoding, s, n);

		buf_clear(&text);
		convert(&d->encoding, s, k, &text, &d->tally);
		if (!ascii_based(&d->encoding))
			look_for_html(d, text.data, text.len);
		mender_expect(d->mender, text.data, text.len);
		put_text(d, text.data, text.len);
		s += k;
		n -= k;
	}
	buf_free(&text);
}

static void
put_window(struct document *d, const struct buf *raw, bool first)
{
	const char *s = raw->data;
	size_t n = raw->len, good = utf8_valid(s, n);

	if (undecided(d, good == n, first))
		d->encoding = detect(s, n, good, d->set->explain);
	if (first) {
		s += d->encoding.bom;
		n -= d->encoding.bom;
	}
	if (ascii_based(&d->encoding))
		look_for_html(d, s, n);
	if (d->encoding.kind > ENC_UTF8 || good < raw->len) {
		put_converted(d, s, n);
	} else {
		mender_expect(d->mender, s, n);
		put_text(d, s, n);
	}
}

static void
put_sums(struct document *d, struct source *s)
{
	char hex[SHA256_HEX];

	record_number(&d->rec, "bytes", "", source_bytes(s));
	source_sha256(s, hex);
	record_meta(&d->rec, "sha256", hex, -1);
}

static void
put_count(void *ctx, const char *name, size_t n)
{
	record_number(ctx, "count", name, n);
}

static void
put_found(struct document *d)
{
	const struct settings *set = d->set;
	char hex[SHA256_HEX];
	struct buf b = {0};

	encoding_describe(&d->encoding, &b);
	record_meta(&d->rec, "encoding", buf_str(&b), d->encoding.post);
	record_number(&d->rec, "lines", "", d->line);
	reduced_end(&d->reduced, hex);
	record_meta(&d->rec, "sha256-reduced", hex, -1);
	for (int k = 0; k < TALLY_KINDS; k++)
		if (d->tally.n[k] > 0)
			record_number(&d->rec, "count", tally_name(k), d->tally.n[k]);
	mender_counts(d->mender, put_count, &d->rec);
	buf_clear(&b);
	buf_addf(&b, "decode %s -t%s%s%s", EMEND_VERSION, set->nothing ? " -n" : "",
	    set->forced != NULL ? " -e " : "", set->forced != NULL ? set->forced : "");
	record_meta(&d->rec, "stage", buf_str(&b), -1);
	buf_free(&b);
}

/* Reports that the document failed, in the stream too. */
static void
fail(struct document *d, const char *reason, const char *detail)
{
	struct buf b = {0};

	msg(MSG_ERROR, strcmp(d->src, "-") == 0 ? "<stdin>" : d->src, 0, reason, "%s", detail);
	buf_addf(&b, "%s: %s", reason, detail);
	if (d->set->tagged)
		record_put(&d->rec, 'X', (const char *const[]){"decode", buf_str(&b), NULL});
	buf_free(&b);
}

/* Is this a tagged stream, to be passed on? */
static bool
tagged_already(const struct settings *set, const struct buf *raw)
{
	return !set->plain && !set->listed && !set->tagged && raw->len >= 7 &&
	       memcmp(raw->data, "#emend ", 7) == 0;
}

/* The windows of a source, one after the other.  Returns false where the document failed. */
static bool
put_source(struct document *d, struct source *s)
{
	struct buf raw = {0};
	bool first = true, sums = false, as_is = false;
	const char *binary;
	int got;

	while ((got = source_window(s, &raw)) > 0) {
		if (first) {
			binary = d->set->forced != NULL ? NULL : detect_binary(raw.data, raw.len);
			if (binary != NULL) {
				fail(d, "binary, not text", binary);
				buf_free(&raw);
				return false;
			}
			as_is = tagged_already(d->set, &raw);
			sums = d->set->tagged && source_ended(s);
			if (sums)
				put_sums(d, s);
		}
		if (as_is)
			out_add(d->rec.to, raw.data, raw.len);
		else
			put_window(d, &raw, first);
		first = false;
	}
	buf_free(&raw);
	if (got < 0) {
		fail(d, "cannot read", source_error(s));
		return false;
	}
	if (d->set->tagged && !sums)
		put_sums(d, s);
	return true;
}

static void
count_repairs(void *ctx, const char *name, size_t n)
{
	(void)ctx;
	(void)name;
	msg_count("mojibake", n);
}

static void
document_end(struct document *d)
{
	for (int k = 0; k < TALLY_KINDS; k++)
		if (d->tally.n[k] > 0)
			msg_count(tally_name(k), d->tally.n[k]);
	mender_counts(d->mender, count_repairs, NULL);
	mender_close(d->mender);
	line_free(&d->current);
	line_free(&d->spare);
	reduced_free(&d->reduced);
	buf_free(&d->rec.b);
}

void
document_decode(
    const struct settings *set, const char *id, const char *out, const char *src, struct out *o)
{
	struct document d = {.set = set, .src = src, .rec = {.to = o}};
	struct source *s = source_open(src, set->tagged);
	struct buf outkey = {0}, srckey = {0};

	d.encoding = set->forced != NULL ? set->encoding
					 : (struct encoding){ENC_ASCII, NULL, "us-ascii", 99, 0};
	reduced_init(&d.reduced);
	d.mender = mender_open(set->explain);
	if (set->tagged) {
		buf_addf(&outkey, "out=%s", out);
		buf_addf(&srckey, "src=%s", src);
		record_put(&d.rec, 'D',
		    (const char *const[]){id, buf_str(&srckey), buf_str(&outkey), NULL});
	}
	if (s == NULL)
		fail(&d, "cannot open", strerror(errno));
	else if (put_source(&d, s) && set->tagged)
		put_found(&d);
	if (s != NULL)
		source_close(s);
	if (set->tagged)
		record_end(&d.rec);
	document_end(&d);
	buf_free(&outkey);
	buf_free(&srckey);
}
