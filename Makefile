# `make` lists what there is. Everything works from a clean clone, as root and as a normal user.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

UI := web/ui
NPM := npm --prefix $(UI) --no-audit --no-fund --no-update-notifier
MODULES_READY := $(UI)/node_modules/.package-lock.json
UI_SOURCES := $(shell find $(UI) -type f -not -path '*/node_modules/*' -not -path '*/e2e/*' -not -path '*/test-results/*' -not -path '*/playwright-report/*')
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
# One set of flags for building and testing, so that nothing is compiled twice: no C, and no codecs that nobody asks for.
export CGO_ENABLED := 0
export GOFLAGS := -tags=nomsgpack
GO_BUILD := go build -buildvcs=false -ldflags '-s -w -X main.version=$(VERSION)'
# Small packages where goroutines meet; the race detector is too slow for the whole tree on two cores.
RACE := ./internal/platform/gather/... ./internal/platform/rpc/... ./internal/platform/broker/... ./internal/platform/events/... ./internal/platform/jobs/... ./internal/platform/rbac/... ./internal/platform/resilience/...
BUF := v1.75.0
LINTER := .cache/bin/golangci-lint
DEMO := --employees 60 --assets 250 --invoices 150 --seed 1

.PHONY: help setup run dev demo build test test-race lint fmt generate wire golden check migrate-new bench

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | while IFS=$$'\t' read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

run: build ## Install what is missing, build everything, start the program and print its address
	@exec bin/erp serve

test: ## Pass everything: Go against a real Postgres, the browser's units, and journeys in a real browser
	@tools/install.sh go node postgres chromium
	@$(MAKE) bin/erp
	@tools/unchanged.sh docs/openapi.json $(UI)/src/lib/schema.d.ts -- $(MAKE) generate
	@echo '== Go'
	@go test -p 3 -parallel 4 -ldflags=-w -timeout 10m ./... # most tests wait, for a database or a clock
	@echo '== Browser units'
	@$(NPM) run lint
	@$(NPM) run test
	@$(NPM) run budgets
	@echo '== Journeys in a real browser'
	@$(NPM) run e2e

check: ## Exactly what CI runs
	@.ci/run

setup: ## Install what is missing for running, testing and developing
	@tools/install.sh go node postgres chromium
	@$(MAKE) $(MODULES_READY)
	@tools/again.sh go mod download

build: ## Build the UI and the one binary, bin/erp
	@tools/install.sh go node postgres
	@$(MAKE) bin/erp

dev: ## Run the program and the UI's development server, which reloads by itself
	@tools/install.sh go node postgres
	@$(MAKE) $(MODULES_READY)
	@trap 'kill 0' EXIT; $(GO_BUILD) -o bin/erp ./cmd/erp && (bin/erp serve &) && ERP_DEV_API=http://$${ERP_ADDR:-127.0.0.1:8080} $(NPM) run dev

demo: build ## Fill the company with sample data (DEMO="--employees 10000 ..." for more)
	@bin/erp demo $(DEMO)

test-race: ## Run the race detector where goroutines meet
	@CGO_ENABLED=1 go test -race -p 1 -timeout 10m $(RACE)

lint: $(LINTER) $(MODULES_READY) ## Run every linter, Go and TypeScript
	@$(LINTER) run ./...
	@$(NPM) run lint

fmt: $(LINTER) $(MODULES_READY) ## Format everything
	@$(LINTER) fmt ./...
	@$(NPM) run fix

generate: $(MODULES_READY) ## Make the OpenAPI document, and the browser's types from it
	@go run -buildvcs=false ./cmd/erp openapi > docs/openapi.json.new && mv docs/openapi.json.new docs/openapi.json
	@$(NPM) run generate

wire: ## Make the Go side of the contracts' .proto files (builds the generator once, some minutes)
	@mkdir -p .cache/bin
	@test -x .cache/bin/buf || GOBIN=$(CURDIR)/.cache/bin nice go install github.com/bufbuild/buf/cmd/buf@$(BUF)
	@GOBIN=$(CURDIR)/.cache/bin go install google.golang.org/protobuf/cmd/protoc-gen-go@$$(go list -m -f '{{.Version}}' google.golang.org/protobuf)
	@GOBIN=$(CURDIR)/.cache/bin go install connectrpc.com/connect/cmd/protoc-gen-connect-go@$$(go list -m -f '{{.Version}}' connectrpc.com/connect)
	@PATH=$(CURDIR)/.cache/bin:$$PATH buf lint
	@PATH=$(CURDIR)/.cache/bin:$$PATH buf generate

golden: ## Accept what golden files compare, knowingly
	@go test $$(grep -rl --include='*_test.go' 'flag.Bool("update"' . --exclude-dir=node_modules --exclude-dir=.cache | xargs -n1 dirname | sort -u) -update

migrate-new: ## Make the next migration: make migrate-new module=asset name=add_colour
	@tools/new-migration.sh '$(module)' '$(name)'

bench: build ## Measure speed against the bare baseline and write bench/RESULTS.md
	@go run -buildvcs=false ./bench -out bench/RESULTS.md

# The UI is built when its sources have changed; Go decides by itself what to build again.
.PHONY: bin/erp
bin/erp: web/dist/index.html
	@echo 'Building bin/erp (the first build takes a few minutes) ...'
	@$(GO_BUILD) -o bin/erp ./cmd/erp

web/dist/index.html: $(MODULES_READY) $(UI_SOURCES)
	@echo 'Building the UI ...'
	@$(NPM) run build

$(MODULES_READY): $(UI)/package.json $(UI)/package-lock.json
	@echo 'Installing the packages of the UI ...'
	@tools/again.sh $(NPM) ci
	@touch $@

$(LINTER): tools/go.mod
	@echo 'Building golangci-lint (once, some minutes) ...'
	@mkdir -p $(@D)
	@cd tools && nice go build -o ../$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint
