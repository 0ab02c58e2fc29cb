# Precis: `make demo` shows it, `make test` proves it, `make install` puts it on a machine.

PREFIX ?= /usr
DESTDIR ?=
SYSCONFDIR ?= /etc
UNITDIR ?= $(PREFIX)/lib/systemd/system
SWIFT ?= swift
BUILD := .build
# The Swift runtime is linked in, so that the program runs where no toolchain is.
# Accesses are checked for overlap where the tests run; in the product the check costs a tenth of the time.
# Relative relocations are packed, which takes 1 MB off the executable; glibc 2.36 (Debian 12) was the first to read them.
RELEASE := -c release --static-swift-stdlib -Xswiftc -enforce-exclusivity=unchecked \
  -Xswiftc -use-ld=bfd -Xlinker -z -Xlinker pack-relative-relocs -Xlinker --no-export-dynamic
PRECIS := $(BUILD)/release/precis

.PHONY: all deps build release demo test ci lint units smoke bench library-benchmark fuzz fuzz-short install uninstall docs clean

all: release

# Installs the system libraries if one is missing (Debian and Ubuntu; asks for root by sudo).
deps:
	@scripts/install-dependencies

build: deps
	$(SWIFT) build

release: deps
	$(SWIFT) build $(RELEASE) --product precis
	@strip -o $(BUILD)/precis $(PRECIS)
	@ls -l $(BUILD)/precis | awk '{ printf "$(BUILD)/precis: %.1f MB\n", $$5 / 1e6; \
	  if ($$5 > 20e6) { print "larger than 20 MB: does something import Foundation?"; exit 1 } }'

# The main job on the bundled feeds: serve, sync, list, show, sync again.
demo: release
	$(SWIFT) build $(RELEASE) --product precis-demo-server
	@scripts/demo $(BUILD)/precis $(BUILD)/release/precis-demo-server

# The groups that talk to servers, disks and processes run by themselves, so that none waits for another's threads.
test: deps
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --skip 'Precis(Fetch|Store|Pipeline|)Tests\.'
	$(SWIFT) test --skip-build --filter 'PrecisStoreTests\.'
	$(SWIFT) test --skip-build --filter 'PrecisFetchTests\.'
	$(SWIFT) test --skip-build --no-parallel --filter 'Precis(Pipeline|)Tests\.'

lint:
	$(SWIFT) format lint --strict --configuration .swift-format -r Sources Tests Package.swift
	@scripts/lint-sources

# The systemd units, by systemd's own judgement.
units:
	@scripts/check-units

# What .ci/run runs: warnings are errors here.
ci: export PRECIS_WARNINGS_AS_ERRORS = 1
ci: deps lint units test smoke fuzz-short

# The benchmarks on small inputs: that they run, not how fast.
smoke: release
	$(SWIFT) build $(RELEASE) --product precis-store-bench
	Benchmarks/smoke $(BUILD)/precis

bench: release
	$(SWIFT) build $(RELEASE) --product precis-store-bench
	Benchmarks/run $(BUILD)/precis

# What Benchmarks/library measures the indexes with.
library-benchmark:
	@$(SWIFT) build $(RELEASE) --product precis-library-benchmark

fuzz:
	Fuzz/run.sh

# Ten seconds for each reader of foreign input: that the harnesses run, and that no old finding comes back.
fuzz-short:
	Fuzz/run.sh 10

install: release
	install -D -m 755 $(BUILD)/precis $(DESTDIR)$(PREFIX)/bin/precis
	install -D -m 644 config/precis.toml $(DESTDIR)$(PREFIX)/share/doc/precis/precis.toml
	test -e $(DESTDIR)$(SYSCONFDIR)/precis/precis.toml || install -D -m 644 config/precis.toml $(DESTDIR)$(SYSCONFDIR)/precis/precis.toml
	install -d $(DESTDIR)$(UNITDIR)
	for unit in precis.service precis-sync.service precis-sync.timer; do \
	  sed 's|/usr/bin/precis|$(PREFIX)/bin/precis|' systemd/$$unit > $(DESTDIR)$(UNITDIR)/$$unit || exit 1; done
	install -D -m 644 systemd/precis.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/precis.conf
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	$(BUILD)/precis --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/precis
	$(BUILD)/precis --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_precis
	$(BUILD)/precis --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/precis.fish
	for page in docs/man/*.1; do install -D -m 644 $$page $(DESTDIR)$(PREFIX)/share/man/man1/$$(basename $$page) || exit 1; done
	install -D -m 644 docs/man/precis.toml.5 $(DESTDIR)$(PREFIX)/share/man/man5/precis.toml.5
	install -D -m 644 docs/operations.md $(DESTDIR)$(PREFIX)/share/doc/precis/operations.md

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/precis $(DESTDIR)$(UNITDIR)/precis.service $(DESTDIR)$(UNITDIR)/precis-sync.service \
	  $(DESTDIR)$(UNITDIR)/precis-sync.timer $(DESTDIR)$(PREFIX)/lib/sysusers.d/precis.conf \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/precis $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_precis \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/precis.fish $(DESTDIR)$(PREFIX)/share/man/man1/precis*.1

# The manual pages, from the commands themselves.
docs:
	$(SWIFT) package --allow-writing-to-package-directory generate-manual --multi-page
	cp $(BUILD)/plugins/GenerateManual/outputs/precis/*.1 docs/man/
	rm -f docs/man/precis.help.1

clean:
	$(SWIFT) package clean
