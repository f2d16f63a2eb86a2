# The port, and who holds it. Needs $port, $force_kill, $stop_limit, info, warn and fail.
# shellcheck shell=bash disable=SC2154

# Process ids that have a file or socket open. Processes that end meanwhile are no failure.
open_in() {
  { find /proc/[0-9]*/fd -maxdepth 1 -lname "$1" 2>/dev/null || true; } | cut -d/ -f3
}

# Process ids that listen on a port; empty where none does or where it can't be found out.
holders() {
  if [ -r /proc/net/tcp ]; then
    local hex inode
    hex="$(printf '%04X' "$1")"
    for inode in $(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null \
      | awk -v port=":$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10 }'); do
      open_in "socket:\\[$inode\\]"
    done | sort -un
  elif command -v lsof >/dev/null 2>&1; then
    { lsof -nP -t -iTCP:"$1" -sTCP:LISTEN 2>/dev/null || true; } | sort -un
  fi
}

is_busy() {
  if [ -r /proc/net/tcp ]; then
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null \
      | awk -v port=":$(printf '%04X' "$1")" \
        '$4 == "0A" && substr($2, length($2) - 4) == port { found = 1 } END { exit !found }'
  else
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
  fi
}

describe() {
  local pid text=""
  for pid in $1; do
    text="$text${text:+, }$(ps -p "$pid" -o comm= 2>/dev/null || cat "/proc/$pid/comm") (process $pid)"
  done
  printf '%s' "${text:-a process of another user}"
}

any_alive() {
  local pid
  for pid in $1; do
    ! kill -0 "$pid" 2>/dev/null || return 0
  done
  return 1
}

# The process must be gone, not only its port: a server gives the port up before its files.
end_holders() {
  local pids waited=0
  pids="$(holders "$1")"
  [ -n "$pids" ] || fail "Port $1 is held by a process that this user may not see or end."
  info "Ending $(describe "$pids"), which holds port $1"
  # shellcheck disable=SC2086
  kill $pids 2>/dev/null || true
  while { any_alive "$pids" || is_busy "$1"; } && [ "$waited" -lt $((stop_limit * 10)) ]; do
    sleep 0.1
    waited=$((waited + 1))
  done
  if any_alive "$pids"; then
    # shellcheck disable=SC2086
    kill -9 $pids 2>/dev/null || true
    sleep 0.5
  fi
  ! is_busy "$1" || fail "Port $1 is still in use."
}

choose_port() {
  if is_busy "$port" && [ "$force_kill" = true ]; then
    end_holders "$port"
  fi
  while is_busy "$port"; do
    [ "$port" -lt 65535 ] || fail "No free port was found."
    warn "Port $port already in use, trying port $((port + 1)) (held by $(describe "$(holders "$port")"))"
    port=$((port + 1))
  done
}
