#!/usr/bin/env bash
# Coverage-guided fuzzing of every parser of bytes from outside, for so many seconds each:
#
#   tests/fuzz/run.sh SECONDS [TARGET...]
#
# The toolchain is the stable one: counters come from an ordinary pass of LLVM, and only sanitizers would need another
# (`unsafe` is forbidden in our own crates). `cargo fuzz run --fuzz-dir tests/fuzz -s none TARGET` does the same. What a
# target learned is kept under target/fuzz/corpus, what broke it under target/fuzz/artifacts; give that file to the
# target to see it again.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:?see the head of this file}
shift
host=$(rustc -vV | sed -n 's/^host: //p')
home=$PWD/${CARGO_TARGET_DIR:-target}/fuzz
[[ ${CARGO_TARGET_DIR:-} != /* ]] || home=$CARGO_TARGET_DIR/fuzz
# With --target, so that build scripts and macros, which run in the compiler, have no counters.
export RUSTFLAGS='--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares'
# `seeds` has nothing that counts, so it is built without.
build=(cargo build --locked --release --manifest-path tests/fuzz/Cargo.toml --target-dir "$home/build")
RUSTFLAGS='' "${build[@]}" --bin seeds
"$home/build/release/seeds" "$home/seeds"
targets=("$@")
((${#targets[@]} > 0)) || mapfile -t targets < <(find tests/fuzz/fuzz_targets -name '*.rs' -printf '%f\n' | sed 's/\.rs$//' | sort)
"${build[@]}" --target "$host" "${targets[@]/#/--bin=}"
broken=0
for target in "${targets[@]}"; do
    mkdir -p "$home/corpus/$target" "$home/artifacts/$target"
    printf -- '--- %s: %s s\n' "$target" "$seconds"
    "$home/build/$host/release/$target" "$home/corpus/$target" "$home/seeds/$target" \
        -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
        -artifact_prefix="$home/artifacts/$target/" 2>&1 | tail -n 12 || broken=$((broken + 1))
done
if ((broken > 0)); then
    printf 'FUZZ: %d targets broke; see %s/artifacts\n' "$broken" "$home" >&2
    exit 1
fi
printf 'FUZZ: %d targets stand\n' "${#targets[@]}"
