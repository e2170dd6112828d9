#!/usr/bin/env bash
# The fences between the rooms: what no compiler error holds yet. Each is one line of output; a broken one
# names file and line. Run by `.ci/run` and by `make lint`; takes seconds.
set -euo pipefail
cd "$(dirname "$0")/.."

broken=0
fail() { # what, lines
    broken=$((broken + 1))
    printf 'BROKEN  %s\n' "$1"
    [[ -z "${2:-}" ]] || printf '%s\n' "$2" | sed 's/^/        /'
}
good() { printf 'ok      %s\n' "$1"; }
hold() { # what, offending lines (empty: the fence stands)
    if [[ -n "$2" ]]; then fail "$1" "$2"; else good "$1"; fi
}

# ---- Crates: main -> api -> store -> domain, never back --------------------------------------------------

# Names of the crates that $1 is built with, one a line. A failing cargo must not read as "found nothing".
tree() { cargo tree --locked --quiet --edges normal --prefix none --format '{p}' "$@" | awk '{print $1}' | sort -u; }

# without PACKAGE "reason" CRATE... : none of the crates is anywhere below the package.
without() {
    local package=$1 reason=$2 names found
    shift 2
    if ! names=$(tree -p "$package"); then fail "$package: cargo tree did not run"; return; fi
    found=$(grep -xE "$(IFS='|'; echo "$*")" <<<"$names" || true)
    hold "$package $reason" "$found"
}

without domain "knows no IO, no database, no HTTP, no dice" \
    tokio diesel actix-web actix-rt rand reqwest lettre libsqlite3-sys pq-sys store yidiantong-api
without store "knows no HTTP and no application" actix-web reqwest lettre yidiantong-api

if names=$(tree -p yidiantong-api --depth 1); then
    hold "yidiantong-api names no database crate itself" \
        "$(grep -xE 'diesel|diesel_migrations|libsqlite3-sys|pq-sys' <<<"$names" || true)"
else
    fail "yidiantong-api: cargo tree did not run"
fi

# ---- Features do not import features ---------------------------------------------------------------------
# What a feature causes elsewhere is a row written in the same transaction, picked up by the worker.

features=(accounts regions powers disclosures complaints sla escalations audit organisations)
# The same list, read off the tree: a room of api/src with a service.rs is a feature too.
for service in api/src/*/service.rs; do
    [[ -e $service ]] || continue
    room=$(basename "$(dirname "$service")")
    [[ " ${features[*]} " == *" $room "* ]] || features+=("$room")
done

# Reads Rust and prints each place where a file of room `here` names another feature through `crate::` or
# `super::super::`, also inside a `use crate::{ ... }` group of many lines (there only its outermost names).
read -r -d '' crossing <<'AWK' || true
BEGIN { split(others, list, " "); for (i in list) foreign[list[i]] = 1 }
FNR == 1 { group = 0; word = "" }
/^[ \t]*\/\// { next }
{
    line = $0
    sub(/[ \t]\/\/ .*$/, "", line)
    rest = line
    while (match(rest, /(crate|super::super)::[a-z_]+/)) {
        name = substr(rest, RSTART, RLENGTH)
        sub(/.*::/, "", name)
        if (name in foreign) print FILENAME ":" FNR ": " $0
        rest = substr(rest, RSTART + RLENGTH)
    }
    start = 1
    if (!group && match(line, /(crate|super::super)::\{/)) { group = 1; word = ""; start = RSTART + RLENGTH }
    if (group) {
        for (i = start; i <= length(line) && group; i++) {
            c = substr(line, i, 1)
            if (c ~ /[a-z_]/) { if (group == 1 && !past) word = word c; continue }
            if (group == 1 && word in foreign && !past) print FILENAME ":" FNR ": " $0
            word = ""
            if (c == ":") past = 1
            if (c == ",") past = (group > 1)
            if (c == "{") group++
            if (c == "}") group--
        }
        if (group == 1 && word in foreign && !past) print FILENAME ":" FNR ": " $0
        word = ""
        if (!group) past = 0
    }
}
AWK
crossings=""
for here in "${features[@]}"; do
    [[ -d api/src/$here ]] || continue
    others=$(printf '%s\n' "${features[@]}" | grep -vx "$here" | tr '\n' ' ')
    crossings+=$(find "api/src/$here" -name '*.rs' -print0 | xargs -0 -r awk -v others="$others" "$crossing"; echo .)
    crossings=${crossings%.}
done
crossings=${crossings%$'\n'}
hold "no feature of api/src imports another feature" "$crossings"

# The webs: app -> features -> ui, lib; a feature's rooms are its own, and what two need moves down.
crossings=""
for web in public-web admin-web; do
    for feature in "$web"/src/features/*/; do
        [[ -d $feature ]] || continue
        name=$(basename "$feature")
        # From within a feature, `../<other>` is another one, unless it leads further down (`../../lib`).
        crossings+=$(git grep -nE "from \"(\.\./)+(features/)?[a-z]+" -- "$feature*.ts" "$feature*.tsx" |
            grep -E "\"\.\./[a-z]+|features/" | grep -vE "features/$name/[^:]+:[0-9]+:.*\"\.\./(\.\.)" || true)
    done
    crossings+=$(git grep -nE "from \"(\.\./)+(app|features)/" -- "$web/src/lib/*" "$web/src/ui/*" || true)
done
hold "no feature of a web imports another, and ui and lib import neither app nor features" "$crossings"

# ---- The house has these rooms and no others -------------------------------------------------------------

rooms=' api public-web admin-web migrations openapi tests .ci '
strangers=$(git ls-files -z | tr '\0' '\n' | awk -F/ 'NF > 1 {print $1}' | sort -u |
    while read -r room; do [[ $rooms == *" $room "* ]] || echo "$room/"; done)
hold "top-level folders are only:$rooms" "$strangers"

uneven=$(diff <(git ls-files 'migrations/sqlite/*' | cut -d/ -f3- | sort) \
    <(git ls-files 'migrations/postgres/*' | cut -d/ -f3- | sort) |
    sed -n 's/^< /only sqlite:   /p; s/^> /only postgres: /p')
hold "migrations have the same names for both engines" "$uneven"

# ---- What only the long runs build -----------------------------------------------------------------------

# It is locked by itself, so a package more in the program leaves it behind, and nobody would see before `make soak`.
fuzz=(cargo metadata --quiet --locked --format-version 1 --manifest-path tests/fuzz/Cargo.toml)
hold "tests/fuzz/Cargo.lock is what its Cargo.toml and ours ask for" \
    "$("${fuzz[@]}" 2>&1 >/dev/null | grep -F 'lock file' || true)"

# ---- Nothing half done, nothing of this machine ----------------------------------------------------------

# Lines of committed text that match. One letter in brackets keeps a pattern from finding itself.
lines() { git grep -nIE "$@" -- . ':!Cargo.lock' || true; }

hold "nothing is left to be done later" "$(lines 'tod[o]!|unimplemente[d]!|FIXM[E]')"
hold "no path of one machine" "$(lines '(^|[^A-Za-z0-9_.*}-])/(wor[k]|roo[t])/')"
hold "no package registry is named" \
    "$(lines 'npmjs\.or[g]|npmmirror\.co[m]|(index|static)\.crates\.i[o]|pypi\.or[g]|debian\.or[g]')"
hold "package-lock.json records no download address" \
    "$(git grep -nE '"resolved": "http' -- '*package-lock.json' | head -3 || true)"
hold "no secret key is committed" "$(lines -e '-----BEGIN [A-Z ]*PRIVATE KE[Y]-----')"

if ((broken)); then
    printf 'FENCES: %d broken\n' "$broken" >&2
    exit 1
fi
printf 'FENCES: all stand\n'
