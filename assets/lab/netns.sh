#!/bin/sh
# Adds or removes a network namespace, and with the last one the mount that `ip netns` needs, where a lab made it.
# usage: netns.sh add|remove NAME
set -eu
mark=/run/tare/netns-mount
mkdir -p /run/tare
exec 9>/run/tare/netns.lock
flock 9

case $1 in
add)
  mountpoint -q /run/netns || : >"$mark"
  exec ip netns add "$2"
  ;;
remove)
  if [ -e "/run/netns/$2" ]; then ip netns delete "$2"; fi
  if [ -e "$mark" ] && [ -z "$(ls /run/netns)" ]; then
    umount /run/netns
    rmdir /run/netns
    rm "$mark"
  fi
  ;;
esac
