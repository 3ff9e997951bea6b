# neglint: what a developer types. `make demo` first.

PREFIX ?= /usr/local
SWIFT ?= swift
VERSION := $(shell sed -n 's/.*version = "\(.*\)".*/\1/p' Sources/neglint/Version.swift)
PLATFORM := $(shell uname -s | tr '[:upper:]' '[:lower:]')-$(shell uname -m)
MANUAL := .build/plugins/GenerateManual/outputs/neglint/neglint.1
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

# completion SHELL, FOLDER, FILE
define completion
@install -d $(DESTDIR)$(PREFIX)/share/$(2)
@$(DESTDIR)$(PREFIX)/bin/neglint --generate-completion-script $(1) > $(DESTDIR)$(PREFIX)/share/$(2)/$(3)
endef

.PHONY: demo test manual lint docs bench dist install prerequisites release clean

# Lints the fixture with one of each fault. Its exit status 1 means "findings", as it should.
demo: prerequisites
	@$(SWIFT) build --quiet --product neglint
	@$$($(SWIFT) build --show-bin-path)/neglint lint fixtures/mission/export; \
	status=$$?; [ $$status -eq 1 ] && exit 0; exit $$status

test: prerequisites
	$(SWIFT) test --disable-xctest
	@$(MAKE) --no-print-directory manual

# The manual page, made of the commands' help.
manual: prerequisites
	@$(SWIFT) package plugin generate-manual >/dev/null
	@test -s $(MANUAL)

lint:
	$(SWIFT) format lint --strict --parallel -r Package.swift Sources Tests

# The pages of docs/rules, made of the rule files; `make test` fails while they are not current.
docs: prerequisites
	@rm -rf docs/rules && mkdir -p docs/rules
	@$(SWIFT) build --quiet --product neglint
	@$$($(SWIFT) build --show-bin-path)/neglint rules docs --output docs/rules

# neglint beside anchors, in one run: Tests/Bench/bench.py --help tells what BENCH can be.
bench: release
	$(SWIFT) build -c release --product read-bench --static-swift-stdlib
	$(SWIFT) build -c release --product evaluate-bench --static-swift-stdlib
	python3 Tests/Bench/bench.py --binaries $$($(SWIFT) build -c release --show-bin-path) $(BENCH)

release: prerequisites
	$(SWIFT) build -c release --product neglint --static-swift-stdlib

# One archive that needs no Swift where it runs; libxml2 and zlib stay
# dynamic libraries.
dist: release
	@mkdir -p dist/neglint-$(VERSION)
	@cp $$($(SWIFT) build -c release --show-bin-path)/neglint README.md CHANGELOG.md LICENSE dist/neglint-$(VERSION)/
	@strip dist/neglint-$(VERSION)/neglint 2>/dev/null || true
	@tar -C dist -czf dist/neglint-$(VERSION)-$(PLATFORM).tar.gz neglint-$(VERSION)
	@rm -r dist/neglint-$(VERSION)
	@echo dist/neglint-$(VERSION)-$(PLATFORM).tar.gz

# The program, its manual page, and what bash, zsh and fish complete it with.
install: release manual
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $$($(SWIFT) build -c release --show-bin-path)/neglint $(DESTDIR)$(PREFIX)/bin/neglint
	install -m 644 $(MANUAL) $(DESTDIR)$(PREFIX)/share/man/man1/neglint.1
	$(call completion,bash,bash-completion/completions,neglint)
	$(call completion,zsh,zsh/site-functions,_neglint)
	$(call completion,fish,fish/vendor_completions.d,neglint.fish)

# The headers of libxml2 and zlib, from the system's package manager, where pkg-config does not find them.
prerequisites:
	@if ! pkg-config --exists libxml-2.0 zlib 2>/dev/null; then \
	  if command -v apt-get >/dev/null 2>&1; then \
	    $(SUDO) apt-get update -qq && \
	      $(SUDO) apt-get install -y -qq libxml2-dev zlib1g-dev pkg-config; \
	  elif command -v brew >/dev/null 2>&1; then \
	    brew install libxml2 zlib pkg-config; \
	  else \
	    echo "neglint needs pkg-config and the headers of libxml2 and zlib; please install them" >&2; \
	    exit 1; \
	  fi; \
	fi

clean:
	rm -rf .build dist
