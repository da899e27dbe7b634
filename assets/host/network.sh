#!/bin/sh
# Bridges over an interface and added addresses (IPv4; IPv6 addresses stay on the interface).
#   bridge-probe <bridge> <nic>                prints absent or present and the interface's state
#   bridge-make <bridge> <nic> <ssh address>   makes the bridge; undoes itself where a step fails
#   bridge-remove <bridge> <nic> <state>       restores the state that bridge-probe printed before
#   address-probe|address-add|address-remove <interface> <address/prefix>
set -euf

fail() {
  echo "$1" >&2
  exit 1
}

exists() {
  [ -e "/sys/class/net/$1" ]
}

# "inet 10.0.0.1/24 brd 10.0.0.255 scope global label", one a line, in the kernel's order.
addresses() {
  ip -4 -o address show dev "$1" | sed -e 's/^.* inet /address /' -e 's/\\.*$//' -e 's/ *$//'
}

# Routes over an interface; the kernel's own table `local` follows from the addresses.
routes() {
  ip -4 route show table all dev "$1" | grep -v -E '^(local|broadcast) ' |
    sed -e 's/^/route /' -e 's/ linkdown//' -e 's/ dead//' -e 's/ *$//' || [ $? -eq 1 ]
}

link() {
  up=down
  [ $(($(cat "/sys/class/net/$1/flags") & 1)) -eq 0 ] || up=up
  master=none
  [ ! -e "/sys/class/net/$1/master" ] || master=$(basename "$(readlink "/sys/class/net/$1/master")")
  echo "link $up master $master"
}

nic_state() {
  link "$1"
  addresses "$1"
  routes "$1"
}

bridge_probe() {
  if exists "$1"; then echo present; else echo absent; fi
  exists "$2" || fail "the interface $2 does not exist"
  nic_state "$2"
}

# sshd leaves the connection's addresses in the environment of a process above this one, beyond sudo.
ssh_connection() {
  process=$$
  while [ "$process" -gt 1 ]; do
    line=$(tr '\0' '\n' 2>/dev/null <"/proc/$process/environ" | sed -n 's/^SSH_CONNECTION=//p') || line=''
    if [ -n "$line" ]; then
      echo "$line"
      return 0
    fi
    process=$(sed -n 's/^PPid:[[:space:]]*//p' "/proc/$process/status")
  done
}

refuse_unfit() {
  nic=$1 address=$2
  exists "$nic" || fail "the interface $nic does not exist"
  case $(link "$nic") in
  *"master none") ;;
  *) fail "$nic belongs to another bridge or bond already: $(link "$nic")" ;;
  esac
  ! routes "$nic" | grep -q '^route default' ||
    fail "$nic carries the default route; name a bridge that exists, or another interface"
  ! routes "$nic" | grep -q 'nexthop' || fail "$nic is part of a multipath route, which is not moved"
  ! addresses "$nic" | grep -q ' dynamic' ||
    fail "$nic has its address from DHCP, whose client would not follow; name a bridge that exists"
  connection=$(ssh_connection)
  # shellcheck disable=SC2086 # the words of SSH_CONNECTION: client, its port, server, its port
  set -- $connection
  for own in "$address" "${3:-}"; do
    [ -z "$own" ] || ! addresses "$nic" | grep -q -F "address $own/" ||
      fail "$nic carries $own, the address that Tare itself is connected to; name a bridge that exists"
  done
  [ -z "${1:-}" ] || ! ip route get "$1" 2>/dev/null | grep -q " dev $nic " ||
    fail "the SSH connection from $1 goes over $nic; name a bridge that exists"
}

# Puts "address …" and "route …" lines on an interface; routes without a gateway first, as the others need them.
put() {
  target=$1 state=$2
  printf '%s\n' "$state" | sed -n 's/^address //p' | while read -r line; do
    # "secondary" is the kernel's own finding. The last word is the label, which only fits the interface it came from.
    label=${line##* }
    line=$(printf '%s\n' "${line% *}" | sed 's/ secondary//')
    case $label in
    "$target" | "$target":*) line="$line label $label" ;;
    esac
    # shellcheck disable=SC2086 # the words that ip printed
    ip -4 address add $line dev "$target"
  done
  for pass in direct gateway; do
    printf '%s\n' "$state" | sed -n 's/^route //p' | while read -r line; do
      kind=direct
      case $line in
      *" via "*) kind=gateway ;;
      esac
      # shellcheck disable=SC2086 # the words that ip printed
      [ "$kind" != "$pass" ] || ip -4 route replace $line dev "$target"
    done
  done
}

bridge_remove() {
  bridge=$1 nic=$2 state=$(printf '%s\n' "$3" | sed 1d)
  if exists "$bridge"; then
    [ -d "/sys/class/net/$bridge/bridge" ] || fail "$bridge is not a bridge and is not removed"
    ip link delete "$bridge" type bridge
  fi
  exists "$nic" || fail "the interface $nic is gone; its addresses cannot be restored"
  [ "$(nic_state "$nic")" != "$state" ] || return 0
  case $(link "$nic") in
  *"master none") ;;
  *) fail "$nic was taken into another bridge or bond meanwhile: $(link "$nic")" ;;
  esac
  ip -4 address flush dev "$nic"
  case $state in
  "link up "*) ip link set "$nic" up ;;
  *) ip link set "$nic" down ;;
  esac
  put "$nic" "$state"
  [ "$(nic_state "$nic")" = "$state" ] || fail "$nic is not as before: $(nic_state "$nic")"
}

bridge_make() {
  bridge=$1 nic=$2
  refuse_unfit "$nic" "$3"
  ! exists "$bridge" || fail "$bridge exists already"
  before=$(bridge_probe "$bridge" "$nic")
  done=no
  trap '[ "$done" = yes ] || bridge_remove "$bridge" "$nic" "$before"' EXIT
  trap 'exit 1' HUP INT TERM
  ip link add "$bridge" address "$(cat "/sys/class/net/$nic/address")" mtu "$(cat "/sys/class/net/$nic/mtu")" \
    type bridge stp_state 0 forward_delay 0
  ip link set "$bridge" up
  ip -4 address flush dev "$nic"
  ip link set "$nic" master "$bridge" up
  put "$bridge" "$before"
  done=yes
}

address_probe() {
  if exists "$1" && addresses "$1" | grep -q -F "address $2 "; then echo present; else echo absent; fi
}

case $1 in
bridge-probe) bridge_probe "$2" "$3" ;;
bridge-make) bridge_make "$2" "$3" "$4" ;;
bridge-remove) bridge_remove "$2" "$3" "$4" ;;
address-probe) address_probe "$2" "$3" ;;
address-add) ip address add "$3" dev "$2" ;;
address-remove) [ "$(address_probe "$2" "$3")" = absent ] || ip address delete "$3" dev "$2" ;;
*) fail "network.sh does not know $1" ;;
esac
