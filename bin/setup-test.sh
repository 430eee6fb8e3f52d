#!/bin/sh
# Adds what tests need: the packages of requirements-test.lock, and Chromium and PostgreSQL from apt
# where that is allowed; where it is not, one sentence names what is missing and the tests say what they skip.
set -eu
cd "$(dirname "$0")/.."

LOA_LOCK=requirements-test.lock sh bin/setup.sh

[ "${LOA_TEST_SYSTEM:-yes}" = no ] && exit 0

# The Nu checker reads every page where Java and npm are; where they are not, its test is skipped and says so.
vnu=26.9.27
vnu_digest=4e441de4315f39a582f5e6edbe8cd3b2b1f655aa1dde3620faface791133217c417b12f3f7ead2d8336d8e7efe44f5226618258b44a0860057e9125135e6b428
checker=.venv/share/vnu.jar
if [ ! -f "$checker" ] && command -v java >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then
    folder=$(mktemp -d)
    if (cd "$folder" && npm pack --silent "vnu-jar@$vnu" >/dev/null 2>&1) &&
        echo "$vnu_digest  $folder/vnu-jar-$vnu.tgz" | sha512sum --check --status; then
        tar -xzf "$folder/vnu-jar-$vnu.tgz" -C "$folder" package/build/dist/vnu.jar
        mkdir -p .venv/share
        mv "$folder/package/build/dist/vnu.jar" "$checker"
    fi
    rm -rf "$folder"
fi

# Locally a gap is a counted skip; where CI is set it is a failure.
give_up() {
    [ -n "$missing" ] || exit 0
    echo "Missing for some tests:$missing; $1" >&2
    [ -z "${CI:-}" ] || exit 1
    exit 0
}

has_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_postgres() { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; }

missing=""
has_chromium >/dev/null 2>&1 || missing="$missing chromium"
has_postgres >/dev/null 2>&1 || missing="$missing postgresql"
# Purges between machines are tested with a real Redis; without one these tests are skipped and say so.
has_redis() { command -v redis-server || command -v redis-check-rdb; }
wished=""
has_redis >/dev/null 2>&1 || wished="redis-tools"
[ -n "$missing$wished" ] || exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        give_up "install with: sudo apt install$missing"
    fi
fi
command -v apt-get >/dev/null 2>&1 || give_up "there is no apt-get here to install them with."
echo "Installing for the tests:$missing $wished"
log=$(mktemp)
# The distribution's own cluster is not wanted: the tests start a throw-away one.
if ! { $as_root timeout 300 apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $missing $wished; } >"$log" 2>&1; then
    tail -n 3 "$log" >&2
    rm -f "$log"
    give_up "apt could not install them (its last words stand above)."
fi
rm -f "$log"
