#!/bin/bash
# Measures this proxy against HAProxy and the server itself, and writes the tables of docs/performance.md.
#
#   bench/run.sh                          about 40 minutes
#   bench/run.sh --quick                  at most 14 minutes: 1, 8 and 64 threads, each proxy warmed up once
#   bench/run.sh --rounds 7 --seconds 10 --warm-up 30
#   bench/run.sh --only 'bulk|connect'    only the groups whose names match
#
# --rounds N     each target runs once per round, in an order that turns round; a ratio is taken within a round (3)
# --seconds S    of each run (4)
# --warm-up S    of each target with each workload, at 8 threads, not counted (15)
# --settle S     of each target before each cell, with just what is measured then, not counted (2)
# --threads "…"  of point selects and transactions ("1 8 64 256")
# --only REGEX   point, read_only, bulk, wide, connect, paced, start
# --out FILE     where the tables go (standard output); the single runs go to FILE.tsv
# --quick        as --rounds 3 --seconds 2 --warm-up 12 --settle 0 --threads "64 8 1" --limit 700, and less warm-up; put others behind it
# --limit S      after so many seconds what is still to come runs once, not in rounds (never)
#
# What was measured before it is interrupted is printed, too.
#
# Needs bash, awk, sysbench, HAProxy, MariaDB and a JDK; starts and stops everything itself.
set -euo pipefail
. "$(dirname -- "$(readlink -f -- "$0")")/servers.sh"

rounds=3 seconds=4 warm_up=15 settle=2 threads="1 8 64 256" only=. out= quick= limit=0
while [ $# -gt 0 ]; do
  if [ "$1" = --quick ]; then
    quick=yes rounds=3 seconds=2 warm_up=12 settle=0 threads="64 8 1" limit=700
    shift
    continue
  fi
  [ $# -gt 1 ] || fail "$1 needs a value, or is not known"
  case $1 in
    --rounds) rounds=$2 ;;
    --seconds) seconds=$2 ;;
    --warm-up) warm_up=$2 ;;
    --settle) settle=$2 ;;
    --threads) threads=$2 ;;
    --only) only=$2 ;;
    --limit) limit=$2 ;;
    --out) out=$2 ;;
    *) fail "unknown option $1" ;;
  esac
  shift 2
done

# One run: TARGET SECONDS THREADS SYSBENCH-ARGUMENT... Prints queries per second, p99 in ms, ticks of the target's processor
# time, queries, and MB of its memory; or "failed".
run() {
  local target=$1 time=$2 clients=$3 before after text
  shift 3
  patience=$((time * 4 + 60))
  before=$(ticks "$target")
  if ! text=$(sysbench_at "$target" "$@" --threads="$clients" --time="$time" --percentile=99 run 2>&1); then
    say "$target failed: $(grep -m1 -iE 'fatal|error' <<<"$text" || tail -n1 <<<"$text")"
    echo failed
    return
  fi
  after=$(ticks "$target")
  awk -v used=$((after - before)) -v mb="$(resident "$target")" '
    /^ +total:/ { queries = $2 }
    /total time:/ { sub("s", "", $3); time = $3 }
    /99th percentile:/ { p99 = $3 }
    END { if (queries > 0 && time > 0) print queries / time, p99, used, queries, mb; else print "failed" }' <<<"$text"
}

# cell GROUP FORM THREADS "TARGET..." SYSBENCH-ARGUMENT...: all rounds of one cell, to the table of single runs.
cell() {
  local group=$1 form=$2 clients=$3 targets=$4 round target order name
  shift 4
  [[ $group =~ $only ]] || return 0
  say "$group $form, $clients threads"
  # What was compiled for another workload may have to be compiled again.
  for name in $targets; do
    [ "$settle" -eq 0 ] || run "$name" "$settle" "$clients" "$@" >/dev/null
  done
  for round in $(seq "$rounds"); do
    [ "$round" -eq 1 ] || in_time || break
    order=$targets
    if [ $((round % 2)) -eq 0 ]; then
      order=
      for name in $targets; do
        order="$name $order"
      done
    fi
    for target in $order; do
      # The server itself is there to compare with, not for the ratios: in a quick run once is enough.
      [[ -z $quick || $round -eq 1 || $target != direct ]] || continue
      echo "$group $form $clients $round $target $(run "$target" "$seconds" "$clients" "$@")" >>"$runs"
    done
  done
}

in_time() {
  [ "$limit" -eq 0 ] || [ $(($(date +%s) - started)) -lt "$limit" ]
}

# warm GROUP SECONDS "TARGET..." SYSBENCH-ARGUMENT...: until the JVM has compiled what the group needs.
warm() {
  local group=$1 time=$2 targets=$3 target
  shift 3
  [[ $group =~ $only && $time -gt 0 ]] || return 0
  for target in $targets; do
    # A quick run spends no time on what has nothing to compile.
    [[ -z $quick || ! $target =~ ^(direct|haproxy)$ ]] || continue
    say "warming $target up for $group"
    run "$target" "$time" "${warm_threads:-8}" "$@" >/dev/null || :
  done
}

# Seconds of warm-up: all of it, or in a quick run a part, since what serves was warmed up with something like it before.
warmth() {
  if [ -n "$quick" ]; then
    echo $((warm_up * $1 / 100))
  else
    echo "$warm_up"
  fi
}

# want TARGET [SCRIPT]: starts it unless it runs.
want() {
  [ -n "${pid[$1]:-}" ] || start_proxy "$1" ${2:+"$bench/scripts/$2"}
}

measure_points() {
  local clients form all="direct haproxy plain look-lua look-py time rows"
  want plain
  want look-lua look.lua
  want look-py look.py
  want time time.lua
  want rows rows.lua
  want made made.lua
  warm point "$warm_up" "$all made" oltp_point_select "${tables[@]}" --db-ps-mode=disable
  warm point "$(warmth 50)" "$all" oltp_point_select "${tables[@]}" --db-ps-mode=auto
  for clients in $threads; do
    cell point text "$clients" "$all made" oltp_point_select "${tables[@]}" --db-ps-mode=disable
    cell point prepared "$clients" "$all" oltp_point_select "${tables[@]}" --db-ps-mode=auto
  done
  for form in look-lua look-py time rows made; do
    stop "$form"
  done
}

measure_read_only() {
  local clients all="direct haproxy plain"
  want plain
  warm read_only "$(warmth 25)" "$all" oltp_read_only "${tables[@]}" --db-ps-mode=disable
  for clients in $threads; do
    cell read_only text "$clients" "$all" oltp_read_only "${tables[@]}" --db-ps-mode=disable
    cell read_only prepared "$clients" "$all" oltp_read_only "${tables[@]}" --db-ps-mode=auto
  done
}

measure_bulk() {
  local clients bulk="direct haproxy plain hold" wide="direct haproxy plain" warm_threads=2
  want plain
  want hold hold.lua
  warm bulk "$(warmth 80)" "$bulk" "$bench/workloads/bulk.lua"
  for clients in 1 4; do
    cell bulk text "$clients" "$bulk" "$bench/workloads/bulk.lua"
  done
  stop hold
  warm wide "$(warmth 40)" "$wide" "$bench/workloads/bulk.lua" --rows=5 --width=20000000
  for clients in 1 4; do
    cell wide text "$clients" "$wide" "$bench/workloads/bulk.lua" --rows=5 --width=20000000
  done
}

measure_connects() {
  local clients all="direct haproxy plain"
  want plain
  warm connect "$warm_up" "$all" "$bench/workloads/connect.lua"
  for clients in 8 64; do
    cell connect text "$clients" "$all" "$bench/workloads/connect.lua"
  done
}

# Far from saturation, where a percentile is that of the proxy and not that of the queue in front of the processors.
measure_paced() {
  local all="direct haproxy plain"
  want plain
  warm paced "$(warmth 0)" "$all" oltp_point_select "${tables[@]}" --db-ps-mode=disable
  cell paced text 8 "$all" oltp_point_select "${tables[@]}" --db-ps-mode=disable --rate=1000
  cell paced prepared 8 "$all" oltp_point_select "${tables[@]}" --db-ps-mode=auto --rate=1000
}

# From the start of the process to the answer of a first query, in ms.
measure_starts() {
  local script round began times
  for script in "" look.lua look.py; do
    times=
    for round in $(seq $((rounds + 1))); do
      [ "$round" -le 2 ] || in_time || break
      say "start ${script:-without script}, $round"
      began=$(date +%s%N)
      start_proxy start ${script:+"$bench/scripts/$script"}
      mariadb --no-defaults -N -ubench -pbench -h127.0.0.1 -P"${port[start]}" -e "SELECT 1" >/dev/null
      # The first one may have prepared what the others use.
      [ "$round" -eq 1 ] || times="$times $((($(date +%s%N) - began) / 1000000))"
      stop start
    done
    starts+=("| ${script:-no script} |$times |")
  done
}
starts=()

report() {
  echo "$(haproxy -v | awk 'NR == 1 { print $1, $3 }'), $(mariadbd --version | grep -o "[0-9][0-9.]*-MariaDB" | head -n1)," \
    "$(nproc) cores that client, server and proxy share; $rounds rounds of $seconds s after $warm_up s of warm-up;" \
    "$((($(date +%s) - started) / 60)) minutes; load at the end $(cut -d' ' -f1-3 /proc/loadavg)."
  awk -f "$bench/report.awk" "$runs"
  if [ ${#starts[@]} -gt 0 ]; then
    printf '%s\n' "" "| started with | ms to the answer of a first query, each time |" "|---|---|" "${starts[@]}"
  fi
}

# However it ends, what was measured is not lost.
finish() {
  local status=$?
  trap - EXIT
  set +e
  if [ -n "$out" ]; then
    report >"$out"
    say "written to $out"
  else
    report
  fi
  end
  exit "$status"
}

# In braces, so that it is read as a whole: this runs for hours, and the file may change meanwhile.
{
begin
runs=${out:+$out.tsv}
runs=${runs:-$work/runs.tsv}
: >"$runs"
# In a source tree this builds what has changed, which is nobody's time to measure.
"$home/bin/launcher" --version >"$work/version.log" 2>&1 || { cat "$work/version.log" >&2; fail "bin/launcher does not run"; }
started=$(date +%s)
trap finish EXIT
start_server
prepare_tables
start_haproxy
for group in point read_only bulk connect paced start; do
  wanted=$group
  [ "$group" != bulk ] || wanted='bulk wide'
  for name in $wanted; do
    if [[ $name =~ $only ]]; then
      case $group in
        point) measure_points ;;
        read_only) measure_read_only ;;
        bulk) measure_bulk ;;
        connect) measure_connects ;;
        paced) measure_paced ;;
        start) measure_starts ;;
      esac
      break
    fi
  done
done
exit
}
