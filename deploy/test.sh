#!/usr/bin/env bash
# All checks and tests. Called by `make test` with the virtual environment's python in $PYTHON.
# What a machine lacks and may not install is skipped, and said at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$(dirname "$PYTHON")
skipped=()

install() { # install PACKAGE…: from Debian, when this account may
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@") \
            >/dev/null 2>&1 || return 1
    else
        return 1
    fi
}

postgres_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }

command -v chromium >/dev/null || install chromium || true
command -v chromium >/dev/null || skipped+=("Chromium is missing: no test in a browser ran (apt-get install chromium)")
[ -n "$(postgres_bin)" ] || install postgresql || true
[ -n "$(postgres_bin)" ] || skipped+=("PostgreSQL is missing: nothing ran on it (apt-get install postgresql)")
command -v java >/dev/null || install default-jre-headless || true
command -v java >/dev/null || skipped+=("Java is missing: the Nu Html Checker read no page (apt-get install default-jre-headless)")

# Torch has no published CPU build of its own: taken only from a local folder of wheels (PIP_FIND_LINKS).
if ! "$PYTHON" -c 'import torch' 2>/dev/null; then
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --no-index --no-deps torch==2.13.0 2>/dev/null \
        && "$PYTHON" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-torch.lock \
        || skipped+=("torch is missing: conversion, the transformers engine and training were not tested")
fi

step() { echo "── $*"; "$@"; }
step "$bin/ruff" format --check .
step "$bin/ruff" check .
step "$bin/lint-imports" | tail -n 3
step "$bin/mypy"
var=$(mktemp -d)
trap 'rm -rf "$var"' EXIT
DESK_VAR=$var "$PYTHON" manage.py catalogues compile
DESK_VAR=$var "$PYTHON" manage.py catalogues check
DESK_VAR=$var "$PYTHON" manage.py makemigrations --check --dry-run

echo "── tests on SQLite, real broker, workers, models and browser"
step "$PYTHON" -m pytest -q -n 2 --dist loadfile "$@"

if [ -n "$(postgres_bin)" ] && [ $# = 0 ]; then
    echo "── tests of state and concurrency on PostgreSQL"
    "$PYTHON" deploy/with_postgres.py "$(postgres_bin)" \
        "$PYTHON" -m pytest -q -n 2 --dist loadfile -m "not browser and not worker" tests/drafting tests/review tests/publishing tests/api tests/intake
fi

for what in ${skipped[@]+"${skipped[@]}"}; do
    echo "!! SKIPPED: $what"
done
