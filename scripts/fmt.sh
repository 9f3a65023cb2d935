#!/bin/sh
# Fails when a Go file that people write is not formatted.
set -eu
cd "$(dirname "$0")/.."
wrong=$(find . -name node_modules -prune -o -name .git -prune -o -name '*.go' ! -name '*_templ.go' -print0 |
	xargs -0 gofmt -l)
if [ -n "$wrong" ]; then
	echo "not formatted (gofmt -w FILE):" >&2
	echo "$wrong" >&2
	exit 1
fi
