#!/usr/bin/env bash
# Times the whole program against ripgrep and cp, and prints what docs/performance.md shows. See usage().
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C

usage() {
    cat <<'USAGE'
Usage: benches/whole.sh [-m MB] [-f FILES] [-g MB] [-n ROUNDS]

  -m MB      size of the load of many files [default: 64]
  -f FILES   number of its files [default: 1280]
  -g MB      size of the one huge file [default: 16]
  -n ROUNDS  rounds, in each of which everything runs once, in turn [default: 5]

The load is the lines of input/, repeated, in a folder below $TMPDIR that is removed at the end.
$GONGBAO names another program to measure; without it, the release build is made.

The figures of the docs:  benches/whole.sh -m 1000 -f 20000 -g 100
USAGE
}

fail() {
    echo "benches/whole.sh: $*" >&2
    exit 2
}

megabytes=64 files=1280 huge_megabytes=16 rounds=5
while getopts m:f:g:n:h flag; do
    case $flag in
        m) megabytes=$OPTARG ;;
        f) files=$OPTARG ;;
        g) huge_megabytes=$OPTARG ;;
        n) rounds=$OPTARG ;;
        h) usage && exit 0 ;;
        *) usage >&2 && exit 2 ;;
    esac
done
for number in "$megabytes" "$files" "$huge_megabytes" "$rounds"; do
    [[ $number =~ ^[1-9][0-9]*$ ]] || fail "$number: a whole number above 0 is needed"
done
command -v rg >/dev/null || fail 'ripgrep is missing: apt-get install ripgrep'
[ -x /usr/bin/time ] || fail 'GNU time is missing: apt-get install time'

# The same facts in one regex: amounts and rates with their cues, and dates.
number='[0-9０-９一二三四五六七八九十百千零〇两]'
regex="(?:不超过|不低于|最高|最低|至少)?$number+(?:[.,]$number+)*(?:余|多)?[百千万亿]*(?:元|%|％|个百分点)"
regex+="|百分之$number+|$number{4}年(?:$number{1,2}月)?(?:$number{1,3}日)?[底末]?"

gongbao=${GONGBAO:-}
if [ -z "$gongbao" ]; then
    cargo build --release --locked --quiet
    gongbao=${CARGO_TARGET_DIR:-target}/release/gongbao
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/many" "$work/huge" "$work/small" "$work/figures"

# load FOLDER BYTES FILES: the lines of input/ over and over, cut into files of one size at line ends.
load() {
    while cat input/*.txt 2>/dev/null; do :; done | awk -v folder="$1" -v total="$2" -v files="$3" '
        function open_next() { if (name) close(name); name = sprintf("%s/%06d.txt", folder, ++count) }
        BEGIN { open_next() }
        written >= count * total / files { if (count == files) exit; open_next() }
        { print > name; written += length($0) + 1 }'
}
load "$work/many" $((megabytes * 1000000)) "$files"
load "$work/huge" $((huge_megabytes * 1000000)) 1
cp input/zhenhai-policy-2024-draft.txt "$work/small"

# measure NAME COMMAND…: adds a line to the figures of NAME: seconds, seconds of CPU, and kilobytes at the peak.
measure() {
    local name=$1 TIMEFORMAT='%R %U %S'
    shift
    { time /usr/bin/time -o "$work/peak" -f %M "$@" >"$work/stdout" 2>"$work/stderr"; } 2>"$work/time" ||
        fail "failed: $*"$'\n'"$(cat "$work/stderr")"
    paste -d' ' "$work/time" "$work/peak" | awk '{ print $1, $2 + $3, $4 }' >>"$work/figures/$name"
}

# extract NAME LOAD JOBS: a first run, into a folder that is not there.
extract() {
    rm -rf "$work/out"
    measure "$1" "$gongbao" extract "$work/$2" -o "$work/out" --jobs "$3"
}

incremental=$("$gongbao" extract --help | grep -c -- '--force' || true)
for ((round = 1; round <= rounds; round++)); do
    echo "round $round of $rounds" >&2
    measure ripgrep rg --no-config -j1 -c -e "$regex" "$work/many"
    extract one many 1
    extract two many 2
    if [ "$incremental" -gt 0 ]; then
        measure again "$gongbao" extract "$work/many" -o "$work/out" --jobs 2
    fi
    rm -rf "$work/copy"
    measure copy cp -r "$work/many" "$work/copy"
    extract huge huge 0
    extract small small 0
done

# median NAME COLUMN: 1 is seconds, 2 seconds of CPU, 3 kilobytes.
median() {
    cut -d' ' -f"$2" "$work/figures/$1" | sort -g |
        awk '{ of[NR] = $1 } END { print (of[int((NR + 1) / 2)] + of[int(NR / 2) + 1]) / 2 }'
}
# calculate EXPRESSION FORMAT: awk's arithmetic.
calculate() { awk "BEGIN { printf \"$2\", $1 }"; }
bytes() { cat "$work/$1"/* | wc -c; }
ratio() { calculate "$(median "$1" "$3") / $(median "$2" "$3")" %.2f; }
# row TITLE NAME LOAD: of the first table.
row() {
    local seconds
    seconds=$(median "$2" 1)
    printf '| %s | %.3f s | %.3f s | %s MB/s |\n' \
        "$1" "$seconds" "$(median "$2" 2)" "$(calculate "$(bytes "$3") / 1e6 / $seconds" %.0f)"
}
peak() { calculate "$(median "$1" 3) * 1024 / 1e6" '%.0f MB'; }
# again COLUMN: the second run in percent of the first.
again() {
    if [ "$incremental" -gt 0 ]; then
        calculate "100 * $(median again "$1") / $(median two "$1")" '%.1f %%'
    else
        echo 'not in this program'
    fi
}

cat <<TABLE
$("$gongbao" --version), $(date -u +%F); $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), load $(cut -d' ' -f1 /proc/loadavg).
Many: $(bytes many) bytes in $files files; huge: $(bytes huge) bytes; small: $(bytes small) bytes; medians of $rounds.

| whole process | time | CPU | rate |
| --- | --- | --- | --- |
$(row '`rg -j1 -c`, many' ripgrep many)
$(row '`cp -r`, many' copy many)
$(row '`gongbao extract --jobs 1`, many' one many)
$(row '`gongbao extract --jobs 2`, many' two many)
$(row '`gongbao extract`, huge' huge huge)
$(row '`gongbao extract`, small' small small)

| measure | figure | of CPU | target |
| --- | --- | --- | --- |
| one job ÷ \`rg\` | $(ratio one ripgrep 1) | $(ratio one ripgrep 2) | at most 4 |
| one job ÷ \`cp\` | $(ratio one copy 1) | $(ratio one copy 2) | |
| one job ÷ two jobs | $(ratio one two 1) | $(ratio one two 2) | at least 1.8 |
| second run ÷ first, two jobs | $(again 1) | $(again 2) | under 5 % |
| peak memory, many files, two jobs | $(peak two) | | at most 150 MB |
| peak memory, huge file | $(peak huge), $(calculate "$(median huge 3) * 1024 / $(bytes huge)" %.1f) × the file | | at most 10 × |
| one small file | $(calculate "1000 * $(median small 1)" '%.0f ms') | $(calculate "1000 * $(median small 2)" '%.0f ms') | under 15 ms |
TABLE
