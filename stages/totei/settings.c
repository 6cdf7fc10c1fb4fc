/*
 * settings: what the archive says of all its files, [archive] in pipeline.conf.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "msg.h"
#include "table.h"
#include "totei.h"

/* "What: who" or only who. */
static void
add_resp(struct settings *s, const char *value)
{
	const char *colon = strstr(value, ": ");
	const char *who = colon != NULL ? colon + 2 : value;

	s->resp = mem_more(s->resp, s->nresp, &s->capresp, sizeof(*s->resp));
	s->resp[s->nresp].what = colon != NULL ? mem_dup(value, (size_t)(colon - value)) : NULL;
	s->resp[s->nresp++].who = mem_dup(who, strlen(who));
}

static void
set(void *ctx, const char *file, size_t line, char **field, size_t n)
{
	struct settings *s = ctx;
	const struct {
		const char *key;
		char **value;
	} keys[] = {{"title", &s->title}, {"publisher", &s->publisher}, {"licence", &s->licence},
	    {"licence-target", &s->licence_target}, {"availability", &s->availability},
	    {"repository", &s->repository}, {"edition", &s->edition}, {"date", &s->date},
	    {"shelfmark", &s->shelfmark}, {"split", &s->split}};

	if (n < 2 || *field[1] == '\0')
		return;
	if (strcmp(field[0], "responsibility") == 0) {
		add_resp(s, field[1]);
		return;
	}
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		if (strcmp(field[0], keys[i].key) != 0)
			continue;
		free(*keys[i].value);
		*keys[i].value = mem_dup(field[1], strlen(field[1]));
		return;
	}
	msg(MSG_WARNING, file, line, "unknown setting of [archive]", "%s", field[0]);
}

void
settings_read(struct settings *s, const char *path)
{
	if (conf_read(path, "archive", set, s) < 0)
		msg_die("%s: %s", path, strerror(errno));
	if (s->split != NULL && strcmp(s->split, "statement") != 0)
		msg_die("%s: split is %s, not statement", path, s->split);
	if (s->availability == NULL || strcmp(s->availability, "free") == 0 ||
	    strcmp(s->availability, "restricted") == 0 || strcmp(s->availability, "unknown") == 0)
		return;
	msg_die("%s: availability is %s, not free, restricted or unknown", path, s->availability);
}

bool
settings_ready(const struct settings *s)
{
	return s->publisher != NULL && s->availability != NULL &&
	    strcmp(s->availability, "unknown") != 0;
}

void
settings_free(struct settings *s)
{
	for (size_t i = 0; i < s->nresp; i++) {
		free(s->resp[i].what);
		free(s->resp[i].who);
	}
	free(s->resp);
	free(s->title);
	free(s->publisher);
	free(s->licence);
	free(s->licence_target);
	free(s->availability);
	free(s->repository);
	free(s->edition);
	free(s->date);
	free(s->shelfmark);
	free(s->split);
	*s = (struct settings){0};
}
