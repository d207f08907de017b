# The two commands that matter: `make run` and `make test`. README says more.
PORT ?= 8000
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
RUN := DEMO=1 $(BIN)/python manage.py
.DEFAULT_GOAL := help
.PHONY: help run dev prepare test library catalogues browser screenshots lint format clean

help: ## What can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

run: prepare ## Serve the product with the starter library and demo schools
	@$(RUN) collectstatic --noinput --verbosity 0
	@$(RUN) seed_demo
	@echo "Open http://127.0.0.1:$(PORT)/   (Ctrl-C stops it)"
	@DEMO=1 $(BIN)/gunicorn safeguarding.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 \
		--no-control-socket --log-level warning

dev: prepare .venv/dev-installed ## The reloading server, for those who change the code
	@$(RUN) seed_demo
	@DEMO=1 DEBUG=1 $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

prepare: .venv/installed .env
	@$(RUN) migrate --verbosity 0
	@$(RUN) createcachetable
	@$(RUN) load_starter

test: .venv/dev-installed ## All tests; DATABASE_URL and REDIS_URL choose where
	@test -n "$$(command -v chromium)" || echo "NO CHROMIUM: the browser tests will be skipped. Run: make browser"
	$(BIN)/python -m pytest -n auto -q $(ARGS)

library: .venv/installed ## Say whether every lesson and guide is sound
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && export SECRET_KEY=check DATABASE_URL=sqlite:///$$folder/check.sqlite3 && \
		$(BIN)/python manage.py migrate --verbosity 0 && $(BIN)/python manage.py check_library

catalogues: .venv/installed ## After a change of parents' pages or of their translations
	SECRET_KEY=words $(BIN)/python manage.py write_catalogues

browser: ## Install Debian's Chromium, for the browser tests, and what makes PDFs
	command -v chromium || (apt-get update -q && apt-get install -qy --no-install-recommends chromium fonts-dejavu-core \
		libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)

screenshots: .venv/dev-installed ## The README's pictures, from the running product (DEMO_PASSWORD)
	$(BIN)/python docs/take_screenshots.py

lint: .venv/dev-installed ## ruff, mypy, migrations, production settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy safeguarding lessons
	SECRET_KEY=lint $(BIN)/python manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
		ALLOWED_HOSTS=lessons.example $(BIN)/python manage.py check --deploy --fail-level WARNING

format: .venv/dev-installed ## Put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## Forget the environment and all that was stored
	rm -rf .venv var .env

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev-installed: requirements.txt requirements-pdf.txt requirements-dev.txt | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/installed

.env: | .venv/bin/python
	@umask 077 && $(BIN)/python -c 'import secrets; print("SECRET_KEY=" + secrets.token_urlsafe(60))' > $@
