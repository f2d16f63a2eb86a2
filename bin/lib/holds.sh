# What belongs to one start at a time: data, logs, the folder of a port, the build. Needs fail.
# shellcheck shell=bash

readonly hold_seconds=3
held=""

# Process ids that have a file or socket open. Processes that end meanwhile are no failure.
open_in() {
  { find /proc/[0-9]*/fd -maxdepth 1 -lname "$1" 2>/dev/null || true; } | cut -d/ -f3 | sort -un
}

describe() {
  local pid text=""
  for pid in $1; do
    text="$text${text:+, }$(ps -p "$pid" -o comm= 2>/dev/null || cat "/proc/$pid/comm") (process $pid)"
  done
  printf '%s' "${text:-a process of another user}"
}

# Holds a directory until this script and its server are gone: the server inherits it. False when
# somebody else does, and is not just ending. Without flock nothing is held.
hold() {
  command -v flock >/dev/null 2>&1 || return 0
  local lock code=0
  exec {lock}<"$1"
  flock -w "$hold_seconds" "$lock" || code=$?
  if [ "$code" -eq 1 ]; then
    exec {lock}<&-
    return 1
  fi
  held="$held $lock"
}

# For a part of this script that may live longer than the server.
let_go() {
  local lock
  for lock in $held; do
    exec {lock}<&-
  done
}
