# Read by `voiceguide` and `test`: a virtual environment that is made when it is missing or out of date.

# The first Python that is 3.11 or newer and has venv.
find_python() {
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
        if [ -n "$candidate" ] &&
            "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "voiceguide: needs Python 3.11 or newer with venv and pip; set PYTHON to one" >&2
    return 1
}

# ready_environment ROOT FOLDER EXTRAS: the checkout at ROOT, with its EXTRAS, installed in FOLDER. What it was
# installed from is written last, so that an installation that broke off is begun again.
ready_environment() {
    wanted=$(printf '%s %s\n' "$1" "$3" | cat - "$1/pyproject.toml" | cksum)
    if [ -x "$2/bin/python" ] && [ -f "$2/installed" ] && [ "$(cat "$2/installed")" = "$wanted" ]; then
        return
    fi
    python=$(find_python)
    if [ -x "$2/bin/python" ]; then
        echo "voiceguide: bringing its environment $2 up to date" >&2
    else
        echo "voiceguide: first use, making its environment $2 (about a minute)" >&2
        "$python" -m venv --clear "$2"
    fi
    rm -f "$2/installed"
    if ! "$2/bin/python" -m pip install --quiet --disable-pip-version-check --editable "$1$3" >&2; then
        echo "voiceguide: the installation failed; what pip says above tells why" >&2
        exit 1
    fi
    echo "$wanted" >"$2/installed"
}
