#!/usr/bin/env bash
# Installs what a build or a test run needs, only where it is missing: `tests/needs.sh rust node postgresql redis nginx
# chromium`.
# Everything but schemathesis and frictionless comes from the system's packages; nothing that is there already is touched.
set -euo pipefail

die() {
    printf 'NEEDS: %s\n' "$1" >&2
    exit 1
}

# install PACKAGE... : apt-get as root, or through sudo without a question asked when nobody is there to answer.
install() {
    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || die "$* is missing and this is not root: install it yourself, then try again"
        as_root=(sudo)
        [[ -t 0 ]] || as_root+=(--non-interactive)
    fi
    command -v apt-get >/dev/null || die "$* is missing and there is no apt-get here: install it yourself, then try again"
    printf 'installing %s from the system packages ...\n' "$*"
    local get=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends
        -o Dpkg::Use-Pty=0 install "$@")
    # A machine that never ran `update` finds nothing at the first try.
    "${get[@]}" >/dev/null 2>&1 ||
        { "${as_root[@]}" apt-get -qq update >/dev/null && "${get[@]}" >/dev/null; } ||
        die "apt-get could not install $*"
}

need_rust() {
    command -v cargo >/dev/null ||
        die "cargo is missing: install Rust with rustup (the version is in Cargo.toml, rust-version), then try again"
    # SQLite, libpq and the TLS library are compiled from C that their crates bring along.
    command -v cc >/dev/null || install gcc libc6-dev
}

need_node() {
    command -v node >/dev/null || install nodejs
    command -v npm >/dev/null || install npm
    local major
    major=$(node -p 'process.versions.node.split(".")[0]')
    ((major >= 20)) || die "node $(node --version) is too old: version 20 or later is needed"
}

# Where the newest server's programs are; the packages keep them off the PATH.
postgresql_bin() {
    local initdb
    initdb=$(find /usr/lib/postgresql/*/bin -name initdb 2>/dev/null | sort -V | tail -1)
    [[ -n $initdb ]] || initdb=$(command -v initdb || true)
    if [[ -n $initdb ]]; then dirname "$initdb"; fi
}

need_postgresql() {
    [[ -n $(postgresql_bin) ]] || install postgresql
    [[ -n $(postgresql_bin) ]] || die "postgresql is installed, but no initdb under /usr/lib/postgresql"
}

need_redis() {
    command -v redis-server >/dev/null || install redis-server
}

# Only the program: the tests start it themselves, on a port of their own. Where the package starts one too, with its
# page of welcome on port 80, that one harms nobody.
need_nginx() {
    [[ -x /usr/sbin/nginx ]] || command -v nginx >/dev/null || install nginx-light
}

# The bench's copies are made with each database's own client.
need_clients() {
    command -v sqlite3 >/dev/null || install sqlite3
    command -v psql >/dev/null || install postgresql-client
}

# The bench's load, and its peers: pgbench, BullMQ on a Redis server, django-helpdesk in an environment of its own.
need_bench() {
    need_redis
    command -v wrk >/dev/null || install wrk
    command -v pgbench >/dev/null || install postgresql
    command -v prlimit >/dev/null || install util-linux
    python3 -c 'import ensurepip, venv' 2>/dev/null || install python3-venv
}

# A tool from the Python packages, once per machine and version, in an environment of its own outside the repository.
need_python_tool() {
    local home=${XDG_CACHE_HOME:-$HOME/.cache}/yidiantong/tools/$1-$2
    python3 -c 'import ensurepip, venv' 2>/dev/null || install python3-venv
    if [[ ! -e $home/whole ]]; then
        printf 'installing %s %s (once per machine) ...\n' "$1" "$2"
        rm -rf "$home"
        python3 -m venv "$home" &&
            "$home/bin/pip" install --quiet --disable-pip-version-check "$1==$2" >/dev/null ||
            die "$1 $2 could not be installed"
        touch "$home/whole"
    fi
}

# What the documents and the data packages are held with; both are MIT.
need_schemathesis() {
    need_python_tool schemathesis 4.32.5
    need_python_tool frictionless 5.21.0
}

# What the fault tests look with.
need_faults() {
    command -v sqlite3 >/dev/null || install sqlite3
    command -v strace >/dev/null || install strace
    # The library, under whatever name of this machine's kind; the package's command is not used.
    compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' >/dev/null || install faketime
}

need_chromium() {
    command -v chromium >/dev/null || install chromium
    # Without a Chinese face every character is the same box, and no picture or width means anything.
    command -v fc-list >/dev/null || install fontconfig
    [[ $(fc-list) == *Noto*CJK* ]] || install fonts-noto-cjk
}

# What looks into printed pages: their sizes, their words, their pictures.
need_poppler() {
    command -v pdftotext >/dev/null || install poppler-utils
}

# Sourced, this file only brings its functions.
[[ ${BASH_SOURCE[0]} == "$0" ]] || return 0
for what in "$@"; do "need_$what"; done
