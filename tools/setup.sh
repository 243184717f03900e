#!/usr/bin/env bash
# Prepare this machine: tools/setup.sh [lint|synth|demo|test|bench]
# Finds a Python and hands over to tools/setup.py, which does the work and explains it.
set -euo pipefail
cd "$(dirname "$0")/.."
remembered=.cache/python

fits() { # the interpreter $1 is of version $2 and can make virtual environments
    "$1" -c "import ensurepip, sys, venv
sys.exit('%d.%d' % sys.version_info[:2] != '$2')" >/dev/null 2>&1
}

newest() { # the candidates in the folders of version managers, newest patch first
    # shellcheck disable=SC2086  # unmatched globs stay as they are and are not executable
    printf '%s\n' \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/$1*/bin/python$1 \
        "${UV_PYTHON_INSTALL_DIR:-$HOME/.local/share/uv/python}"/cpython-$1*/bin/python$1 \
        "$PWD"/.cache/pythons/cpython-$1*/bin/python$1 | sort -rV
}

candidates() {
    command -v "python$1"
    newest "$1"
    printf '%s\n' "/opt/homebrew/bin/python$1" "/usr/local/bin/python$1" "/usr/bin/python$1"
    command -v python3
}

find_python() {
    local version candidate
    for version in 3.13 3.12; do
        while read -r candidate; do
            if [ -x "$candidate" ] && fits "$candidate" "$version"; then
                echo "$candidate"
                return
            fi
        done < <(candidates "$version" || true)
    done
}

install_python() { # with a uv that is here, or one bootstrapped with any older Python
    local uv
    uv=$(command -v uv || true)
    if [ -z "$uv" ] && python3 -m venv .cache/tools/seed >/dev/null 2>&1; then
        .cache/tools/seed/bin/python -m pip install --quiet --require-hashes \
            -r tools/uv.txt && uv=.cache/tools/seed/bin/uv
    fi
    [ -n "$uv" ] && UV_PYTHON_INSTALL_DIR=.cache/pythons "$uv" python install 3.13
}

mkdir -p .cache
python=$(cat "$remembered" 2>/dev/null || true)
if ! { [ -n "$python" ] && [ -x "$python" ]; }; then
    python=$(find_python)
    if [ -z "$python" ]; then
        echo "setup: no Python 3.13 or 3.12 here; installing 3.13 with uv" >&2
        install_python >&2 && python=$(find_python)
    fi
    if [ -z "$python" ]; then
        echo "setup: Beeldrecht needs Python 3.13 (or 3.12); get it with" \
            "\`uv python install 3.13\` or \`pyenv install 3.13\`, then run this again." >&2
        exit 1
    fi
    echo "$python" >"$remembered.$$" && mv "$remembered.$$" "$remembered"
fi
exec "$python" -m tools.setup "$@"
