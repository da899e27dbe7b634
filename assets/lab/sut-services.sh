#!/bin/sh
# Starts what the system under test runs besides sshd: Docker Engine and libvirt. Runs inside the host.
set -eu
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# Where the daemon has to switch forwarding on itself it also drops whatever it does not forward: bridged guests too.
echo 1 >/proc/sys/net/ipv4/ip_forward
setsid dockerd --pidfile /run/docker.pid </dev/null >/var/log/dockerd.log 2>&1 &
setsid virtlogd </dev/null >/var/log/virtlogd.log 2>&1 &
setsid libvirtd </dev/null >/var/log/libvirtd.log 2>&1 &
