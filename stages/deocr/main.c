/*
 * deocr: corrects what a scanner broke.  In: a tagged stream of blocks whose languages are known,
 * or plain lines; out: the same with words corrected, each change with its source form and its
 * posterior.  Names and figures stay, and so does a sound word that nothing speaks against.
 */
#include <stdlib.h>
#include <string.h>

#include "guess.h"
#include "msg.h"
#include "record.h"
#include "stage.h"
#include "table.h"

static struct settings settings = {.threshold = 85, .doubt = 50};
static int asked = -1;	/* the threshold of -p, which wins over the settings */
static const char *lang;
static struct record record;

static bool
hundredths(const char *s, int *out)
{
	char *end;
	double p = strtod(s, &end);

	if (end == s || *end != '\0' || !(p >= 0 && p <= 1))
		return false;
	*out = (int)(p * 100 + 0.5);
	return true;
}

static bool
accept_words(const char *path)
{
	if (!words_accept(path))
		return false;
	record_words(&record, path);
	return true;
}

static bool
option(int letter, const char *arg)
{
	switch (letter) {
	case 'l':
		lang = arg;
		return *arg != '\0' && strlen(arg) < 36;
	case 'p':
		return hundredths(arg, &asked);
	case 'w':
		return accept_words(arg);
	}
	return false;
}

static void
setting(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	(void)ctx;
	if (n == 2 && strcmp(field[0], "threshold") == 0 &&
	    hundredths(field[1], &settings.threshold))
		return;
	if (n == 2 && strcmp(field[0], "doubt") == 0 && hundredths(field[1], &settings.doubt))
		return;
	if (n == 2 && strcmp(field[0], "words") == 0 && accept_words(field[1]))
		return;
	msg(MSG_WARNING, file, line, "no setting of deocr", "%s", field[0]);
}

static void
begin(const struct stage_options *o)
{
	if (o->conf != NULL && conf_read(o->conf, "deocr", setting, NULL) != 0)
		msg_die("%s: cannot read", o->conf);
	if (asked >= 0)
		settings.threshold = asked;
	settings.explain = o->explain;
}

/* Blocks whose words are no running text. */
static bool
left_alone(const char *kind)
{
	static const char *const kinds[] = {"letterhead", "header", "footer", "pagenum", "rule", "web",
		"residue", "noise", "pb", "signed", "address", "speaker"};
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kind, kinds[i]) == 0)
			return true;
	return false;
}

static void
add(struct statement *s, struct text *t, const char *id, const char *tag)
{
	struct language *l = language_get(tag);

	record_language(&record, l);
	statement_add(s, t, id, l);
}

static void
plain_document(struct doc *d)
{
	struct statement *s = statement_open(&settings);
	struct paragraphs p = {0};
	size_t i;

	paragraphs_join(&p, d);
	if (lang == NULL)
		guess_languages(&p);
	for (i = 0; i < p.n; i++) {
		const char *tag = lang != NULL ? lang : p.list[i].lang;

		if (tag != NULL)
			add(s, &p.list[i].text, "paragraph", tag);
	}
	statement_correct(s);
	for (i = 0; i < p.n; i++)
		record_text(&record, &p.list[i].text);
	paragraphs_part(&p, d);
	paragraphs_free(&p);
	statement_close(s);
}

static void
tagged_document(struct doc *d)
{
	struct statement *s = statement_open(&settings);
	const char *outer = NULL, *inner = NULL;
	size_t i;

	for (i = 0; i < d->n; i++) {
		struct rec *r = &d->rec[i];
		const char *own = rec_get(r, "lang"), *id = rec_get(r, "id");

		if (r->tag == 'D') {
			outer = inner = own;
		} else if (r->tag == 'S') {
			statement_correct(s);
			inner = own != NULL ? own : outer;
		} else if (r->tag == 'B' && !left_alone(rec_kind(r))) {
			if (lang != NULL || own == NULL)
				own = lang != NULL ? lang : inner;
			if (own != NULL)
				add(s, &r->text, id != NULL ? id : "", own);
		}
	}
	statement_correct(s);
	for (i = 0; i < d->n; i++)
		record_text(&record, &d->rec[i].text);
	statement_close(s);
}

static void
document(struct doc *d, const struct stage_options *o)
{
	(void)o;
	if (d->tagged)
		tagged_document(d);
	else
		plain_document(d);
	record_write(&record, d, &settings);
}

int
main(int argc, char **argv)
{
	static const struct stage stage = {.name = "deocr",
		.synopsis = "[-dhTtVv] [-c conf] [-l lang] [-p posterior] [-w words] [file ...]",
		.letters = "l:p:w:", .option = option, .begin = begin, .document = document};
	int status;

	status = stage_run(&stage, argc, argv);
	record_free(&record);
	return status;
}
