/*
 * langtag: the language of every block, statement and document, and of the foreign words inside
 * a block.  In: the tagged stream; out: the same with lang on D, S and B records, lang notes and
 * shares of languages.  In: plain text; out: language, posterior and line for each line that is
 * not empty.  It never changes a text and never calls a number or noise a language.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "langtag.h"
#include "msg.h"
#include "stage.h"
#include "table.h"

static struct ask ask; /* without what the statement says */
static const char *list; /* -l */
static enum plain_form form; /* -a, -x */

static bool
option(int letter, const char *arg)
{
	if (letter == 'l')
		list = arg;
	if (letter == 'a')
		form = PLAIN_SHARES;
	if (letter == 'x')
		form = PLAIN_SPANS;
	return true;
}

/* The languages of a list of tags between commas or spaces. */
static uint64_t
mask_of(const char *tags)
{
	uint64_t mask = 0;
	char name[32];
	size_t n;
	int l;

	for (; *tags != '\0'; tags += n + (tags[n] != '\0')) {
		n = strcspn(tags, ", ");
		if (n == 0 || n >= sizeof(name))
			continue;
		memcpy(name, tags, n);
		name[n] = '\0';
		l = lang_index(ask.model, name);
		if (l != LANG_NONE)
			mask |= (uint64_t)1 << l;
		else if (strcmp(name, "sr") == 0)
			mask |= mask_of("sr-Latn,sr-Cyrl");
		else
			msg(MSG_WARNING, NULL, 0, "no such language in the model", "%s", name);
	}
	return mask;
}

/* Takes "tag weight tag weight ...": a language of weight 4 is four times as likely as others. */
static void
take_priors(const char *s)
{
	char tag[16];
	unsigned weight;
	int used, l;

	for (; sscanf(s, " %15[^ ,] %u%n", tag, &weight, &used) == 2;
	     s += used + (s[used] == ',')) {
		l = lang_index(ask.model, tag);
		if (l == LANG_NONE || weight == 0 || weight > 1000)
			msg(MSG_WARNING, NULL, 0, "no such language, or not a weight", "%s %u", tag,
			    weight);
		else
			ask.prior[l] = -choose_log_share(1, weight);
	}
}

/* A setting of [langtag]: languages, prior (tag, weight, ...) and what undecided sh is called. */
static void
take_setting(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	(void)ctx;
	if (n < 2)
		return;
	if (strcmp(field[0], "languages") == 0 && list == NULL)
		ask.allowed = mask_of(field[1]);
	else if (strcmp(field[0], "prior") == 0)
		take_priors(field[1]);
	else if (strcmp(field[0], "undecided") == 0 && !choose_sh(ask.model, field[1]))
		msg(MSG_WARNING, file, line, "not sh, bs, hr or sr-Latn", "%s", field[1]);
}

/* Bosnian, Croatian and Serbian together are as likely at first as any other language. */
static void
share_prior(void)
{
	uint64_t left = ask.sisters & ask.allowed, sisters = 0;
	size_t l;

	for (l = 0; l < lang_count(ask.model); l++)
		sisters += left >> l & 1;
	for (l = 0; l < lang_count(ask.model); l++)
		if (left >> l & 1)
			ask.prior[l] += choose_log_share(1, sisters);
}

static void
begin(const struct stage_options *o)
{
	ask.model = lang_open();
	if (ask.model == NULL)
		msg_die("models/lang.bin: %s", strerror(errno));
	ask.allowed = LANG_ALL;
	ask.sisters = choose_sisters(ask.model);
	ask.explain = o->explain;
	gazetteer_read(ask.model);
	if (o->conf != NULL && conf_read(o->conf, "langtag", take_setting, NULL) != 0)
		msg_die("%s: %s", o->conf, strerror(errno));
	if (list != NULL)
		ask.allowed = mask_of(list);
	share_prior();
	if (ask.allowed == 0)
		msg_die("no language of the model is left to choose from");
}

static void
document(struct doc *d, const struct stage_options *o)
{
	(void)o;
	if (d->tagged)
		statement_document(&ask, d);
}

static void
print(struct out *out, struct doc *d)
{
	plain_print(&ask, form, out, d);
}

int
main(int argc, char **argv)
{
	static const struct stage stage = {
	    .name = "langtag",
	    .synopsis = "[-adhTtVvx] [-c conf] [-l tag,...] [file ...]",
	    .letters = "al:x",
	    .option = option,
	    .begin = begin,
	    .document = document,
	    .print = print,
	};

	return stage_run(&stage, argc, argv);
}
