/*
 * tally: the names of what decode counts.
 */
#include "tally.h"

static const char *const names[TALLY_KINDS] = {
    [TALLY_CR] = "carriage-return",
    [TALLY_FORMFEED] = "form-feed",
    [TALLY_NUL] = "nul",
    [TALLY_CONTROL] = "control",
    [TALLY_C1] = "c1-control",
    [TALLY_SEPARATOR] = "separator",
    [TALLY_NONCHARACTER] = "noncharacter",
    [TALLY_INVALID] = "invalid-byte",
    [TALLY_CESU8] = "cesu-8",
    [TALLY_SURROGATE] = "surrogate",
    [TALLY_OVERLONG] = "overlong",
    [TALLY_ENTITY] = "html-entity",
    [TALLY_REPLACEMENT] = "replacement-character",
    [TALLY_SOFT_HYPHEN] = "soft-hyphen",
    [TALLY_SOFT_HYPHEN_END] = "soft-hyphen-end",
    [TALLY_ZERO_WIDTH] = "zero-width",
    [TALLY_BIDI] = "bidi-control",
    [TALLY_PRIVATE_USE] = "private-use",
    [TALLY_LIGATURE] = "ligature",
    [TALLY_NFC] = "nfc",
};

const char *
tally_name(enum tally_kind k)
{
	return names[k];
}
