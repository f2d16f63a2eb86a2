# What can be told of the environment before anything is built or started: the application would
# only find out after half a minute. Needs fail.
# shellcheck shell=bash

# Reads names of variables, prints those that the application takes as a number.
numbers() {
  grep -E '^(HTTP_PORT|HTTPS_PORT|DB_POOL_SIZE|BINNACLE_.*_(SECONDS|MINUTES|HOURS|MILLIS|BYTES|LINES|ENTRIES|BACKUPS|PER_USER))$' \
    || true
}

check_variables() {
  local name
  for name in $(compgen -e | numbers); do
    [[ ${!name} =~ ^-?[0-9]{1,18}$ ]] \
      || fail "$name is '${!name}', which is not a whole number. Correct it, or unset it for its default."
  done
  case "${DB_DRIVER:-h2Driver}" in
    h2Driver | mysqlDriver) ;;
    *) fail "DB_DRIVER is '$DB_DRIVER'. Set it to h2Driver or mysqlDriver." ;;
  esac
  case "${BINNACLE_LOG_FORMAT:-plain}" in
    [Pp][Ll][Aa][Ii][Nn] | [Jj][Ss][Oo][Nn]) ;;
    *) fail "BINNACLE_LOG_FORMAT is '$BINNACLE_LOG_FORMAT'. Set it to plain or json." ;;
  esac
  longer_than BINNACLE_ADMIN_PASSWORD 8 "Choose a longer one, or unset it for a random one."
  longer_than BINNACLE_ADMIN_API_KEY 32 "Choose a longer one, or unset it and make a key in the console."
}

# The value is a secret: it is not shown.
longer_than() {
  local value="${!1:-}"
  [ -z "$value" ] || [ "${#value}" -ge "$2" ] || fail "$1 has fewer than $2 characters. $3"
}
