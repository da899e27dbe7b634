#!/bin/sh
# Joins the host's own cgroup in every hierarchy, then starts the host in namespaces of its own.
# usage: enter.sh NAMESPACE PERMIT HOST_SCRIPT ARGUMENTS...
#   PERMIT: file that must be there. Whoever ends the lab removes it first, then looks for processes:
#   one that comes too late to be found finds no permit.
set -eu
name=$1 permit=$2
shift 2
[ -e "$permit" ]

top=/dev/null
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
  # Version 2: a cgroup that passes controllers on has no processes; what waits for the host stands aside.
  mkdir -p "/sys/fs/cgroup/$name/outer"
  echo 0 >"/sys/fs/cgroup/$name/outer/cgroup.procs"
  top=/sys/fs/cgroup/$name/cgroup.procs
else
  for hierarchy in /sys/fs/cgroup/*; do
    [ -f "$hierarchy/cgroup.procs" ] || continue
    mkdir -p "$hierarchy/$name"
    # A new cpuset is empty, and nothing can join an empty one.
    for list in cpuset.cpus cpuset.mems; do
      if [ -f "$hierarchy/$list" ]; then cat "$hierarchy/$list" >"$hierarchy/$name/$list"; fi
    done
    echo 0 >"$hierarchy/$name/cgroup.procs"
  done
fi

exec nsenter --net="/run/netns/$name" \
  unshare --mount --uts --ipc --pid --fork --kill-child \
  sh -c 'echo 0 >"$0" && exec unshare --cgroup sh "$@"' "$top" "$@"
