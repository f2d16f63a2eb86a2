# The port, and who holds it. Needs $port, $force_kill, $stop_limit, $target, info, warn, fail and
# what holds.sh has.
# shellcheck shell=bash disable=SC2154

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

# What holds the port may also hold data, logs and the build.
free_port() {
  if [ "$force_kill" = true ] && is_busy "$port"; then
    end_holders "$port"
  fi
}

# A start that got the port takes a while until it listens there.
choose_port() {
  free_port
  while is_busy "$port" || ! hold_port; do
    [ "$port" -lt 65535 ] || fail "No free port was found."
    warn "Port $port already in use, trying port $((port + 1)) (held by $(describe "$(port_users)"))"
    port=$((port + 1))
  done
}

hold_port() {
  user_dir="$target/run/$port"
  mkdir -p "$user_dir"
  hold "$user_dir"
}

port_users() {
  { holders "$port"; open_in "$target/run/$port"; } | sort -un
}
