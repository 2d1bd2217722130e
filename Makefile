# Every command of the project. `make help` lists them; each works from a fresh clone.

# One place for what every process of ours needs to know; the tools pass it on.
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3
export PYTHONHASHSEED := 0
# glibc otherwise keeps a heap for each thread: some 20 MB of the serving process.
export MALLOC_ARENA_MAX := 2
# Compiled modules are kept, or every start would compile Rasa anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON := .venv/bin/python
# Any python3 from 3.8 does: pyenv's may refuse to run here, hence the second.
BOOTSTRAP = for python in python3 /usr/bin/python3 python3.10; do \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null && \
	  { $$python -m tools.bootstrap $(1); exit $$?; }; done; \
	echo "[ERROR] No python3 (3.8 or newer) on this machine: install one, then run make again." >&2; exit 10

.DEFAULT_GOAL := help
.PHONY: help run staff changes dialogues import handbook listen setup train validate vectors voice test test-faults screenshots check format eval bench soak bench-pipelines coverage audit licences sbom lint-deploy lock clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Install what is missing, train if something changed, serve on 127.0.0.1:8000
	@$(call BOOTSTRAP,)
	@exec $(PYTHON) -m tools.run

staff: ## Accounts for the desk (ARGS="add anna --name Anna --role agent --municipality umea")
	@$(call BOOTSTRAP,)
	@$(PYTHON) -m api.staff $(or $(ARGS),--help)

changes: ## Change sets from the staff pages (ARGS="list", "show ID", "apply ID", "drop ID")
	@$(call BOOTSTRAP,)
	@$(PYTHON) -m api.changes $(or $(ARGS),list)

import: ## Read in a page (URL=… or FILE=…, MUNICIPALITY=…; ARGS for more)
	@$(call BOOTSTRAP,)
	@URL="$(URL)" FILE="$(FILE)" MUNICIPALITY="$(MUNICIPALITY)" $(PYTHON) -m tools.importing $(ARGS)

dialogues: setup ## Run all dialogue tests and suites, with a report in var/runs (ARGS="--only kostnad")
	@$(PYTHON) -m tools.prepare
	@$(PYTHON) -m tools.dialogues $(ARGS)

handbook: setup ## Take the handbook's pictures anew into docs/handbok/bilder
	@$(PYTHON) -m tools.prepare
	@$(PYTHON) -m tools.browser
	@$(PYTHON) -m tools.handbook $(ARGS)

listen: ## Install what hears spoken questions (docs/speech-in.md); 250 MB
	@$(call BOOTSTRAP,--listen)

setup: ## Install everything, for development too, into .venv
	@$(call BOOTSTRAP,--dev)

train: ## Train if content, data, code or configuration changed (FORCE=1: always)
	@$(call BOOTSTRAP,)
	@$(PYTHON) -m tools.prepare $(if $(FORCE),--force)

vectors: ## Encode new training examples into bot/data/vectors.npz
	@$(call BOOTSTRAP,)
	@$(PYTHON) -m bot.training --vectors

voice: ## Fetch a Swedish Piper voice into var/voices (ARGS=en_GB-alba-medium: another)
	@$(call BOOTSTRAP,)
	@$(PYTHON) -m tools.voice $(ARGS)

validate: ## Check the content: every quote, number, time and reference
	@$(call BOOTSTRAP,)
	@$(PYTHON) -m bot.knowledge.validator

coverage: ## Report which answers rest on each line of the municipalities' pages
	@$(call BOOTSTRAP,)
	@$(PYTHON) -m bot.knowledge.coverage

test: setup ## Run all tests, training first if needed (ARGS="-k hours" chooses)
	@$(PYTHON) -m tools.prepare
	@$(PYTHON) -m tools.browser
	@$(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

test-faults: setup ## Floods and faults against real servers, three quarters of an hour (ARGS="-k disk" chooses)
	@$(PYTHON) -m tools.prepare
	@$(PYTHON) -m pytest -m faults tests/faults $(ARGS)

screenshots: setup ## Take pictures of every page and state into var/screenshots (ARGS="--look morkt widget" chooses)
	@$(PYTHON) -m tools.prepare
	@$(PYTHON) -m tools.browser
	@$(PYTHON) -m tools.screenshots $(ARGS)

check: setup ## Lint, formatting, types, content, and Rasa's own validation
	@$(PYTHON) -m tools.check

format: setup ## Write the code the way the formatter wants it
	@$(PYTHON) -m ruff check --fix --quiet .
	@$(PYTHON) -m ruff format .

eval: setup ## Put the suites of questions to the assistant (ARGS="--kind fact --verbose")
	@$(PYTHON) -m tools.eval $(ARGS)

bench: setup ## Measure the whole beside stock Rasa into docs/bench.md (ARGS="--quick", "--only steps")
	@$(PYTHON) -m tools.prepare
	@$(PYTHON) -m bench $(ARGS)

soak: setup ## Watch a working server's memory for half an hour into docs/soak.md (ARGS="--minutes 5")
	@$(PYTHON) -m tools.prepare
	@$(PYTHON) -m bench.soak $(ARGS)

bench-pipelines: setup ## Compare NLU pipelines on our training data (ARGS="--share 0.5 --epochs 10")
	@$(PYTHON) -m bot.understanding.encoder_build
	@nice $(PYTHON) -m bench.pipelines $(ARGS)

audit: setup ## Known weaknesses of what runs, each with why it does not reach us (ARGS=--offline)
	@$(PYTHON) -m tools.audit $(ARGS)

licences: setup ## List every dependency's licence into docs/licences.md; fails on one that is not allowed
	@$(PYTHON) -m tools.licences

sbom: setup ## Write the bill of materials (CycloneDX JSON) to var/sbom
	@$(PYTHON) -m tools.sbom $(ARGS)

lint-deploy: setup ## Check deploy/ with hadolint, Compose's and Kubernetes' schemas
	@$(PYTHON) -m tools.lint_deploy $(ARGS)

lock: setup ## Choose versions anew from requirements/*.in (UPGRADE=1: the newest)
	@$(PYTHON) -m tools.lock $(if $(UPGRADE),--upgrade)

clean: ## Remove all that the commands above made; conversations stay
	rm -rf .venv .uv var/supply var/lint-deploy var/encoder var/setup.lock models .rasa
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
