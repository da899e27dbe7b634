#!/bin/sh
# One controller measures on a host. The lease is a file that changes only under flock:
#   token, holder, label, since (epoch seconds), boot id, heartbeat (seconds of uptime): one a line.
# lock.sh acquire TOKEN HOLDER LABEL  exit 3 and "label, since" on stdout: another controller holds it
# lock.sh renew HOLDER                exit 4: this holder has it no more
# lock.sh release HOLDER
# lock.sh peek                        prints label and since when a live controller holds it
# TOKEN is the id of a campaign: the same token takes over, and its jobs lie in jobs/TOKEN.
set -eu
umask 077
folder=/var/lib/tare
lease=$folder/lock
stale_after=60

uptime_seconds() {
  read -r up _ </proc/uptime
  echo "${up%%.*}"
}

read_lease() {
  token='' holder='' label='' since=0 boot='' beat=0
  [ -e "$lease" ] || return 0
  {
    IFS= read -r token || :
    IFS= read -r holder || :
    IFS= read -r label || :
    IFS= read -r since || :
    IFS= read -r boot || :
    IFS= read -r beat || :
  } <"$lease"
}

write_lease() {
  printf '%s\n' "$token" "$holder" "$label" "$since" "$boot_now" "$(uptime_seconds)" >"$lease.new"
  mv -f "$lease.new" "$lease"
}

# A lease lives while its heartbeat is young, or one of its campaign's jobs still runs; never longer than the boot.
lease_lives() {
  [ -n "$token" ] || return 1
  [ "$boot" = "$boot_now" ] || return 1
  [ $(($(uptime_seconds) - ${beat:-0})) -ge "$stale_after" ] || return 0
  for pidfile in "$folder/jobs/$token"/*/pid; do
    [ -e "$pidfile" ] || continue
    [ ! -e "${pidfile%/pid}/end" ] || continue
    read -r pid start _ <"$pidfile"
    [ "$(sed -n 's/.*) \([^ZX]\)/\1/p' "/proc/$pid/stat" 2>/dev/null | cut -d ' ' -f 20)" != "$start" ] || return 0
  done
  return 1
}

# Open to all: the hypervisor's own account reads images below it.
[ -d "$folder" ] || (umask 022 && mkdir -p "$folder")
exec 9>"$folder/lock.flock"
flock -w 20 9
boot_now=$(cat /proc/sys/kernel/random/boot_id)
read_lease

case $1 in
  acquire)
    if [ "$token" != "$2" ] && lease_lives; then
      printf '%s\n%s\n' "$label" "$since"
      exit 3
    fi
    token=$2 holder=$3 label=$4 since=$(date +%s)
    write_lease
    ;;
  renew)
    [ "$holder" = "$2" ] || exit 4
    write_lease
    ;;
  release)
    [ "$holder" = "$2" ] || exit 0
    rm -f "$lease"
    ;;
  peek)
    if lease_lives; then printf '%s\n%s\n' "$label" "$since"; fi
    ;;
  *)
    echo "lock.sh: unknown act: $1" >&2
    exit 2
    ;;
esac
