#!/usr/bin/env bash
# Where the time goes: samples of one thread over input/, repeated, told by the room of the program that was at work.
# Needs `perf` (Debian: linux-perf). $GONGBAO names another program; without it, the release build is made.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v perf >/dev/null || { echo 'benches/profile.sh: perf is missing: apt-get install linux-perf' >&2; exit 2; }

gongbao=${GONGBAO:-}
if [ -z "$gongbao" ]; then
    cargo build --release --locked --quiet
    gongbao=${CARGO_TARGET_DIR:-target}/release/gongbao
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for ((copy = 1; copy <= ${1:-20}; copy++)); do
    mkdir -p "$work/load/$copy" && cp input/*.txt "$work/load/$copy"
done
perf record --quiet --freq 499 --call-graph dwarf,16384 --output "$work/perf.data" \
    "$gongbao" extract "$work/load" --output "$work/out" --jobs 1

# A stack is printed from the innermost frame outwards. The first frame of ours says in whose room the work was done,
# searches for patterns and allocations included; the innermost frame says what was done.
perf script --input "$work/perf.data" --fields ip,sym 2>"$work/perf.log" | awk '
    { sub(/^[ \t]*[0-9a-f]+ /, "") }
    NF && !inner { inner = $0 }
    NF && !room && !/gongbao::pattern/ && match($0, /gongbao::[a-z_]+(::rules)?(::[a-z_]+)?/) { room = substr($0, RSTART + 9, RLENGTH - 9) }
    !NF { if (inner) print (room ? room : "elsewhere") "\t" inner; inner = room = "" }' >"$work/samples"

# shares TITLE COLUMN
shares() {
    printf '\n| share | %s |\n| --- | --- |\n' "$1"
    cut -f"$2" "$work/samples" | sort | uniq -c | sort -rn | head -n 15 |
        awk -v all="$(wc -l <"$work/samples")" '{ n = $1; sub(/^ *[0-9]+ /, ""); printf "| %.1f %% | `%s` |\n", 100 * n / all, $0 }'
}
shares room 1
shares 'function at work' 2
