#!/usr/bin/env bash
# Every test suite of the project, on this machine alone: `make test`, or `tests/run.sh [--quick | --postgres]`.
#
#   --quick      units and the API suite on SQLite only: no PostgreSQL, no TypeScript, no browser. Not in CI.
#   --postgres   the API suite on PostgreSQL and Redis in one process only (`make soak`). Not in CI.
#
# The API suite runs once per engine, the same tests each time; YDT_TEST_DATABASE tells which:
# `sqlite` (a fresh file per test) or a postgres:// URL (a fresh database per test). The PostgreSQL server is a
# private one on a free port of the loopback address, and so is the Redis server beside it, which feeds the
# workers of that run (YDT_TEST_REDIS; on SQLite they have the embedded queue). There each test is an installation of
# several processes (YDT_TEST_CLUSTER): two that serve, behind an nginx of its own, and two that work; `--postgres` has
# them in one, as on SQLite, which takes five minutes more. All of it and its files are gone when this script ends, however it ends. The last line is
# `N passed, N failed`, all suites together.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=tests/needs.sh
source tests/needs.sh

quick=no postgres=no
for argument in "$@"; do
    case $argument in
    --quick) quick=yes ;;
    --postgres) postgres=yes ;;
    -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) die "tests/run.sh knows --quick, --postgres and --help, not '$argument'" ;;
    esac
done
[[ $quick$postgres == nono || ${CI:-} != true ]] || die "--quick and --postgres leave suites out, and CI must run them all"
[[ $quick$postgres != yesyes ]] || die "--quick has no PostgreSQL"

logs=$PWD/target/test-logs
rm -rf "$logs"
mkdir -p "$logs"
passed=0 failed=0 failures=() failed_logs=()
export NO_COLOR=1 CARGO_TERM_COLOR=never
# A PGPASSWORD, PGOPTIONS or PGSSLMODE of this shell would reach the suite's connections.
unset "${!PG@}" DATABASE_URL MIGRATE_DATABASE_URL REDIS_URL SMTP_URL YDT_TEST_REDIS
locked=()
[[ ${CI:-} != true ]] || locked=(--locked)

# ---- Steps: a heading, the time it took, a log, and a verdict ---------------------------------------------

# With what there is of disk, memory and processes: where one of them runs out, tests fail in a hundred ways that do not
# name it.
heading() {
    printf '\n=== [%3ds; MB free: %s of disk, %s for shared memory, %s of memory; %s processes] %s\n' "$SECONDS" \
        "$(df --output=avail -B1M . | tail -1 | tr -d ' ')" "$(df --output=avail -B1M /dev/shm 2>/dev/null | tail -1 | tr -d ' ')" \
        "$(awk '/^MemAvailable/ {print int($2 / 1024)}' /proc/meminfo)" "$(find /proc -maxdepth 1 -name '[0-9]*' | wc -l)" "$1"
}

# Adds up what a log's test runners said: cargo's `test result:` lines, vitest's `Tests` lines, and Playwright's
# closing `  3 failed` and `  12 passed (40.1s)`, and `9 passed, 0 failed` of the runners for faults and for the documents.
tally() {
    awk '
        { gsub(/\033\[[0-9;]*m/, "") }
        /^test result: / {
            for (i = 2; i <= NF; i++) {
                if ($i == "passed;") passed += $(i - 1)
                if ($i == "failed;") failed += $(i - 1)
            }
        }
        /^ *Tests +[0-9]+ (passed|failed|skipped|todo)/ {
            for (i = 2; i <= NF; i++) {
                if ($i == "passed") passed += $(i - 1)
                if ($i == "failed") failed += $(i - 1)
            }
        }
        /^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3 }
        /^  [0-9]+ (passed|failed)( \(|$)/ { if ($2 == "passed") passed += $1; else failed += $1 }
        END { print passed + 0, failed + 0 }' "$1"
}

# step LOG TITLE COMMAND... : runs it in sight, keeps a log. A failure is counted and the next step still
# runs, so that one run shows both engines. Returns whether it passed.
step() {
    local log=$logs/$1.log title=$2 began=$SECONDS verdict=ok good bad
    shift 2
    heading "$title"
    "$@" 2>&1 </dev/null | tee "$log" || verdict=FAILED
    read -r good bad < <(tally "$log")
    # A step that broke before a test could fail (it did not compile, say) counts as one failure.
    [[ $verdict == ok || $bad -gt 0 ]] || bad=1
    passed=$((passed + good)) failed=$((failed + bad))
    printf -- '--- %s: %s in %ds (%d passed, %d failed)\n' "$title" "$verdict" $((SECONDS - began)) "$good" "$bad"
    [[ $verdict == ok ]] || { failures+=("$title: see $log"); failed_logs+=("$log"); return 1; }
}

# What a log says of its failures, in few lines: whoever reads only the end of a long run learns why. The same error of a
# hundred tests is told once.
why() {
    sed 's/\x1b\[[0-9;]*m//g' "$1" | grep -E "panicked at|^ *(Error|[A-Za-z]+Error|error)\b|^ *not ok|✖|✘|FAILED|No space left" |
        sed -E 's/^[> ]+//; s/[0-9]+(\.[0-9]+)? ?m?s\b/…/g' | cut -c1-200 | sort | uniq -c | sort -rn | head -25 || true
}

finish() {
    local failure
    printf '\n=== [%3ds] done\n' "$SECONDS"
    for failure in "${failed_logs[@]}"; do
        printf 'Why, in short, of %s:\n' "${failure##*/}"
        why "$failure"
    done
    for failure in "${failures[@]}"; do printf 'FAILED  %s\n' "$failure"; done
    printf '%d passed, %d failed\n' "$passed" "$failed"
    ((failed == 0)) && ((passed > 0))
}

# ---- A private PostgreSQL --------------------------------------------------------------------------------

# Where files of tests lie: in memory, where there is room for them. What a disk has to keep is shown by tests/faults,
# whose places lie on one.
fast=/tmp
[[ $(df --output=avail -B1M /dev/shm 2>/dev/null | tail -1) -lt 3000 ]] || fast=/dev/shm
rooms=''
make_rooms() {
    rooms=$(mktemp -d "$fast/ydt-test-rooms.XXXXXX")
}

pg_home='' pg_bin='' pg_url=''
# The server refuses to run as root: root hands it to an account that may do nothing else.
pg_as=()
if ((EUID == 0)); then
    pg_user=postgres
    id -u postgres >/dev/null 2>&1 || pg_user=nobody
    pg_as=(setpriv "--reuid=$pg_user" "--regid=$(id -g "$pg_user")" --clear-groups --)
fi
pg() { (cd "$pg_home" && "${pg_as[@]}" env LC_ALL=C "$pg_bin/$1" "${@:2}"); }

stop_postgresql() {
    [[ -n $pg_home ]] || return 0
    [[ ! -e $pg_home/data/postmaster.pid ]] ||
        pg pg_ctl --silent -D "$pg_home/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$pg_home"
    pg_home=''
}

# ---- A private Redis -------------------------------------------------------------------------------------

redis_home='' redis_url=''

stop_redis() {
    [[ -n $redis_home ]] || return 0
    [[ ! -e $redis_home/pid ]] || kill -KILL "$(<"$redis_home/pid")" 2>/dev/null || true
    rm -rf "$redis_home"
    redis_home=''
}

start_redis() {
    local port tries
    redis_home=$(mktemp -d /tmp/ydt-test-redis.XXXXXX)
    for port in $(shuf -i 20000-32000 -n 5); do
        ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || continue
        redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$redis_home" \
            --pidfile "$redis_home/pid" --logfile "$redis_home/log" --daemonize yes >/dev/null
        for ((tries = 0; tries < 50; tries++)); do
            if (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null && [[ -s $redis_home/pid ]]; then
                redis_url=redis://127.0.0.1:$port
                return 0
            fi
            sleep 0.1
        done
    done
    cp "$redis_home/log" "$logs/redis.log" 2>/dev/null || true
    printf 'Redis did not start: see %s\n' "$logs/redis.log"
    return 1
}

stop_servers() {
    stop_postgresql
    stop_redis
    [[ -z $rooms ]] || rm -rf "$rooms"
}
trap stop_servers EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

start_postgresql() {
    local port tries=0
    local careless=(-c fsync=off -c full_page_writes=off -c autovacuum=off -c wal_level=minimal -c max_wal_senders=0)
    pg_bin=$(postgresql_bin)
    # Not under TMPDIR: the path of a socket must stay below 108 bytes.
    pg_home=$(mktemp -d "$fast/ydt-test-pg.XXXXXX")
    ((EUID != 0)) || chown "$pg_user" "$pg_home"
    pg initdb -D "$pg_home/data" -U ydt -E UTF8 --locale=C --auth=trust --no-sync >"$logs/initdb.log" 2>&1 ||
        { printf 'initdb failed: see %s\n' "$logs/initdb.log"; return 1; }
    # This server has nothing to lose: it neither syncs nor cleans up after the few rows of a test. What is promised
    # about disks is tested in tests/faults, on servers as delivered.
    for port in $(shuf -i 20000-32000 -n 20); do
        ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || continue
        if pg pg_ctl --silent -D "$pg_home/data" -l "$pg_home/log" -w -t 60 start -o \
            "-p $port -k $pg_home -c listen_addresses=127.0.0.1 -c max_connections=200 ${careless[*]}" \
            >/dev/null 2>&1; then
            pg createdb -h "$pg_home" -p "$port" -U ydt ydt_test
            pg_url=postgres://ydt@127.0.0.1:$port/ydt_test
            return 0
        fi
        tries=$((tries + 1))
        ((tries < 3)) || break
    done
    cp "$pg_home/log" "$logs/postgresql.log" 2>/dev/null || true
    printf 'PostgreSQL did not start: see %s\n' "$logs/postgresql.log"
    return 1
}

api_on_sqlite() { TMPDIR=$rooms YDT_TEST_DATABASE=sqlite cargo test "${locked[@]}" --workspace --no-fail-fast; }
api_on_postgresql() { TMPDIR=$rooms YDT_TEST_DATABASE=$pg_url YDT_TEST_REDIS=$redis_url cargo test "${locked[@]}" --workspace --test it --no-fail-fast; }
# Of the server's 200 connections a test takes at most 42 here: a pool of eight in each of five processes, its own two.
api_on_cluster() {
    local threads
    threads=$(nproc)
    YDT_TEST_CLUSTER=1 RUST_TEST_THREADS=$((threads < 4 ? threads : 4)) api_on_postgresql
}
queue_in_redis() { YDT_TEST_REDIS=$redis_url cargo test "${locked[@]}" --workspace --lib ports::queue; }
webs() { npm ci --no-progress && npm run build; }

# ---- The run ---------------------------------------------------------------------------------------------

heading 'What the tests need'
need_rust
[[ $quick == yes ]] || { need_node; need_postgresql; need_redis; need_nginx; need_chromium; need_poppler; need_faults; need_schemathesis; }
printf '%s' "$(cargo --version)"
[[ $quick == yes ]] || printf ', node %s, %s, %s' "$(node --version)" "$("$(postgresql_bin)/postgres" --version)" \
    "$(chromium --version 2>/dev/null)"
printf '\n'

# Before any cargo line: what the build leaves is what the program serves.
[[ $quick == yes ]] || step webs 'Both webs' webs || { finish; exit 1; }
# `--workspace` in every cargo line: another selection unifies features differently and builds half the tree anew.
step build 'Build (a cold one takes several minutes)' cargo test "${locked[@]}" --workspace --no-run || { finish; exit 1; }
make_rooms
[[ $postgres == yes ]] || step sqlite 'Units, and the API suite on SQLite' api_on_sqlite || true
if [[ $quick == no ]]; then
    # Not through `step`: a pipe would keep the server's address in a subshell.
    heading 'A private PostgreSQL and a private Redis'
    if start_postgresql && start_redis; then
        printf '%s\n' "$pg_url" "$redis_url"
        step queue 'The queue in Redis' queue_in_redis || true
        if [[ $postgres == yes ]]; then
            step postgres 'The API suite on PostgreSQL and Redis, in one process' api_on_postgresql ||
                cp "$pg_home/log" "$logs/postgresql.log"
            finish
            exit
        fi
        step cluster 'The API suite on two API and two worker processes behind nginx' api_on_cluster ||
            cp "$pg_home/log" "$logs/postgresql-cluster.log"
        stop_servers
    else
        failed=$((failed + 1))
        failures+=("A private PostgreSQL or Redis did not start: see $logs")
    fi
    step typescript 'TypeScript: types, drift against the contract, units' npm run check || true
    # Test builds leave the program itself out; this one only links it.
    if step program 'The program' cargo build "${locked[@]}" --workspace; then
        step schemathesis 'Both documents against the real program, as everybody' node tests/schemathesis/run.mjs || true
        step faults 'Faults: killed, starved, locked; nothing lost, nothing twice' node tests/faults/run.mjs || true
        step e2e 'Browsers against the real program' npm run e2e -w @yidiantong/e2e || true
    fi
fi
finish
