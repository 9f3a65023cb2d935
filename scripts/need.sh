#!/bin/sh
# Finds what the tests need beside Go, and installs what is missing: Debian
# packages as root, the page checkers for anybody. Otherwise it says in one
# line what to install. Running it again changes nothing.
set -eu
cd "$(dirname "$0")/.."

missing=""
want() { missing="$missing $1"; }
have() { command -v "$1" >/dev/null 2>&1; }

have gcc || want "gcc libc6-dev" # the race detector links with it
if [ -z "${SITE_TEST_POSTGRES:-}" ] && ! have initdb && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
	want postgresql
fi
have chromium || have chromium-browser || have google-chrome || want chromium
have node || want nodejs
have npm || want npm
# The pages' fallback fonts are measured with fonts of these widths.
if ! have fc-list || [ -z "$(fc-list 'Liberation Serif')" ] || [ -z "$(fc-list 'Liberation Sans')" ]; then
	want "fontconfig fonts-liberation"
fi

if [ -n "$missing" ]; then
	if [ "$(id -u)" != 0 ] || ! have apt-get; then
		echo "make test needs these Debian packages (as root: apt-get install$missing)" >&2
		exit 1
	fi
	echo "installing$missing"
	log=$(mktemp)
	trap 'rm -f "$log"' EXIT
	export DEBIAN_FRONTEND=noninteractive
	# A database server of the machine's own is not wanted: the tests start theirs.
	if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends -o DPkg::Options::=--force-confold $missing; } >"$log" 2>&1; then
		tail -n 20 "$log" >&2
		echo "could not install$missing" >&2
		exit 1
	fi
fi

# The page checkers, in the versions of the lock file.
if ! cmp -s e2e/package-lock.json e2e/node_modules/.lock 2>/dev/null; then
	if ! out=$(cd e2e && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error 2>&1); then
		echo "$out" >&2
		echo "could not install the page checkers: cd e2e && npm ci" >&2
		exit 1
	fi
	cp e2e/package-lock.json e2e/node_modules/.lock
fi
