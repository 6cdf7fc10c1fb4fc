# emend: build, test, measure, install.  `make help` lists the targets.
#
# A stage is stages/NAME.c, or a folder stages/NAME/ of .c files; it becomes build/emend-NAME.
# stages/lib/ is the library they share; each stages/gen/NAME.c, or folder, a generator, build/gen/NAME.

PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build
VERSION := 0.1.0

CC ?= cc
CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla
EMEND_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE $(WARN) -Istages/lib \
	-DEMEND_VERSION='"$(VERSION)"' -DEMEND_SHARE='"$(PREFIX)/share/emend"' -MMD -MP
XML_CFLAGS := $(shell pkg-config --cflags libxml-2.0 2>/dev/null)
XML_LIBS := $(shell pkg-config --libs libxml-2.0 2>/dev/null || echo -lxml2)
HUNSPELL_LIBS := $(shell pkg-config --libs hunspell 2>/dev/null || echo -lhunspell)
# iconv stands in the C library on glibc and musl, in libiconv elsewhere.
ICONV_LIBS := $(shell printf '\043include <iconv.h>\nint main(void){return iconv_open("","")==0;}' | \
	$(CC) -x c -o /dev/null - 2>/dev/null || echo -liconv)
LIBS = -lutf8proc -lnettle -lz -lm

STAGES := $(sort $(basename $(notdir $(wildcard stages/*.c))) \
	$(filter-out lib gen,$(notdir $(patsubst %/,%,$(dir $(wildcard stages/*/*.c))))))
GENS := $(sort $(basename $(notdir $(wildcard stages/gen/*.c))) \
	$(notdir $(patsubst %/,%,$(dir $(wildcard stages/gen/*/*.c)))))
UNITS := $(basename $(notdir $(wildcard tests/unit/*.c)))
BENCHLIB := $(patsubst %.c,$(BUILD)/%.o,$(wildcard bench/lib/*.c))
BENCHES := $(basename $(notdir $(wildcard bench/*.c)))
PROGRAMS := $(STAGES:%=$(BUILD)/emend-%)
LIBOBJ := $(patsubst %.c,$(BUILD)/%.o,$(wildcard stages/lib/*.c))
LIB := $(BUILD)/libemend.a

all: $(PROGRAMS) lexicons

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(EMEND_CFLAGS) $(XML_CFLAGS) $(CFLAGS) -c -o $@ $<

$(LIB): $(LIBOBJ)
	@rm -f $@
	ar rcs $@ $^

# What a stage links beyond the library.
LIBS_decode = $(ICONV_LIBS)
LIBS_totei = $(XML_LIBS)
LIBS_verify = $(XML_LIBS)
LIBS_lexicon = $(HUNSPELL_LIBS) $(ICONV_LIBS)
LIBS_lookup = $(HUNSPELL_LIBS)

# The schema of what totei writes is part of the program.
$(BUILD)/emend_rng.h: stages/emend.rng
	@mkdir -p $(@D)
	sed 's/[\\"]/\\&/g; s/^/"/; s/$$/\\n"/' $< >$@

$(BUILD)/stages/totei/check.o: $(BUILD)/emend_rng.h
$(BUILD)/stages/totei/check.o: EMEND_CFLAGS += -I$(BUILD)

stage_obj = $(patsubst %.c,$(BUILD)/%.o,$(wildcard stages/$(1).c stages/$(1)/*.c))
gen_obj = $(patsubst %.c,$(BUILD)/%.o,$(wildcard stages/gen/$(1).c stages/gen/$(1)/*.c))

define stage_rule
$(BUILD)/emend-$(1): $(call stage_obj,$(1)) $(LIB)
	$$(CC) $$(CFLAGS) $$(LDFLAGS) -o $$@ $$(call stage_obj,$(1)) $$(LIB) $$(LIBS_$(1)) $$(LIBS)
endef
$(foreach s,$(STAGES),$(eval $(call stage_rule,$(s))))

define gen_rule
$(BUILD)/gen/$(1): $(call gen_obj,$(1)) $(LIB)
	@mkdir -p $(BUILD)/gen
	$$(CC) $$(CFLAGS) $$(LDFLAGS) -o $$@ $$(call gen_obj,$(1)) $$(LIB) $$(LIBS_$(1)) $$(LIBS)
endef
$(foreach g,$(GENS),$(eval $(call gen_rule,$(g))))

# A unit test named like a stage sees its headers and links all of it but main.
unit_obj = $(BUILD)/tests/unit/$(1).o $(filter-out %/main.o,$(call stage_obj,$(1)))
define unit_rule
$(BUILD)/unit/$(1): $(call unit_obj,$(1)) $(LIB)
	@mkdir -p $(BUILD)/unit
	$$(CC) $$(CFLAGS) $$(LDFLAGS) -o $$@ $(call unit_obj,$(1)) $$(LIB) -lcmocka $$(LIBS_$(1)) $$(LIBS)
$(BUILD)/tests/unit/$(1).o: EMEND_CFLAGS += $(addprefix -I,$(wildcard stages/$(1)))
endef
$(foreach u,$(UNITS),$(eval $(call unit_rule,$(u))))

define bench_rule
$(BUILD)/bench/$(1): $(BUILD)/bench/$(1).o $(BENCHLIB) $(LIB)
	@mkdir -p $(BUILD)/bench
	$$(CC) $$(CFLAGS) $$(LDFLAGS) -o $$@ $$< $$(BENCHLIB) $$(LIB) $$(LIBS_$(1)) $$(LIBS)
endef
$(foreach b,$(BENCHES),$(eval $(call bench_rule,$(b))))
$(BUILD)/bench/%.o: EMEND_CFLAGS += -Ibench/lib

# The lexicons of three languages, from the hunspell dictionaries that are installed.
LEXICONS := $(patsubst %,$(BUILD)/dict/%.lex,en fr sq)

lexicons: $(LEXICONS)

$(BUILD)/dict/%.lex: $(BUILD)/gen/lexicon dict/lexicons.txt $(wildcard dict/words/*.txt dict/elision/*.txt)
	@mkdir -p $(@D)
	EMEND_DICT=dict $< -l $* -o $@

# ---- use ----

help:
	@echo 'make            build everything into $(BUILD)/'
	@echo 'make demo       build, then clean the sample statements of corpus/ into out/demo'
	@echo 'make test       build, then run all tests'
	@echo 'make fuzz       each target of tests/fuzz for a minute (FUZZ_SECONDS), where clang is'
	@echo 'make check-san  the tests under AddressSanitizer and UndefinedBehaviorSanitizer'
	@echo 'make eval       measure quality; make bench: measure speed'
	@echo 'make models     count the models again from their texts (dict/README.md)'
	@echo 'make install    into PREFIX ($(PREFIX)); DESTDIR is put before it'
	@echo 'make clean'

demo: all
	@./emend run -o out/demo corpus/statements/*.raw.txt*
	@f=$$(grep -c '<sic>' out/demo/*.xml | sort -t: -k2,2nr | head -1 | cut -d: -f1); \
	    echo "Look at out/demo/, one TEI file a statement.  In $$f,"; \
	    echo "for example, whose source is corpus/statements/$$(basename $$f .xml).txt, was read:"; \
	    grep -o '<sic>[^<]*</sic><corr[^>]*>[^<]*' $$f | head -5 | \
	    sed 's/<sic>/    /; s/<.*>/  ->  /'

TESTS = $(wildcard tests/*.t)
JOBS ?= $(shell nproc 2>/dev/null || echo 1)
UNIT_PROGRAMS = $(UNITS:%=$(BUILD)/unit/%)

test: all $(GENS:%=$(BUILD)/gen/%) $(UNIT_PROGRAMS) $(BENCHES:%=$(BUILD)/bench/%)
	CMOCKA_MESSAGE_OUTPUT=TAP EMEND_BUILD=$(BUILD) EMEND_BIN=$(BUILD) LC_ALL=C prove -j$(JOBS) $(TESTS) \
	    $(UNIT_PROGRAMS)

check-san:
	$(MAKE) BUILD=build-san CFLAGS='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all' \
	    EMEND_SAN=1 test

# Each tests/fuzz/NAME.c with the stage of that name, for $(FUZZ_SECONDS) seconds.  What it finds stays in
# $(BUILD)/fuzz.
FUZZ_SECONDS ?= 60
FUZZES := $(basename $(notdir $(wildcard tests/fuzz/*.c)))
FUZZ_CC ?= clang
# An empty buffer is NULL, and NULL + 0 is NULL, as C2y has it at last.
FUZZ_CFLAGS = -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
	-fno-sanitize=pointer-overflow

# Compiled from the sources, the stage's main left out: everything is to be watched.
define fuzz_rule
$(BUILD)/fuzz/$(1): tests/fuzz/$(1).c $(filter-out %/main.c,$(wildcard stages/$(1)/*.c)) $(wildcard stages/lib/*.c)
	@mkdir -p $$(@D)
	$$(FUZZ_CC) $$(EMEND_CFLAGS) -MF $$@.d $$(FUZZ_CFLAGS) -Istages/$(1) -o $$@ $$(filter %.c,$$^) \
	    $$(LIBS_$(1)) $$(LIBS)
endef
$(foreach f,$(FUZZES),$(eval $(call fuzz_rule,$(f))))

fuzz: lexicons
	@if ! command -v $(FUZZ_CC) >/dev/null; then echo 'fuzz: no $(FUZZ_CC) here, skipped'; exit 0; fi; \
	for f in $(FUZZES); do \
		$(MAKE) $(BUILD)/fuzz/$$f && mkdir -p $(BUILD)/fuzz/$$f.corpus && \
		EMEND_DICT=dict $(BUILD)/fuzz/$$f -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=20 \
		    -artifact_prefix=$(BUILD)/fuzz/$$f. $(BUILD)/fuzz/$$f.corpus $$(ls -d tests/$$f 2>/dev/null) || exit; \
	done

eval: all $(BENCHES:%=$(BUILD)/bench/%)
	@for f in bench/eval-*.sh; do EMEND_BUILD=$(BUILD) EMEND_BIN=$(BUILD) LC_ALL=C bash $$f || exit; done

bench: all $(BENCHES:%=$(BUILD)/bench/%)
	@for f in bench/speed-*.sh; do EMEND_BUILD=$(BUILD) EMEND_BIN=$(BUILD) LC_ALL=C bash $$f || exit; done

models: $(GENS:%=$(BUILD)/gen/%) lexicons
	BUILD=$(BUILD) stages/gen/models.sh
	stages/gen/langmodel.sh
	stages/gen/charmodel.sh $(BUILD)/charmodel && $(BUILD)/gen/charmodel $(BUILD)/charmodel dict/models/chars.cm

LIBEXEC = $(DESTDIR)$(PREFIX)/libexec/emend
SHARE = $(DESTDIR)$(PREFIX)/share/emend
MAN = $(DESTDIR)$(PREFIX)/share/man

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(LIBEXEC) $(SHARE) $(MAN)/man1 $(MAN)/man5
	install -m 755 emend $(DESTDIR)$(PREFIX)/bin/emend
	install -m 755 $(PROGRAMS) $(LIBEXEC)/
	install -m 755 $(BUILD)/gen/lexicon $(LIBEXEC)/emend-lexicon
	cp -R dict/. $(SHARE)/
	cp -R $(BUILD)/dict/. $(SHARE)/
	install -m 644 pipeline.conf stages/emend.rng $(SHARE)/
	install -m 644 $(wildcard stages/*.1) $(MAN)/man1/
	install -m 644 stages/stream.5 $(MAN)/man5/emend-stream.5

uninstall:
	rm -rf $(LIBEXEC) $(SHARE)
	rm -f $(DESTDIR)$(PREFIX)/bin/emend $(MAN)/man5/emend-stream.5 \
	    $(patsubst stages/%,$(MAN)/man1/%,$(wildcard stages/*.1))

clean:
	rm -rf $(BUILD) build-san out/demo

.PHONY: all help lexicons demo test check-san fuzz eval bench models install uninstall clean
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
