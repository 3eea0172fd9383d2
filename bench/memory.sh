#!/bin/bash
# Measures what this proxy needs of memory, under small heaps and bad clients, and whether anything grows or stops.
#
#   bench/memory.sh                       about 15 minutes
#   bench/memory.sh --seconds 600         busy for as long as docs/performance.md says
#
# --seconds S   how long 64 clients are busy beside 1,000 idle ones (180)
# --idle N      how many idle clients the second part tries to hold (10000)
# --megabytes N how long the result, and the file, are that nobody takes for a minute (1000)
# --stall S     how long nobody takes them (60)
# --jvm "…"     options for the JVM, to compare collectors
# --only REGEX  crowd, idle, result, file, held
#
# Prints lines of a table. Needs what bench/run.sh needs.
set -euo pipefail
. "$(dirname -- "$(readlink -f -- "$0")")/servers.sh"

seconds=180 idle=10000 megabytes=1000 stall=60 jvm= only=.
while [ $# -gt 0 ]; do
  [ $# -gt 1 ] || fail "$1 needs a value, or is not known"
  case $1 in
    --seconds) seconds=$2 ;;
    --idle) idle=$2 ;;
    --megabytes) megabytes=$2 ;;
    --stall) stall=$2 ;;
    --jvm) jvm=$2 ;;
    --only) only=$2 ;;
    *) fail "unknown option $1" ;;
  esac
  shift 2
done

# small NAME HEAP [OPTION...]: a proxy with a small heap, whose collector says what it does.
small() {
  local name=$1 heap=$2
  shift 2
  JAVA_OPTS="-Xmx$heap -Xlog:gc,safepoint:file=$work/$name.gc:uptime $jvm" start_proxy "$name" "$@"
}

# Heap in use after a collection, in bytes.
heap_of() {
  jcmd "${pid[$1]}" GC.run >/dev/null
  jcmd "${pid[$1]}" GC.class_histogram | awk '/^Total/ { print $3 }'
}

# pauses NAME [LINE]: the longest ones, in ms, from a line of the collector's log on.
pauses() {
  tail -n +"${2:-1}" "$work/$1.gc" | grep Safepoint | grep -oE 'Total: +[0-9]+' | awk '{ print $2 / 1e6 }' | sort -rn | head -n 3 | paste -sd ' '
}

# idle_clients NAME NUMBER SECONDS: keeps connections open in the background.
idle_clients() {
  local each=$(($2 >= 1000 ? 10 : 1))
  patience=$(($3 + 120))
  sysbench_at "$1" "$bench/workloads/idle.lua" --each=$each --threads=$(($2 / each)) --time="$3" run >"$work/idle.log" 2>&1 &
  pid[idle]=$!
}

# clients NAME: how many connections its port has.
clients() {
  local hex
  hex=$(printf '%04X' "${port[$1]}")
  awk -v want=":$hex" 'substr($2, length($2) - 4) == want && $4 == "01"' /proc/net/tcp /proc/net/tcp6 | wc -l
}

# watch NAME SECONDS: prints the resident size now and then.
watch_resident() {
  local until=$((SECONDS + $2)) sizes=
  while [ $SECONDS -lt $until ]; do
    sizes="$sizes $(resident "$1")"
    sleep $(($2 >= 100 ? $2 / 10 : 10))
  done
  echo "$sizes"
}

point_selects() {
  sysbench_at "$1" oltp_point_select "${tables[@]}" --threads="$2" --time="$3" --percentile=99 run 2>&1
}

rate() {
  awk '/queries:/ { sub(/\(/, "", $3); print $3 }'
}

row() {
  echo "| $1 | $2 |"
}

crowd() {
  local before after sizes busy from
  small crowd 64m
  patience=$((seconds + 120))
  point_selects crowd 64 10 >/dev/null
  before=$(heap_of crowd)
  row "-Xmx64m, 64 clients have been busy" "resident $(resident crowd) MB"
  idle_clients crowd 1000 $((seconds + 60))
  sleep 20
  after=$(heap_of crowd)
  row "1,000 idle clients beside them" "resident $(resident crowd) MB, $(((after - before) / 1000)) bytes of heap for each ($(clients crowd) connections)"
  patience=$((seconds + 120))
  from=$(($(wc -l <"$work/crowd.gc") + 1)) # what has looked at the heap has stopped everything, too
  point_selects crowd 64 "$seconds" >"$work/busy.log" &
  busy=$!
  sizes=$(watch_resident crowd "$seconds")
  wait "$busy"
  row "64 of them busy for $seconds s, $(rate <"$work/busy.log") queries/s" "resident$sizes MB; longest pauses $(pauses crowd "$from") ms"
  stop idle
  stop crowd
}

many_idle() {
  # Two descriptors for each client, and some for everything else.
  local most=$((($(ulimit -n) - 200) / 2)) number=$idle
  if [ "$number" -gt $most ]; then
    say "$most idle clients at most: the limit of open files is $(ulimit -n)"
    number=$((most / 10 * 10))
  fi
  small many 256m
  idle_clients many "$number" 60
  sleep 50
  row "-Xmx256m, $number idle clients" "$(clients many) connections, resident $(resident many) MB"
  wait "${pid[idle]}" || :
  unset "pid[idle]"
  stop many
}

# A client that takes nothing for a while: what it pipes to sleeps.
long_result() {
  local rows=$((megabytes * 1000)) others counted
  small result 64m
  point_selects result 8 5 >/dev/null
  (mariadb --no-defaults --quick -N -ubench -pbench -h127.0.0.1 -P"${port[result]}" sbtest \
    -e "SELECT REPEAT('x', 999) FROM seq_1_to_$rows" | (sleep "$stall"; wc -l) >"$work/count") &
  counted=$!
  sleep 2
  others=$(point_selects result 8 $((stall / 2)) | rate)
  sizes=$(watch_resident result 10)
  wait "$counted"
  row "-Xmx64m, a result of $megabytes MB to a client that takes nothing for $stall s" \
    "$(cat "$work/count") of $rows rows; resident$sizes MB meanwhile, $(resident result) after; others $others queries/s; longest pauses $(pauses result) ms"
  stop result
}

# A server that takes nothing for a while: it sleeps over one of the first rows.
long_file() {
  local rows=$((megabytes * 1000)) others loading
  small file 64m
  sql "CREATE TABLE IF NOT EXISTS sbtest.loaded (n INT) ENGINE=MyISAM; TRUNCATE sbtest.loaded"
  point_selects file 8 5 >/dev/null
  mkfifo "$work/rows"
  awk -v rows="$rows" 'BEGIN { x = sprintf("%990s", ""); gsub(" ", "x", x); for (i = 1; i <= rows; i++) print i "\t" x }' >"$work/rows" &
  mariadb --no-defaults --local-infile=1 -ubench -pbench -h127.0.0.1 -P"${port[file]}" sbtest \
    -e "LOAD DATA LOCAL INFILE '$work/rows' INTO TABLE loaded (@n, @text) SET n = IF(@n = 1000, SLEEP($stall), @n)" &
  loading=$!
  sleep 2
  others=$(point_selects file 8 $((stall / 2)) | rate)
  sizes=$(watch_resident file 10)
  wait "$loading"
  row "-Xmx64m, a file of $megabytes MB to a server that takes nothing for $stall s" \
    "$(sql 'SELECT COUNT(*) FROM sbtest.loaded' | tail -n1) of $rows rows; resident$sizes MB meanwhile, $(resident file) after; others $others queries/s; longest pauses $(pauses file) ms"
  stop file
}

# More than a script may have held.
too_long() {
  local said
  small held 64m "$bench/scripts/hold.lua" --proxy-max-buffered-result=10000000
  said=$(mariadb --no-defaults --quick -N -ubench -pbench -h127.0.0.1 -P"${port[held]}" sbtest \
    -e "SELECT REPEAT('x', 999) FROM seq_1_to_100000" 2>&1 | tail -n1) || :
  row "-Xmx64m, a held result of 100 MB where 10 MB are allowed" "$said; then $(point_selects held 8 5 | rate) queries/s"
  stop held
}

begin
need jcmd
tables=(--tables=4 --table-size=10000)
start_server
prepare_tables
echo "| what | measured |"
echo "|---|---|"
for part in crowd idle result file held; do
  [[ $part =~ $only ]] || continue
  say "$part"
  case $part in
    crowd) crowd ;;
    idle) many_idle ;;
    result) long_result ;;
    file) long_file ;;
    held) too_long ;;
  esac
done
