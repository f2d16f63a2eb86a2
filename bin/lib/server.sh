# The packaged server: its folders, its start and its end. Needs $home, $target, $port, $user_dir and
# $level, $console_log, say, keep, and what holds.sh and port.sh have.
# shellcheck shell=bash disable=SC2154

readonly kept_console_logs=20 console_log_bytes=$((10 * 1024 * 1024))
server_pid=""

# Two servers can't share the embedded database; its own message about that is hard to read. One
# that was not started here holds its file only.
hold_data() {
  [ -z "${DB_URL:-}" ] || return 0
  local pid
  hold "$BINNACLE_DATA_DIR" || data_in_use "$(open_in "$BINNACLE_DATA_DIR" | sed -n 1p)"
  pid="$(open_in "$BINNACLE_DATA_DIR/db/binnacle.mv.db" | sed -n 1p)"
  [ -z "$pid" ] || data_in_use "$pid"
}

data_in_use() {
  fail "The data in $BINNACLE_DATA_DIR are in use by $(describe "$1"). Stop it first, or set BINNACLE_DATA_DIR."
}

# Two servers can't share logs either: each would put the other's aside.
hold_logs() {
  local usual="$BINNACLE_LOG_DIR" user
  ! hold "$usual" || return 0
  user="$(describe "$(open_in "$usual" | sed -n 1p)")"
  BINNACLE_LOG_DIR="$BINNACLE_DATA_DIR/logs"
  (umask 077 && mkdir -p "$BINNACLE_LOG_DIR")
  [ "$1" = usual ] && hold "$BINNACLE_LOG_DIR" \
    || fail "The logs in $usual are in use by $user. Set BINNACLE_LOG_DIR."
  warn "The logs in $usual are in use by $user: these are in $BINNACLE_LOG_DIR"
}

lay_out_server() {
  local server="$user_dir/servers/binnacle" drivers="$user_dir/shared/resources/jdbc"
  # Every archive of a reproducible build has the same date, by which Liberty knows what it has
  # unpacked: it would go on with the old pages.
  cmp -s "$target/binnacle.ear" "$server/apps/binnacle.ear" \
    || rm -rf "$user_dir/output/binnacle/workarea"
  rm -rf "$user_dir/servers" "$user_dir/shared"
  mkdir -p "$server/apps" "$drivers"
  cp "$target/binnacle.ear" "$server/apps/"
  cp "$home/server.xml" "$home/ear/src/main/liberty/config/"* "$server/"
  cp "$target"/server/jdbc/*.jar "$drivers/"
}

prepare_folders() {
  local logs="${BINNACLE_LOG_DIR:+given}"
  BINNACLE_DATA_DIR="${BINNACLE_DATA_DIR:-$home/data}"
  BINNACLE_LOG_DIR="${BINNACLE_LOG_DIR:-$home/logs}"
  # Both may hold secrets: the first password, and whatever applications log.
  (umask 077 && mkdir -p "$BINNACLE_DATA_DIR" "$BINNACLE_LOG_DIR")
  BINNACLE_DATA_DIR="$(cd "$BINNACLE_DATA_DIR" && pwd -P)"
  BINNACLE_LOG_DIR="$(cd "$BINNACLE_LOG_DIR" && pwd -P)"
  hold_data
  hold_logs "${logs:-usual}"
  console_log="$BINNACLE_LOG_DIR/console_$(date +%Y%m%d_%H%M%S).log"
  # shellcheck disable=SC2012
  { ls -t "$BINNACLE_LOG_DIR"/console_*.log 2>/dev/null || true; } \
    | tail -n "+$kept_console_logs" | while IFS= read -r old; do rm -f "$old" "$old.1"; done
  touch "$console_log"
  chmod 600 "$console_log"
}

start_server() {
  export HTTP_PORT="$port" BINNACLE_DATA_DIR BINNACLE_LOG_DIR BINNACLE_LOG_LEVEL="$level"
  export WLP_USER_DIR="$user_dir" WLP_OUTPUT_DIR="$user_dir/output" LOG_DIR="$BINNACLE_LOG_DIR/server"
  # Open Liberty's own messages are for its log, which rotates: here they would bury Binnacle's.
  export WLP_LOGGING_CONSOLE_LOGLEVEL=OFF
  : >"$user_dir/started"
  info "Starting server on port $port"
  "$target/server/wlp/bin/server" run binnacle </dev/null > >(show_and_keep) 2>&1 &
  server_pid=$!
  trap 'stop_server; exit 0' INT TERM HUP
  # The screen may be a pipe, and whoever reads it may go first, as with Ctrl-C and "| tee".
  trap '' PIPE
}

# The server's standard output, on the screen and in the log of this start. When that is full it is
# put aside as <name>.1, so that the newest is always there.
show_and_keep() {
  local line size=0
  trap '' INT TERM HUP PIPE
  let_go
  umask 077
  while IFS= read -r line || [ -n "$line" ]; do
    printf '%s\n' "$line" 2>/dev/null || true
    size=$((size + ${#line} + 1))
    if [ "$size" -gt "$console_log_bytes" ]; then
      mv -f "$console_log" "$console_log.1" 2>/dev/null || true
      size=0
    fi
    keep "$line"
  done
}

stop_server() {
  trap '' INT TERM HUP
  kill "$server_pid" 2>/dev/null || true
  info "Stopping"
  local end=$((SECONDS + stop_limit))
  while kill -0 "$server_pid" 2>/dev/null && [ $SECONDS -lt $end ]; do
    sleep 0.2
  done
  kill -9 "$server_pid" 2>/dev/null || true
  wait "$server_pid" 2>/dev/null || true
  info "Stopped"
}

address() {
  case "${HTTP_HOST:-*}" in
    '*' | 0.0.0.0 | ::) printf '127.0.0.1' ;;
    *) printf '%s' "$HTTP_HOST" ;;
  esac
}

is_ready() {
  local status=""
  exec 3<>"/dev/tcp/$(address)/$port" || return 1
  printf 'GET /api/health HTTP/1.0\r\nHost: localhost:%s\r\n\r\n' "$port" >&3
  IFS= read -r -t 5 status <&3 || true
  exec 3>&-
  case "$status" in
    *' 200'*) is_ours ;;
    *) return 1 ;;
  esac
}

# Somebody else may have taken the port meanwhile, and answer there.
is_ours() {
  local pids
  pids="$(holders "$port")"
  case " ${pids//$'\n'/ } " in
    '  ' | *" $server_pid "*) return 0 ;;
  esac
  return 1
}

# Whether the application said why it does not start.
has_explained() {
  grep -q 'Binnacle does not start\.' "$console_log"
}

# What Open Liberty says of an application that failed to start; empty as long as it did not. Its log
# may still be that of an earlier start.
start_failure() {
  [ "$LOG_DIR/messages.log" -nt "$user_dir/started" ] || return 0
  sed -n '/CWWKZ0002E/{s/.*exception message was: //p;q;}' "$LOG_DIR/messages.log" | cut -c1-600
}

# The application writes in its own time: what it has to say may come after what Open Liberty says.
give_up_if_failed() {
  local reason
  reason="$(start_failure)"
  if [ -n "$reason" ]; then
    sleep 1
  elif ! has_explained; then
    return 0
  fi
  stop_server
  has_explained || fail "Binnacle does not start: $reason. $(logs_hint)"
  exit 1
}

await_ready() {
  local end=$((SECONDS + ready_limit))
  until is_ready 2>/dev/null; do
    give_up_if_failed
    if ! kill -0 "$server_pid" 2>/dev/null; then
      wait "$server_pid" || true
      fail "The server ended before it was ready. $(logs_hint)"
    fi
    if [ $SECONDS -ge $end ]; then
      stop_server
      fail "The server was not ready after $ready_limit s. $(logs_hint)"
    fi
    sleep 0.2
  done
}

# Returns only when nobody asked for it: whoever stops this script stops the server first.
await_end() {
  wait "$server_pid" || true
  fail "The server ended by itself. $(logs_hint)"
}

logs_hint() {
  printf 'See %s and %s.' "$console_log" "$LOG_DIR/messages.log"
}

password_hint() {
  if [ -f "$BINNACLE_DATA_DIR/admin-password" ]; then
    printf 'in %s (until it is changed)' "$BINNACLE_DATA_DIR/admin-password"
  else
    printf 'the one given when this database was first started'
  fi
}

# Where the data lie. The address of a database may hold a user and a password, before its host and
# among its options; what can't be told apart is not shown.
data_place() {
  local url="${DB_URL:-}" place options
  [ -n "$url" ] || { printf '%s' "$BINNACLE_DATA_DIR"; return; }
  place="${url%%[?;]*}"
  options="${url#"$place"}"
  case "$place|$options" in
    *[\(=]*'|'* | *'|'*@*) place="${place%%//*}" ;;
    *//*@*'|'*) place="${place%%//*}//${place##*@}" ;;
  esac
  printf '%s' "$place"
}

show_where() {
  say "$(cat <<END

  Binnacle is ready after $SECONDS s: http://localhost:$port/

  log in as  admin
  password   $(password_hint)
  data       $(data_place)
  logs       $BINNACLE_LOG_DIR/binnacle.log
             $console_log
  stop       Ctrl-C (or: kill $$)

END
)"
}
