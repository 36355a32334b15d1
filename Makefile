.PHONY: help serve dev test fmt lint e2e bench bench-scoring

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/  \1\t\2/' | expand -t 18

serve: ## set up what is missing, build, and serve http://127.0.0.1:3000
	@scripts/serve

dev: ## the same with live reload after every edit
	@scripts/dev

test: ## set up what is missing and run every test
	@scripts/test

fmt: ## format everything
	@cargo fmt --all

lint: ## check the format and the lints of both sides
	@scripts/setup build
	@scripts/lint

e2e: ## the journeys in real browsers alone
	@scripts/setup test
	@scripts/e2e

bench: ## print the figures: sizes, start, memory, throughput, delay, agreement of the scorer
	@scripts/setup test
	@scripts/bench

bench-scoring: ## print how well the built-in scorer agrees with human graders
	@. scripts/env && cargo run --quiet --profile serve -p domain --example bench_scoring
