# Part of bin/launcher: keeps the classes that a start needs in a form that the JVM maps instead of reading jars, which makes a
# start two to three times as fast. Such an archive is of one JVM and one set of jars, so it is made where it is used.

# Its name says for which JVM and jars it is; the JVM looks again, and goes on without one that does not fit.
name_archive() {
  signature=$(ls -nL "$@" 2>/dev/null | cksum) || signature=0
  archive_name=launcher-$java_build-${signature%% *}.jsa
}

# Where else it can be: in the folder that systemd gives, or the user's.
cache_folder() {
  cache=${CACHE_DIRECTORY:-}
  cache=${cache%%:*}
  if [ -z "$cache" ] && [ -n "${XDG_CACHE_HOME:-${HOME:-}}" ]; then
    cache=${XDG_CACHE_HOME:-$HOME/.cache}/mysql-proxy
  fi
  [ -z "$cache" ] || echo "$cache/$(echo "$home" | tr / %)"
}

can_be_written() {
  existing=$1
  while [ ! -e "$existing" ]; do
    existing=$(dirname -- "$existing")
  done
  [ -d "$existing" ] && [ -w "$existing" ]
}

# Sets archive to the one there is, or else to where one could be made; share only if there is one. What is in a cache is code, so
# it has to be this user's own.
find_archive() {
  share=
  archive=$1/$archive_name
  [ ! -r "$archive" ] || share=$archive
  if [ -z "$share" ]; then
    cache=$(cache_folder)
    if [ -n "$cache" ] && [ -r "$cache/$archive_name" ] && [ -O "$cache/$archive_name" ]; then
      archive=$cache/$archive_name
      share=$archive
    elif ! can_be_written "$1"; then
      archive=
      [ -z "$cache" ] || ! can_be_written "$cache" || archive=$cache/$archive_name
    fi
  fi
  if [ -n "$share" ]; then
    # the JVM is not to talk about an archive that it does not like
    jvm_options="$jvm_options -Xlog:cds=off -Xlog:cds+dynamic=off"
    share=-XX:SharedArchiveFile=$share
  fi
}

# Runs everything once to learn which classes that takes, then lets the JVM write them down. G1 at that time, because only it can
# keep objects too; the archive is for any collector. Appears under its name only when it is whole.
prepare() {
  [ -n "$archive" ] || fail "prepared classes have no place: neither $home nor a cache of $(id -un) can be written"
  mkdir -p "$(dirname -- "$archive")"
  (
    making=$(mktemp -d "$archive.XXXXXX")
    trap 'rm -rf "$making"' EXIT
    trap 'exit 1' TERM INT HUP
    quiet='-Xlog:disable -Xlog:all=error:stderr'
    # shellcheck disable=SC2086
    "$java" $jvm_options $quiet "-Dlauncher.home=$home" "-XX:DumpLoadedClassList=$making/classes" -cp "$class_path" \
      io.mysqlproxy.launcher.rehearsal.Rehearsal >"$making/log" 2>&1 &&
      "$java" $jvm_options -XX:-UseSerialGC -XX:+UseG1GC $quiet -Xshare:dump "-XX:SharedClassListFile=$making/classes" \
        "-XX:SharedArchiveFile=$making/archive" -cp "$class_path" >>"$making/log" 2>&1 &&
      [ -s "$making/archive" ] || {
      cat "$making/log" >&2
      fail "cannot prepare $archive"
    }
    rm -f "${archive%/*}"/launcher-*.jsa
    mv -f "$making/archive" "$archive"
  )
}

is_about_serving() {
  for argument in "$@"; do
    case $argument in
      -h | '-?' | -V | --help* | --version* | --check* | --demo*) return 1 ;;
    esac
  done
}

# Prepares beside a proxy that serves, for its next start: when it has been up for a while, only when the processor is idle, not
# longer than the proxy lives, and without a word. Whatever fails is tried again at the next start.
prepare_beside() {
  [ -z "$share" ] && [ -n "$archive" ] && [ "${LAUNCHER_PREPARE:-}" != no ] && is_about_serving "$@" || return 0
  command -v setsid >/dev/null || return 0
  (LAUNCHER_BESIDE=$$ setsid nice -n 19 "$self" --prepare </dev/null >/dev/null 2>&1 &)
}

# What --prepare does when a proxy has started it.
prepare_while_needed() {
  sleep 5
  kill -0 "$LAUNCHER_BESIDE" 2>/dev/null || return 0
  prepare &
  while kill -0 $! 2>/dev/null; do
    if ! kill -0 "$LAUNCHER_BESIDE" 2>/dev/null; then
      trap '' TERM
      kill -TERM 0
      break
    fi
    sleep 0.5
  done
  wait $! || :
}
