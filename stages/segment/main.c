/*
 * emend-segment: statements, pages and blocks in reading order out of raw lines.  In: the tagged
 * stream with one T a line, or plain text; out: S, B and their texts, or one block a line.  It
 * drops no line and changes no word.
 */
#include <errno.h>
#include <string.h>

#include "msg.h"
#include "segment.h"
#include "stage.h"
#include "table.h"

static struct settings set;

static void
document(struct doc *d, const struct stage_options *o)
{
	set.explain = o->explain;
	document_segment(d, &set);
}

/* Plain out: one block a line, a white line between. */
static void
print_plain(struct out *out, struct doc *d)
{
	bool first = true;

	for (size_t i = 0; i < d->n; i++) {
		const struct rec *r = &d->rec[i];
		if (r->tag != 'B' || r->text.s.len == 0)
			continue;
		if (!first)
			out_addc(out, '\n');
		first = false;
		out_add(out, r->text.s.data, r->text.s.len);
		out_addc(out, '\n');
	}
}

static bool
option(int letter, const char *arg)
{
	(void)arg;
	set.source_order = letter == 'O';
	return set.source_order;
}

/* segment has no settings: a section of its name holds mistakes. */
static void
setting(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	(void)ctx;
	(void)n;
	msg(MSG_WARNING, file, line, "no setting of segment", "%s", field[0]);
}

static void
begin(const struct stage_options *o)
{
	if (o->conf != NULL && conf_read(o->conf, "segment", setting, NULL) != 0)
		msg_die("%s: %s", o->conf, strerror(errno));
	settings_open(&set);
}

int
main(int argc, char **argv)
{
	static const struct stage stage = {
	    .name = "segment",
	    .synopsis = "[-dhOTtVv] [-c conf] [file ...]",
	    .letters = "O",
	    .option = option,
	    .begin = begin,
	    .document = document,
	    .print = print_plain,
	};
	int status = stage_run(&stage, argc, argv);

	settings_close(&set);
	return status;
}
