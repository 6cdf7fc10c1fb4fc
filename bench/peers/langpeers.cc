// langpeers: what CLD2 and libexttextcat say of each line: tag, TAB, line.  Operand: which of the
// two, and the tags allowed between commas.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
extern "C" {
#include <libexttextcat/textcat.h>
}

static std::string list;

static bool
allowed(const std::string &tag)
{
	return list.find("," + tag + ",") != std::string::npos;
}

static std::string
cld2(const char *s, size_t n)
{
	CLD2::Language top[3];
	int percent[3], bytes;
	double score[3];
	bool reliable;
	CLD2::CLDHints hints = { NULL, NULL, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE };

	CLD2::ExtDetectLanguageSummary(s, (int)n, true, &hints, CLD2::kCLDFlagBestEffort, top,
	    percent, score, NULL, &bytes, &reliable);
	for (int i = 0; i < 3; i++) {
		std::string tag = CLD2::LanguageCode(top[i]);
		if (allowed(tag))
			return tag;
	}
	return "un";
}

static std::string
textcat(void *h, const char *s, size_t n)
{
	std::string all = textcat_Classify(h, s, n < 1000 ? n : 1000), tag;
	for (size_t at = 0; (at = all.find('[', at)) != std::string::npos; at++) {
		tag = all.substr(at + 1, all.find_first_of("]-_", at) - at - 1);
		if (allowed(tag))
			return tag;
	}
	return "un";
}

int
main(int argc, char **argv)
{
	static char line[1 << 22];
	const bool is_cld2 = argc > 1 && strcmp(argv[1], "cld2") == 0;
	const char *dir = "/usr/share/libexttextcat/";
	void *h = NULL;

	if (argc < 3)
		return 2;
	list = std::string(",") + argv[2] + ",";
	if (!is_cld2)
		h = special_textcat_Init((std::string(dir) + "fpdb.conf").c_str(), dir);
	while (fgets(line, sizeof(line), stdin) != NULL) {
		size_t n = strcspn(line, "\n");
		line[n] = '\0';
		std::string tag = is_cld2 ? cld2(line, n) : textcat(h, line, n);
		printf("%s\t%s\n", tag.c_str(), line);
	}
	return 0;
}
