# make test alone checks everything; each of its steps is a target too.
# README.md says what is where.

GO     ?= go
BROWSE ?= ./...
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo development)

.PHONY: test quick need fmt generate vet staticcheck unit e2e build demo shots help

test: need fmt generate vet staticcheck unit e2e ## everything; installs what it needs as root
	@echo "make test: all steps passed"

quick: ## the inner loop: no browser, no race detector, shortened tests
	@scripts/fmt.sh
	$(GO) vet ./...
	$(GO) test -short ./...

need: ## finds or installs what the tests need beside Go
	@scripts/need.sh

fmt: ## is the code formatted?
	@scripts/fmt.sh

generate: ## are the generated files those of their sources?
	@scripts/generated.sh

vet:
	$(GO) vet ./...
	cd e2e && $(GO) vet ./...

staticcheck:
	$(GO) tool staticcheck ./...

unit: ## all tests but the browser's, with the race detector, on both databases
	$(GO) test -run TestKnownAndUnknownAlike ./web
	$(GO) test -run 'TestPermalinks|TestLongThread|TestModerationPlans' ./store
	$(GO) test -race -timeout 30m ./...

e2e: build ## the browser tests, against bin/site
	cd e2e && E2E_BINARY=../bin/site $(GO) test -race -timeout 40m -parallel 3 $(BROWSE)

build: ## bin/site, one static file
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/site ./cmd/site

demo: ## a complete newspaper at http://127.0.0.1:8080
	$(GO) run ./cmd/site demo

shots: build ## pictures of the pages, in bin/shots
	cd e2e && E2E_BINARY=../bin/site $(GO) run ./shots ../bin/shots

help: ## this list
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14
