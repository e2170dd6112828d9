#!/usr/bin/env bash
# `make bench`: every bench one after the other, on the release binary. Numbers to be read, not a test; one that
# cannot be had leaves the others to be printed.
#
#   tests/bench/run.sh [--quick] [NAME...]     --quick: each in a small form, for a look; NAME: only these
set -euo pipefail
cd "$(dirname "$0")/../.."

quick=no names=()
for argument in "$@"; do
    case $argument in
    --quick) quick=yes ;;
    -*) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 1 ;;
    *) names+=("$argument") ;;
    esac
done

webs() { node tests/e2e/bench.mjs; }
lives() {
    if [[ $quick == yes ]]; then
        YDT_BENCH_CASES=${YDT_BENCH_CASES:-20000} YDT_BENCH_SECONDS=${YDT_BENCH_SECONDS:-8} node tests/e2e/lifecycle.mjs
    else
        node tests/e2e/lifecycle.mjs
    fi
}
# bench NAME SMALL... : SMALL are its options in the small form.
bench() {
    local name=$1
    shift
    [[ $quick == yes ]] || set --
    node "tests/bench/$name.mjs" "$@"
}
filing() { bench filing --seconds 6; }
drain() { bench drain --jobs 5000 --one 2000; }
timers() { bench timers --timers 4000 --peer 4000; }
helpdesk() { bench helpdesk --seconds 3; }
disclosure() { bench disclosure --seconds 1 --turns 3; }
ledger() { bench ledger --rows 20000; }
crowd() { bench crowd --connections 2000 --seconds 10; }

all=(webs lives filing disclosure ledger drain timers helpdesk crowd) missing=()
((${#names[@]})) || names=("${all[@]}")
for name in "${names[@]}"; do
    [[ " ${all[*]} " == *" $name "* ]] || { printf 'no bench is called %s\n' "$name" >&2; exit 1; }
    "$name" || missing+=("$name")
done
((${#missing[@]} == 0)) || { printf '\nnot measured, or not as promised: %s\n' "${missing[*]}" >&2; exit 1; }
