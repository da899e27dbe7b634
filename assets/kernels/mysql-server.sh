#!/bin/sh
# MariaDB or MySQL as a run needs it, inside an environment; the server's configuration file is on standard input.
#   mysql-server.sh data FOLDER TABLES ROWS [COPY]  makes the data set FOLDER where it is not there yet, and a fresh COPY of it
#   mysql-server.sh serve FOLDER                    becomes the server of such a folder
# A data set is made once and shared by all runs that find it: it appears when it is complete.
# Status 127: no server, or no sysbench to fill it with, is installed.
set -eu
umask 022
unset CDPATH
act=$1 folder=$2
# Own folders of a run: MariaDB takes no path of a socket that is longer than 107 bytes.
temporary=$(mktemp -d /tmp/tare-mysql.XXXXXX)
configuration=$temporary/my.cnf
cat >"$configuration"

fail() {
  echo "mysql-server.sh: $1" >&2
  exit "${2:-1}"
}

if command -v mariadbd >/dev/null; then
  server=mariadbd
elif command -v mysqld >/dev/null; then
  server=mysqld
else
  fail "neither mariadbd nor mysqld is installed" 127
fi

# The system tables of an empty server; its root account has no password and is never reached from outside.
install_tables() {
  if [ "$server" = mariadbd ]; then
    # --force: no look-up of the host's name, which an environment need not have.
    mariadb-install-db --no-defaults --force --user=root --auth-root-authentication-method=normal --skip-test-db \
      "--datadir=$1"
  else
    "$server" --no-defaults --initialize-insecure --user=root "--datadir=$1"
  fi >"$temporary/install.log" 2>&1 || {
    tail -n 20 "$temporary/install.log" >&2
    fail "the server's own tables could not be made"
  }
}

# The accounts of a server whose data is thrown away: the name and the password protect nothing.
first_statements() {
  cat <<'END'
CREATE DATABASE sbtest;
CREATE USER 'tare'@'%' IDENTIFIED BY 'tare';
GRANT ALL ON sbtest.* TO 'tare'@'%';
END
}

end_server() {
  kill -s TERM "$process" 2>/dev/null || :
  wait "$process" || fail "the server did not shut down cleanly: $(tail -n 3 "$temporary/server.log")"
}

# fill FOLDER TABLES ROWS
fill() {
  install_tables "$1"
  first_statements >"$temporary/first.sql"
  "$server" "--defaults-file=$configuration" --skip-networking "--datadir=$1" "--socket=$temporary/socket" \
    "--pid-file=$temporary/pid" "--init-file=$temporary/first.sql" >"$temporary/server.log" 2>&1 &
  process=$!
  trap 'kill -s KILL "$process" 2>/dev/null || :' EXIT
  while [ ! -S "$temporary/socket" ]; do
    kill -s 0 "$process" 2>/dev/null ||
      fail "the server ended before it was up: $(grep -i error "$temporary/server.log" | tail -n 3)"
    sleep 0.05
  done
  sysbench oltp_read_write --db-driver=mysql "--mysql-socket=$temporary/socket" --mysql-user=root --mysql-db=sbtest \
    "--tables=$2" "--table-size=$3" "--threads=$2" prepare
  end_server
  trap - EXIT
}

data() {
  tables=$1 rows=$2 copy=${3:-}
  command -v sysbench >/dev/null || fail "sysbench is not installed" 127
  # What another server made is another data set.
  made="$("$server" --no-defaults --version) tables=$tables rows=$rows"
  if [ "$(cat "$folder/complete" 2>/dev/null || :)" = "$made" ]; then
    echo "The data set is there already."
  else
    rm -rf -- "$folder" "$folder.tmp"
    mkdir -- "$folder.tmp"
    fill "$folder.tmp" "$tables" "$rows"
    printf '%s\n' "$made" >"$folder.tmp/complete"
    sync -f "$folder.tmp"
    mv -- "$folder.tmp" "$folder"
  fi
  [ -n "$copy" ] || return 0
  rm -rf -- "$copy"
  cp -a --reflink=auto -- "$folder" "$copy"
  # On disk before the run, so that no writing back falls into it.
  sync -f "$copy"
}

case $act in
data)
  shift 2
  data "$@"
  rm -rf -- "$temporary"
  ;;
serve)
  exec "$server" "--defaults-file=$configuration" "--datadir=$folder" "--socket=$temporary/socket" \
    "--pid-file=$temporary/pid"
  ;;
*) fail "there is no act $act" 2 ;;
esac
