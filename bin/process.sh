# Part of bin/launcher: what has to happen to a process before, or around, its JVM. Sourced when one of these options is there.

# Whether an argument, or the file one names, may be about the process. May err on the safe side.
concerns_process() {
  file=
  expect_file=
  for argument in "$@"; do
    [ -z "$expect_file" ] || file=$argument
    expect_file=
    case $argument in
      --daemon | --daemon=* | --keepalive | --keepalive=* | --user | --user=* | --max-open-files | --max-open-files=*)
        return 0
        ;;
      --defaults-file=*) file=${argument#*=} ;;
      --defaults-file) expect_file=1 ;;
    esac
  done
  [ -f "$file" ] && grep -Eq '^[[:space:]]*(daemon|keepalive|user|max-open-files)[[:space:]]*=' "$file"
}

# The JVM reads options; this asks it for those that are not its own. Nothing is said where it has an error to report.
plan() {
  daemon='' keepalive='' user='' max_open_files=0 log_file='' log_format=text pid_file=''
  # shellcheck disable=SC2086
  assignments=$("$java" $jvm_options ${share:+"$share"} "-Dlauncher.home=$home" -cp "$class_path" \
    io.mysqlproxy.launcher.StartPlan "$@")
  eval "$assignments"
}

log() {
  if [ "$log_format" = json ]; then
    text=$(printf '%s' "$2" | tr '[:cntrl:]' ' ' | sed 's/[\\"]/\\&/g')
    line="{\"time\":\"$(date -u '+%Y-%m-%dT%H:%M:%SZ')\",\"level\":\"$1\",\"message\":\"$text\"}"
  else
    line="$(date '+%Y-%m-%d %H:%M:%S'): ($1) $2"
  fi
  if [ -n "$log_file" ]; then
    printf '%s\n' "$line" >>"$log_file"
  else
    printf '%s\n' "$line" >&2
  fi
}

refuse() {
  log critical "$1"
  log message 'Initiating shutdown, requested from start-up'
  log message 'shutting down normally, exit code is: 1'
  exit 1
}

needs_command() {
  command -v "$1" >/dev/null || refuse "$2 needs the command $1, which is not in PATH; let a service manager do it instead"
}

# The caller's umask counts for the first log file; the daemon has none.
create_log() {
  [ -z "$log_file" ] || [ -e "$log_file" ] || { : >>"$log_file" && chmod o-rwx "$log_file"; } 2>/dev/null || :
}

detach() {
  needs_command setsid --daemon
  create_log
  LAUNCHER_DETACHED=$(pwd) setsid "$self" "$@" </dev/null >/dev/null 2>&1 &
  exit 0
}

limit_files() {
  [ "$max_open_files" != 0 ] || return 0
  ulimit -S -n "$max_open_files" 2>/dev/null || ulimit -n "$max_open_files" 2>/dev/null ||
    refuse "setting fdlimit = $max_open_files failed: Operation not permitted (1)"
  # or else the JVM would raise it to the hard limit
  jvm_options="$jvm_options -XX:-MaxFDLimit"
}

check_user() {
  [ -n "$user" ] || return 0
  [ "$(id -u)" = 0 ] || refuse 'can only use the --user switch if running as root'
  id -u -- "$user" >/dev/null 2>&1 || refuse "unknown user: $user"
  needs_command setpriv --user
  create_log
  [ -z "$log_file" ] || chown -- "$user" "$log_file" || refuse "can't give $log_file to $user"
}

# Writes the file as root once the proxy, who may not, says that it is ready.
publish_pid() {
  until [ -s "$1/pid" ]; do
    [ -d "$1" ] && kill -0 "$2" 2>/dev/null || return 0
    sleep 0.1
  done
  (umask 077 && cat "$1/pid" >"$pid_file")
  rm -rf "$1"
}

# Not $! of a child: this process becomes the JVM, which is not to have children it knows nothing of.
hand_over_pid() {
  [ -n "$user" ] && [ -n "$pid_file" ] || return 0
  : 2>/dev/null >>"$pid_file" || refuse "open($pid_file) failed: No such file or directory"
  [ -s "$pid_file" ] || rm -f "$pid_file"
  ready=$(mktemp -d)
  chown -- "$user" "$ready"
  (publish_pid "$ready" "$$" &)
}

# Replaces this process, or the subshell it is called in.
become_jvm() {
  if [ -n "${ready:-}" ]; then
    set -- "$@" "--pid-file=$ready/pid"
  fi
  # shellcheck disable=SC2086
  set -- "$java" $jvm_options ${share:+"$share"} "-Dlauncher.home=$home" -Dlauncher.process=ready \
    ${LAUNCHER_DETACHED:+"-Duser.dir=$LAUNCHER_DETACHED"} ${JAVA_OPTS:-} \
    -cp "$class_path" io.mysqlproxy.launcher.Main "$@"
  if [ -n "$user" ]; then
    # ports below 1024 are opened after the change of user
    set -- setpriv "--reuid=$(id -u -- "$user")" "--regid=$(id -g -- "$user")" --clear-groups \
      --inh-caps=-all,+net_bind_service --ambient-caps=-all,+net_bind_service "$@"
  fi
  if [ -n "${LAUNCHER_DETACHED:-}" ]; then
    cd /
    umask 0
    trap '' TTOU TTIN TSTP
  fi
  exec "$@"
}

# Starts the JVM again when it dies of a signal; passes signals on, each of them, to it alone.
watch_over() {
  stopping=
  worker=
  trap 'stopping=1; [ -z "$worker" ] || kill -TERM "$worker" 2>/dev/null' TERM INT
  trap '[ -z "$worker" ] || kill -HUP "$worker" 2>/dev/null' HUP
  trap '[ -z "$worker" ] || kill -USR1 "$worker" 2>/dev/null' USR1
  trap '[ -z "$worker" ] || kill -USR2 "$worker" 2>/dev/null' USR2
  while [ -z "$stopping" ]; do
    (
      trap - TERM INT HUP USR1 USR2
      hand_over_pid
      become_jvm "$@"
    ) &
    worker=$!
    log message "[angel] we try to keep PID=$worker alive"
    # a signal ends the wait before the worker has ended
    while :; do
      status=0
      wait "$worker" || status=$?
      kill -0 "$worker" 2>/dev/null || break
    done
    if [ "$status" -lt 128 ] || [ -n "$stopping" ]; then
      log message "[angel] PID=$worker exited normally with exit-code = $status"
      exit "$status"
    fi
    log critical "[angel] PID=$worker died on signal=$((status - 128)) ... waiting 2s before restart"
    worker=
    sleep 2 &
    wait $! || :
  done
  exit 0
}

# Comes back if the options are not about the process after all.
start_process() {
  plan "$@"
  [ -n "$daemon$keepalive$user" ] || [ "$max_open_files" != 0 ] || return 0
  [ -n "${LAUNCHER_DETACHED:-}" ] || [ -z "$daemon" ] || detach "$@"
  check_user
  limit_files
  prepare_beside "$@"
  [ -z "$keepalive" ] || watch_over "$@"
  hand_over_pid
  become_jvm "$@"
}
