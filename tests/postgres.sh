#!/usr/bin/env bash
# A private PostgreSQL server on a free port, for benches: `tests/postgres.sh start` prints its home and its address,
# `tests/postgres.sh stop HOME` ends it and takes its files away. fsync and synchronous_commit stay as delivered.
set -euo pipefail
cd "$(dirname "$0")"
# shellcheck source=tests/needs.sh
source needs.sh

as=()
if ((EUID == 0)); then
    user=postgres
    id -u postgres >/dev/null 2>&1 || user=nobody
    as=(setpriv "--reuid=$user" "--regid=$(id -g "$user")" --clear-groups --)
fi
pg() { (cd "$home" && "${as[@]}" env LC_ALL=C "$(postgresql_bin)/$1" "${@:2}"); }

case ${1:-} in
start)
    need_postgresql >&2
    home=$(mktemp -d /tmp/ydt-bench-pg.XXXXXX)
    ((EUID != 0)) || chown "$user" "$home"
    pg initdb -D "$home/data" -U ydt -E UTF8 --locale=C --auth=trust --no-sync >/dev/null
    for port in $(shuf -i 20000-32000 -n 20); do
        ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || continue
        pg pg_ctl --silent -D "$home/data" -l "$home/log" -w -t 60 start -o \
            "-p $port -k $home -c listen_addresses=127.0.0.1 -c max_wal_size=8GB" >/dev/null 2>&1 || continue
        pg createdb -h "$home" -p "$port" -U ydt bench
        printf '%s %s\n' "$home" "postgres://ydt@127.0.0.1:$port/bench"
        exit 0
    done
    die "PostgreSQL did not start: see $home/log"
    ;;
stop)
    home=${2:?}
    pg pg_ctl --silent -D "$home/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$home"
    ;;
*) die "tests/postgres.sh start, or stop HOME" ;;
esac
