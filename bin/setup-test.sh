#!/bin/sh
# Adds what tests need: the packages of requirements-test.lock, and Chromium and PostgreSQL from apt
# where that is allowed; where it is not, one sentence names what is missing and the tests say what they skip.
set -eu
cd "$(dirname "$0")/.."

LOA_LOCK=requirements-test.lock sh bin/setup.sh

[ "${LOA_TEST_SYSTEM:-yes}" = no ] && exit 0

has_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_postgres() { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; }

missing=""
has_chromium >/dev/null 2>&1 || missing="$missing chromium"
has_postgres >/dev/null 2>&1 || missing="$missing postgresql"
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        echo "Missing for some tests:$missing; install with: sudo apt install$missing" >&2
        exit 0
    fi
fi
command -v apt-get >/dev/null 2>&1 || {
    echo "Missing for some tests:$missing; there is no apt-get here to install them with." >&2
    exit 0
}
echo "Installing for the tests:$missing"
log=$(mktemp)
# The distribution's own cluster is not wanted: the tests start a throw-away one.
if ! { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 3 "$log" >&2
    echo "Missing for some tests:$missing; apt could not install them (its last words stand above)." >&2
fi
rm -f "$log"
