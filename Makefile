.PHONY: help serve test fmt bench-scoring

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/  \1\t\2/' | expand -t 18

serve: ## set up what is missing, build, and serve http://127.0.0.1:3000
	@scripts/serve

test: ## set up what is missing and run the tests
	@scripts/test

fmt: ## format everything
	@cargo fmt

bench-scoring: ## print how well the built-in scorer agrees with human graders
	@cargo run --quiet --profile serve -p domain --example bench_scoring
