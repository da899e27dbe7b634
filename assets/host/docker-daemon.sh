#!/bin/sh
# Docker's userland proxy, a setting of the whole daemon: it is in daemon.json, and takes a restart.
#   proxy-probe                    prints on or off; then "file <its SHA-256>", "file absent" or "folder absent"
#   proxy-set on|off               writes the key into the file and restarts the daemon
#   proxy-restore on|off <state>   brings back the file that proxy-probe saw before `proxy-set on|off`, and restarts
#   proxy-edit on|off <file>       prints what proxy-set would write in place of that file
# The file may hold the passwords of proxies, so it leaves the host in no state, log or error: before it is edited, a copy
# named by its SHA-256 is put into the open entry of the host's journal whose `before` names it. Closing the entry removes
# the copy, and without a copy the file was not edited.
# Status 3: Docker is not installed. While a restart is under way, and after one that was cut short, the state is
# "unfinished", and a folder keeps how the daemon was started.
set -eu
umask 022
LC_ALL=C
export LC_ALL

unfinished=/var/lib/tare/docker-restart
changes=/var/lib/tare/changes
newline='
'

fail() {
  echo "$1" >&2
  exit 1
}

persist() {
  sync "$@" 2>/dev/null || sync
}

# The daemon of this host, not those inside of containers: their processes have a number more.
daemon() {
  found=''
  for comm in $(grep -lsx dockerd /proc/[0-9]*/comm || :); do
    process=${comm%/comm}
    grep -qs '^NSpid:[[:space:]]*[0-9]*$' "$process/status" || continue
    found="$found${found:+ }${process#/proc/}"
  done
  case $found in
  *' '*) fail "several Docker daemons run on this host (processes $found)" ;;
  esac
  printf '%s' "$found"
}

# The arguments of the daemon, one a line: as it runs, or as it ran before a restart that was cut short.
arguments() {
  if [ -e "$unfinished/command" ]; then
    tr '\0' '\n' <"$unfinished/command"
  else
    process=$(daemon)
    [ -n "$process" ] || fail "Docker's daemon (dockerd) does not run on this host"
    tr '\0' '\n' <"/proc/$process/cmdline"
  fi
}

config_file() {
  all=$(arguments)
  file=$(printf '%s\n' "$all" | sed -n -e 's/^--config-file=//p' -e '/^--config-file$/{n;p;}' | tail -n 1)
  printf '%s' "${file:-/etc/docker/daemon.json}"
}

# "on" or "off" where the command line says so, which the file cannot change.
flag() {
  arguments | sed -n -e 's/^--userland-proxy=\(true\|1\)$/on/p' -e 's/^--userland-proxy=\(false\|0\)$/off/p' \
    -e 's/^--userland-proxy$/on/p' | tail -n 1
}

# Walks through a JSON object. With mode "" it prints the value of its key userland-proxy, else the text with the key set
# to the mode and all else as it was. Fails for what is no plain object, or has the key twice or in another form.
json() {
  awk -v mode="$2" '
    function refuse(why) { print why >"/dev/stderr"; exit 1 }
    function blanks() { while (at <= size && index(" \t\r\n", substr(text, at, 1))) at++ }
    function string(   from) {
      from = ++at
      while (at <= size && substr(text, at, 1) != "\"") at += (substr(text, at, 1) == "\\") ? 2 : 1
      if (at > size) refuse("a string does not end")
      return substr(text, from, at++ - from)
    }
    { text = text $0 "\n" }
    END {
      size = length(text); at = 1; depth = 0; filled = 0; count = 0
      blanks()
      if (substr(text, at, 1) != "{") refuse("it is not a JSON object")
      opened = at
      for (key = 0; at <= size; ) {
        character = substr(text, at, 1)
        if (character == "\"") {
          name = string()
          filled = 1
          if (!key) continue
          key = 0
          if (index(name, "\\")) refuse("a key has an escape")
          blanks()
          if (substr(text, at++, 1) != ":") refuse("a key has no value")
          if (name != "userland-proxy") continue
          blanks()
          value = substr(text, at, 4) == "true" ? "true" : substr(text, at, 5) == "false" ? "false" : ""
          if (value == "" || !index(" \t\r\n,}", substr(text, at + length(value), 1))) refuse("userland-proxy is neither true nor false")
          if (count++) refuse("userland-proxy stands in it twice")
          place = at
          at += length(value)
          continue
        }
        if (index("{[", character)) depth++
        if (index("}]", character)) depth--
        if (depth == 1) key = (at == opened || character == ",") ? 1 : (index(" \t\r\n", character) ? key : 0)
        at++
        if (depth == 0) break
      }
      if (depth != 0) refuse("it does not end")
      blanks()
      if (at <= size) refuse("something follows the object")
      wanted = mode == "off" ? "false" : "true"
      if (mode == "") print count ? (value == "true" ? "on" : "off") : ""
      else if (count) printf "%s%s%s", substr(text, 1, place - 1), wanted, substr(text, place + length(value))
      else printf "%s\n  \"userland-proxy\": %s%s%s", substr(text, 1, opened), wanted, (filled ? "," : "\n"), substr(text, opened + 1)
    }' "$1"
}

# The file with the key set, on standard output.
edited() {
  if [ -e "$1" ]; then
    json "$1" "$2"
  else
    printf '{\n  "userland-proxy": %s\n}\n' "$([ "$2" = off ] && echo false || echo true)"
  fi
}

hash() {
  sha256sum | cut -d ' ' -f 1
}

file_state() {
  if [ -e "$1" ] || [ -L "$1" ]; then
    printf 'file %s\n' "$(hash <"$1")"
  elif [ -d "$(dirname "$1")" ]; then
    echo 'file absent'
  else
    echo 'folder absent'
  fi
}

# The journal's entries of changes before which the file was in this state.
entries() {
  grep -Flsx -e "$1" "$changes"/*/*/before | sed 's|/before$||' || :
}

# Writes the copies of a file that is in this state, where it is there.
keep() {
  file=$1 state=$2 found=$3
  [ -e "$file" ] || return 0
  # No name in these paths has blanks.
  for entry in $found; do
    (umask 077 && cat "$file" >"$entry/copy.new")
    [ "file $(hash <"$entry/copy.new")" = "$state" ] || fail "$file was edited while Tare copied it, so it was left"
    persist "$entry/copy.new"
    mv "$entry/copy.new" "$entry/${state#file }"
    persist "$entry"
  done
}

# The path of a whole copy of the file as it was in this state, or nothing.
copy_of() {
  for entry in $(entries "$1"); do
    copy=$entry/${1#file }
    if [ -f "$copy" ] && [ "file $(hash <"$copy")" = "$1" ]; then
      printf '%s\n' "$copy"
      return 0
    fi
  done
}

proxy_probe() {
  file=$(config_file)
  if [ -e "$unfinished" ]; then
    mode=unfinished
  else
    mode=$(flag)
    if [ -z "$mode" ] && [ -e "$file" ]; then
      mode=$(json "$file" '') || fail "$file, the settings of Docker's daemon, could not be read"
    fi
  fi
  printf '%s\n' "${mode:-on}"
  file_state "$file"
}

# A restart ends every container, and starts stopped ones by their restart policy, also where a person stopped them:
# those of others are not Tare's to end or to start.
refuse_containers() {
  all=$(docker container ls --format '{{.Names}}' 2>/dev/null) || {
    [ -e "$unfinished" ] || fail "Docker's daemon does not answer"
    return 0
  }
  own=$(docker container ls --format '{{.Names}}' --filter label=tare)
  others=$(printf '%s\n' "$all" | grep -Fxv -e "$own" | paste -s -d ' ' -) || :
  [ -z "$others" ] || fail "a restart of Docker's daemon would end containers that Tare did not make: $others"
  stopped=$(docker container ls --all --quiet --filter status=exited |
    xargs -r docker container inspect --format '{{.HostConfig.RestartPolicy.Name}} {{.State.ExitCode}} {{.Name}}' |
    awk '$1 == "always" || ($1 == "on-failure" && $2 != 0) { sub(/^\//, "", $3); print $3 }' | paste -s -d ' ' -)
  [ -z "$stopped" ] || fail "a restart of Docker's daemon would start stopped containers: $stopped; remove them, or change their restart policy (docker update --restart no)"
}

# "systemd" where docker.service runs the daemon, "hand" where no service manager is there.
manager() {
  if [ ! -d /run/systemd/system ]; then
    echo hand
    return 0
  fi
  process=$(daemon)
  main=$(systemctl show --property=MainPID docker.service)
  [ -z "$process" ] || [ "$main" = "MainPID=$process" ] ||
    fail "Docker's daemon (process $process) was not started by docker.service, so Tare does not restart it"
  echo systemd
}

# How the daemon was started, and the kernel settings that its start changes, until it runs again. For root alone: the
# environment may hold passwords too. It is made and removed in the entry, which takes along what was cut short.
remember() (
  umask 077
  [ ! -e "$unfinished" ] || return 0
  process=$(daemon)
  [ -n "$process" ] || fail "Docker's daemon (dockerd) does not run on this host"
  new=$1/docker-restart
  rm -rf "$new"
  mkdir -p "$new"
  cp "/proc/$process/cmdline" "$new/command"
  grep -z '^[A-Za-z_][A-Za-z0-9_]*=' <"/proc/$process/environ" >"$new/environment" || :
  readlink "/proc/$process/cwd" >"$new/folder"
  output=$(readlink "/proc/$process/fd/1")
  [ -f "$output" ] || output=/dev/null
  printf '%s\n' "$output" >"$new/output"
  for setting in ipv4/ip_forward bridge/bridge-nf-call-iptables bridge/bridge-nf-call-ip6tables; do
    [ ! -r "/proc/sys/net/$setting" ] || printf '%s %s\n' "$setting" "$(cat "/proc/sys/net/$setting")" >>"$new/settings"
  done
  persist "$new"/* "$new"
  mv "$new" "$unfinished"
  persist /var/lib/tare
)

stop_by_hand() {
  process=$(daemon)
  [ -n "$process" ] || return 0
  kill -s TERM "$process"
  for _ in $(seq 120); do
    [ -e "/proc/$process" ] || return 0
    sleep 0.5
  done
  fail "Docker's daemon (process $process) did not end within 60 s"
}

# The same program, arguments, environment and output. It must not hold this script's descriptors.
start_by_hand() {
  sleep 0.5
  # A service manager that Tare does not know may have started it already.
  [ -z "$(daemon)" ] || return 0
  {
    printf 'env\0-i\0PATH=%s\0' "$PATH"
    cat "$unfinished/environment" "$unfinished/command"
  } | (
    cd "$(cat "$unfinished/folder")"
    # shellcheck disable=SC2016 # expanded by the inner shell
    xargs -0 sh -c 'output=$1
      shift
      setsid "$@" </dev/null >>"$output" 2>&1 3>&- 8>&- 9>&- &' sh "$(cat "$unfinished/output")"
  )
}

restart() {
  if [ "$1" = systemd ]; then
    # systemd refuses a service that was started too often in a minute.
    systemctl reset-failed docker.service 2>/dev/null || :
    systemctl restart docker.service || fail "docker.service does not start; see journalctl -u docker.service"
  else
    stop_by_hand
    start_by_hand
  fi
  for _ in $(seq 120); do
    if timeout 10 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; then
      while read -r setting value; do echo "$value" >"/proc/sys/net/$setting"; done <"$unfinished/settings"
      rm -rf "$2/docker-restart"
      mv "$unfinished" "$2/docker-restart"
      persist /var/lib/tare
      rm -rf "$2/docker-restart"
      return 0
    fi
    sleep 0.5
  done
  fail "Docker's daemon did not answer within 60 s after its restart (its output: $(cat "$unfinished/output"))"
}

# Replaces the file at once; mode and owner stay.
put() {
  file=$1 new=$1.tare-new
  mkdir -p "$(dirname "$file")"
  if [ -e "$file" ]; then cp -p "$file" "$new"; fi
  cat >"$new"
  persist "$new"
  mv "$new" "$file"
  persist "$(dirname "$file")"
}

proxy_set() {
  [ ! -e "$unfinished" ] || fail "a restart of Docker's daemon that Tare began was not finished; undo it first"
  [ -z "$(flag)" ] || fail "--userland-proxy stands on the command line of Docker's daemon, which overrides its file"
  file=$(config_file)
  [ ! -L "$file" ] || fail "$file is a symbolic link, which Tare does not replace"
  kind=$(manager)
  refuse_containers
  edited "$file" "$1" >/dev/null || fail "$file, the settings of Docker's daemon, cannot be edited by Tare"
  state=$(file_state "$file")
  found=$(entries "$state")
  [ -n "$found" ] || fail "$file is not what it was when Tare looked at it last, so it was left"
  keep "$file" "$state" "$found"
  old=$(copy_of "$state")
  [ -n "$old" ] || [ ! -e "$file" ] || fail "$file could not be copied below $changes, so it was left"
  entry=$(printf '%s\n' "$found" | head -n 1)
  remember "$entry"
  edited "$old" "$1" >"$unfinished/daemon.json"
  put "$file" <"$unfinished/daemon.json"
  restart "$kind" "$entry"
}

proxy_restore() {
  mode=$1 before=${2#*"$newline"}
  file=$(config_file)
  now=$(file_state "$file")
  if [ "$now" = "$before" ] && [ ! -e "$unfinished" ]; then return 0; fi
  kind=$(manager)
  refuse_containers
  old=$(copy_of "$before")
  # A folder that Tare made, or was about to remove, is there without the file where either was cut short.
  if [ "$now" != "$before" ] && [ "$before: $now" != 'folder absent: file absent' ]; then
    case $before in
    *' absent') ;;
    *) [ -n "$old" ] || fail "$file is not what it was before Tare, and no whole copy of that is in the journal below $changes, so it was left; put back what it was, and restart Docker's daemon" ;;
    esac
    [ ! -L "$file" ] || fail "$file has become a symbolic link, which Tare does not replace; put back what it was"
    # What Tare wrote follows from what was there; anything else was written by somebody since.
    [ "$now" = "file $(edited "$old" "$mode" | hash)" ] ||
      fail "$file was edited since Tare set userland-proxy in it, so it was left; put back what it was, or remove that key, and restart Docker's daemon"
  fi
  entry=$(entries "$before" | head -n 1)
  entry=${entry:-$changes}
  mkdir -p "$entry"
  remember "$entry"
  rm -f "$file.tare-new"
  case $before in
  *' absent')
    rm -f "$file"
    [ "$before" != 'folder absent' ] || rmdir "$(dirname "$file")" 2>/dev/null || :
    ;;
  *) [ "$now" = "$before" ] || put "$file" <"$old" ;;
  esac
  restart "$kind" "$entry"
}

if [ "$1" != proxy-edit ] && ! command -v docker >/dev/null; then
  echo "docker is not installed" >&2
  exit 3
fi

case $1 in
proxy-probe) proxy_probe ;;
proxy-set) proxy_set "$2" ;;
proxy-restore) proxy_restore "$2" "$3" ;;
proxy-edit) edited "$3" "$2" ;;
*) fail "docker-daemon.sh does not know $1" ;;
esac
