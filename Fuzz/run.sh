#!/usr/bin/env bash
# Fuzzes every reader of foreign input under AddressSanitizer: run.sh [SECONDS per target] [TARGET…]
# Findings are left in Fuzz/findings; the corpus that grows meanwhile goes to FUZZ_WORK (default .build/corpus).
set -u
cd "$(dirname "$0")"
seconds=${1:-30}
shift || true
targets=${*:-feed json date opml html}
build=${FUZZ_BUILD:-.build}
work=${FUZZ_WORK:-$build/corpus}
swift build --scratch-path "$build" -c release -Xswiftc -sanitize=fuzzer,address \
  >"$build.log" 2>&1 || { tail -20 "$build.log"; exit 1; }
mkdir -p findings
failed=0
for target in $targets; do
  mkdir -p "$work/$target"
  # libFuzzer alone has hung behind a pipe: a second clock stands above its own.
  PRECIS_FUZZ=$target ASAN_OPTIONS=detect_leaks=0 timeout -s KILL $((seconds + 60)) \
    "$build/release/fuzz" "$work/$target" "corpus/$target" -dict=tokens.dict -max_total_time="$seconds" \
    -timeout=10 -rss_limit_mb=2048 -max_len=4096 -artifact_prefix="findings/$target-" -print_final_stats=1 \
    </dev/null >"$work/$target.log" 2>&1
  status=$?
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$target.log")
  echo "$target: $seconds s, ${runs:-?} runs, status $status"
  [ $status -eq 0 ] || { failed=1; grep -aE "ERROR|SUMMARY|Fatal|abort|trap" "$work/$target.log" | head -5; }
done
exit $failed
