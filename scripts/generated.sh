#!/bin/sh
# Fails when the generated files are not what their sources make. Whatever it
# finds, the files are the right ones afterwards.
set -eu
cd "$(dirname "$0")/.."
sums() { find . -name node_modules -prune -o -name .git -prune -o -name '*_templ.go' -print0 | sort -z | xargs -0 sha256sum; }
before=$(mktemp)
after=$(mktemp)
trap 'rm -f "$before" "$after"' EXIT
sums >"$before"
go tool templ generate >/dev/null 2>"$after" || { cat "$after" >&2; exit 1; }
sums >"$after"
if ! cmp -s "$before" "$after"; then
	echo "generated files were not up to date; they are now:" >&2
	diff "$before" "$after" | sed -n 's/^[<>] [0-9a-f]*  /  /p' | sort -u >&2
	exit 1
fi
