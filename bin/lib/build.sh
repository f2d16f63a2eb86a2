# What is built, and whether it has to be built again. Needs $home, $target, $console_log, info, fail
# and what holds.sh has.
# shellcheck shell=bash disable=SC2154

stamp="$target/start-stamp"

source_version() {
  sed -n '/<artifactId>binnacle</,/<packaging>/s:.*<version>\(.*\)</version>.*:\1:p' "$home/pom.xml"
}

# Runs a command with what goes into the application: no tests, no documents, no other modules.
on_application() {
  (cd "$home" && "$@" pom.xml server.xml ./*-module/pom.xml ./*-module/src/main ear/pom.xml ear/src/main)
}

commit() {
  local id
  id="$(git -C "$home" rev-parse --short=12 HEAD 2>/dev/null)" || { printf 'unknown'; return; }
  [ -z "$(on_application git status --porcelain -- 2>/dev/null)" ] || id="$id-dirty"
  printf '%s' "$id"
}

show_version() {
  if [ -f "$stamp/version" ]; then
    cat "$stamp/version"
  else
    printf 'Binnacle %s, commit %s, not built yet\n' "$(source_version)" "$(commit)"
  fi
}

# The time of a commit is that of the commit, so that it builds to the same bytes again.
build_time() {
  case "$1" in
    unknown | *-dirty) date -u +%Y-%m-%dT%H:%M:%SZ ;;
    *) TZ=UTC git -C "$home" log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd ;;
  esac
}

checksums() {
  find "$@" -type f -exec cksum {} + | LC_ALL=C sort -k3
}

application() {
  cksum <"$target/binnacle.ear" 2>/dev/null || printf 'none'
}

needs_build() {
  [ -x "$target/server/wlp/bin/server" ] || return 0
  [ -f "$stamp/application" ] && [ "$(cat "$stamp/application")" = "$(application)" ] || return 0
  [ "$(cat "$stamp/commit")" = "$1" ] || return 0
  ! cmp -s "$stamp/sources" "$2"
}

# A file that is gone would stay in the build folders.
has_removed_files() {
  [ -f "$stamp/sources" ] || return 1
  [ -n "$(LC_ALL=C comm -23 <(cut -d' ' -f3- "$stamp/sources" | LC_ALL=C sort) \
    <(cut -d' ' -f3- "$1" | LC_ALL=C sort))" ]
}

check_java() {
  local java="java" version
  [ -z "${JAVA_HOME:-}" ] || java="$JAVA_HOME/bin/java"
  command -v "$java" >/dev/null 2>&1 \
    || fail "Java was not found. Install a JDK 17 or later (Debian: apt-get install openjdk-17-jdk-headless) or set JAVA_HOME."
  version="$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)"
  [ "${version:-0}" -ge 17 ] || fail "Java 17 or later is needed; $java is version ${version:-unknown}."
}

check_build_tools() {
  local javac="javac" version
  [ -z "${JAVA_HOME:-}" ] || javac="$JAVA_HOME/bin/javac"
  command -v "$javac" >/dev/null 2>&1 \
    || fail "This Java has no compiler. Install a JDK 17 or later (Debian: apt-get install openjdk-17-jdk-headless)."
  command -v mvn >/dev/null 2>&1 \
    || fail "Maven was not found. Install Maven 3.8 or later (Debian: apt-get install maven)."
  version="$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)"
  case "$version" in
    '' | [0-2].* | 3.[0-7]) fail "Maven 3.8 or later is needed; this is ${version:-unknown}." ;;
  esac
}

# One at a time, also of starts that have nothing else in common.
build() {
  command -v flock >/dev/null 2>&1 || { build_what_changed; return; }
  local lock
  exec {lock}<"$home/ear"
  if ! flock -n "$lock"; then
    info "Waiting for another build to end"
    flock "$lock" || true
  fi
  build_what_changed
  exec {lock}<&-
}

# Files that are gone are built away with all others, and with the server that may run from there.
check_nothing_runs() {
  local pids
  pids="$(open_in "$target/*")"
  [ -z "$pids" ] || fail "Sources were removed, and all has to be built anew, but $(describe "$pids") runs from $target. Stop it first."
}

build_what_changed() {
  local commit time list begin goals=package
  commit="$(commit)"
  list="$(mktemp)"
  on_application checksums >"$list"
  if ! needs_build "$commit" "$list"; then
    rm -f "$list"
    return
  fi
  check_build_tools
  if has_removed_files "$list"; then
    check_nothing_runs
    goals="clean package"
  fi
  time="$(build_time "$commit")"
  begin=$SECONDS
  info "Building (the first time Maven fetches about 500 MB)"
  rm -rf "$stamp"
  # shellcheck disable=SC2086
  (cd "$home" && mvn -q -B -Dstyle.color=never ${BINNACLE_MAVEN_OPTIONS:-} -Pserver -pl ear -am -Dmaven.test.skip=true \
    -Dbuild.commit="$commit" -Dbuild.time="$time" $goals 2>&1 | tee -ia "$console_log") \
    || { rm -f "$list"; fail "The build failed; the messages above say where."; }
  mkdir -p "$stamp"
  mv "$list" "$stamp/sources"
  printf '%s' "$commit" >"$stamp/commit"
  printf 'Binnacle %s, commit %s, built %s\n' "$(source_version)" "$commit" "$time" >"$stamp/version"
  application >"$stamp/application"
  info "Built in $((SECONDS - begin)) s"
}
