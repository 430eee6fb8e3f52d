# The few commands of the house. `make run` and `make test` need nothing done beforehand.

.PHONY: run setup test lint torture audit bench bench-autosave bench-edge bench-correction bench-slow bench-counting bench-crawl bench-mail bench-newsletter bench-at-once bench-search bench-export bench-scheduled bench-knocking scale map clean
.DEFAULT_GOAL := run

run: setup ## fill the demonstration portal when LOA_HOME is empty, and serve
	@exec .venv/bin/loa run

setup: ## the environment in .venv, from requirements.lock
	@sh bin/setup.sh

test: setup ## everything: lint, then every test on SQLite and on PostgreSQL
	@sh bin/setup-test.sh
	@.venv/bin/python bin/lint.py
	@.venv/bin/python bin/test.py

lint: setup ## ruff, mypy and the order of the rooms
	@LOA_TEST_SYSTEM=no sh bin/setup-test.sh
	@.venv/bin/python bin/lint.py

torture: setup ## the storms with their full counts
	@sh bin/setup-test.sh
	@LOA_STORM=full .venv/bin/python bin/test.py -m storm

bench: setup ## the figures of the budgets
	@.venv/bin/loa bench

audit: setup ## what Lighthouse says of public pages on a telephone (needs npm and chromium)
	@.venv/bin/python bench/audit.py

bench-edge: setup ## stored pages against nginx (needs nginx and wrk)
	@.venv/bin/python bench/edge.py

bench-correction: setup ## how soon a correction is everywhere while wrk runs, and whether readers get mixtures (needs wrk)
	@.venv/bin/python bench/correction.py

bench-slow: setup ## what slow clients and slow requests do to everybody else
	@.venv/bin/python bench/slow.py

bench-counting: setup ## how truly and how fast readers are counted
	@.venv/bin/python bench/counting.py

bench-crawl: setup ## whether a crawler makes the web grow or pushes hot pages out (MINUTES=10 KEEP=folder)
	@.venv/bin/python bench/crawl.py --minutes $(or $(MINUTES),10) --entries $(or $(ENTRIES),20000) $(if $(KEEP),--home $(KEEP))

bench-at-once: setup ## how soon a follower has the mail, by the real worker and a local sink
	@.venv/bin/python bench/at_once.py

bench-autosave: setup ## fifty authors whose drafts save by themselves, beside a queue of 10,000
	@.venv/bin/python bench/autosave.py

bench-mail: setup ## mails a second to a local sink, against a bare loop
	@.venv/bin/python bench/mail.py

bench-newsletter: setup ## an issue to 20,000 readers over a local sink, something withdrawn meanwhile
	@.venv/bin/python bench/newsletter.py

bench-search: setup ## search against FTS5 (ENTRIES=1000000 KEEP=folder LOA_BENCH_ARTICLES), relevance (LOA_BENCH_RELEVANCE)
	@.venv/bin/python bench/search.py --entries $(or $(ENTRIES),30000) $(if $(KEEP),--home $(KEEP))
	@test -z "$$LOA_BENCH_RELEVANCE" || .venv/bin/python bench/relevance.py

bench-export: setup ## a whole portal taken away, looked through and brought up to date (LOA_BENCH_ARTICLES, ENTRIES=30000)
	@.venv/bin/python bench/exporting.py

bench-knocking: setup ## what a clock tells of the doors of accounts
	@.venv/bin/python bench/knocking.py

bench-scheduled: setup ## how late scheduled releases are under load, and how far apart their channels
	@.venv/bin/python bench/scheduled.py

scale: setup ## what every public page costs its first reader at 100,000 entries (ENTRIES=1000000 KEEP=folder)
	@.venv/bin/python bench/scale.py --entries $(or $(ENTRIES),100000) $(if $(KEEP),--home $(KEEP))

map: ## MAP.md from the docstrings
	@.venv/bin/python bin/make_map.py

clean: ## remove the environment (never LOA_HOME)
	rm -rf .venv
