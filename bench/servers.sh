# Starts and stops what is measured; sourced by the scripts beside it. Needs mariadbd, mariadb-install-db, mariadb, sysbench and
# haproxy in the path or /usr/sbin, and a JVM for bin/launcher. Everything lives in one temporary folder, on ports the system
# chose, and ends with the script.
# shellcheck shell=bash

bench=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
home=$(dirname -- "$bench")
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL=C
declare -A port pid
work=

say() {
  echo "$(date +%T) $*" >&2
}

fail() {
  echo "$(basename -- "$0"): $*" >&2
  exit 1
}

need() {
  local tool missing=()
  for tool in "$@"; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  [ ${#missing[@]} -eq 0 ] || fail "needs ${missing[*]}; on Debian: apt-get install sysbench haproxy mariadb-server-core mariadb-client"
}

begin() {
  need mariadbd mariadb-install-db mariadb sysbench haproxy
  work=$(mktemp -d "${TMPDIR:-/tmp}/bench.XXXXXX")
  trap end EXIT
  trap 'exit 130' INT TERM
  # Two connections for each client; the hard limit may be less than what was asked for.
  ulimit -n "$(ulimit -H -n)" 2>/dev/null || :
}

end() {
  local name
  for name in "${!pid[@]}"; do
    stop "$name"
  done
  [ -z "$work" ] || rm -rf "$work"
}

# A port nobody listens on, outside the range that outgoing connections take theirs from, and not given out before.
free_port() {
  local candidate
  while :; do
    candidate=$((10000 + RANDOM % 20000))
    if ! grep -qi ":$(printf '%04x' "$candidate") " /proc/net/tcp && [[ " ${port[*]:-} " != *" $candidate "* ]]; then
      echo "$candidate"
      return
    fi
  done
}

# stop NAME: asks, then insists.
stop() {
  local i
  kill "${pid[$1]}" 2>/dev/null || :
  for i in $(seq 100); do
    kill -0 "${pid[$1]}" 2>/dev/null || break
    sleep 0.1
    [ "$i" -lt 100 ] || kill -9 "${pid[$1]}" 2>/dev/null || :
  done
  wait "${pid[$1]}" 2>/dev/null || :
  unset "pid[$1]"
}

# until_up NAME SECONDS: waits until the port answers; shows the log if the process has gone.
until_up() {
  local i
  for i in $(seq $(($2 * 50))); do
    if (exec 3<>"/dev/tcp/127.0.0.1/${port[$1]}") 2>/dev/null; then
      return
    fi
    kill -0 "${pid[$1]}" 2>/dev/null || break
    sleep 0.02
  done
  cat "$work/$1.log" >&2
  fail "$1 does not start"
}

# The server itself, and the account and tables of sysbench. Its threads serve many connections each.
start_server() {
  local as_root=()
  [ "$(id -u)" -ne 0 ] || as_root=(--user=root)
  say "starting MariaDB in $work"
  mariadb-install-db --no-defaults "${as_root[@]}" --datadir="$work/data" --auth-root-authentication-method=normal \
    --skip-test-db >"$work/install.log" 2>&1 || { cat "$work/install.log" >&2; fail "mariadb-install-db failed"; }
  port[direct]=$(free_port)
  mariadbd --no-defaults "${as_root[@]}" --datadir="$work/data" --port="${port[direct]}" --bind-address=127.0.0.1 \
    --socket="$work/db.sock" --pid-file="$work/db.pid" --innodb-buffer-pool-size=256M --innodb-flush-log-at-trx-commit=0 \
    --max-connections=20000 --back-log=4000 --thread-handling=pool-of-threads --thread-pool-max-threads=1000 \
    --max-allowed-packet=64M --local-infile=1 --skip-name-resolve >"$work/direct.log" 2>&1 &
  pid[direct]=$!
  until_up direct 60
  sql "CREATE DATABASE sbtest; CREATE USER bench@'%' IDENTIFIED BY 'bench'; GRANT ALL ON *.* TO bench@'%'"
}

sql() {
  mariadb --no-defaults -uroot -S "$work/db.sock" -e "$1"
}

prepare_tables() {
  say "making sysbench's tables"
  sysbench_at direct oltp_read_only --threads=4 "${tables[@]}" prepare >"$work/prepare.log" 2>&1 ||
    { cat "$work/prepare.log" >&2; fail "sysbench cannot make its tables"; }
}
tables=(--tables=4 --table-size=50000)

# HAProxy in TCP mode: the yardstick, which looks at nothing.
start_haproxy() {
  port[haproxy]=$(free_port)
  cat >"$work/haproxy.cfg" <<END
global
    maxconn 4000
defaults
    mode tcp
    timeout connect 5s
    timeout client 1h
    timeout server 1h
listen mysql
    bind 127.0.0.1:${port[haproxy]}
    server one 127.0.0.1:${port[direct]}
END
  haproxy -db -f "$work/haproxy.cfg" >"$work/haproxy.log" 2>&1 &
  pid[haproxy]=$!
  until_up haproxy 10
}

# start_proxy NAME [SCRIPT] [OPTION...]: this proxy, with a Lua or a Python script or none.
start_proxy() {
  local name=$1 script=${2:-} plugin=proxy options
  shift $(($# < 2 ? $# : 2))
  port[$name]=$(free_port)
  [[ $script != *.py ]] || plugin=pyproxy
  options=(--plugins=$plugin "--$plugin-address=127.0.0.1:${port[$name]}"
    "--$plugin-backend-addresses=127.0.0.1:${port[direct]}" --log-level=warning)
  case $script in
    *.py) options+=("--pyproxy-python-script=$script") ;;
    *.lua) options+=("--proxy-lua-script=$script") ;;
  esac
  "$home/bin/launcher" "${options[@]}" "$@" >"$work/$name.log" 2>&1 &
  pid[$name]=$!
  until_up "$name" 600
}

# sysbench_at NAME TEST [OPTION...] ACTION; ended after $patience seconds, for what is measured may hang.
patience=900
sysbench_at() {
  local name=$1 test=$2
  shift 2
  timeout "$patience" sysbench "$test" --db-driver=mysql --mysql-host=127.0.0.1 --mysql-port="${port[$name]}" \
    --mysql-user=bench --mysql-password=bench --mysql-db=sbtest --mysql-ssl=off --events=0 "$@"
}

# Processor time of a process so far, in clock ticks.
ticks() {
  awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/${pid[$1]}/stat"
}

# Resident memory in MB.
resident() {
  awk '/^VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/${pid[$1]}/status"
}
