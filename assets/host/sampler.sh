#!/bin/sh
# Once a second, until it is ended: CPU time by mode and CPU, traffic by interface, frequency, and its own cost.
# Arguments: number of samples (0: no end), seconds between them.
#
# First line:  tare-sampler 1 <wall clock, s since 1970> <uptime, s> <clock ticks a second>
# Each other:  sample <uptime> own=<ticks since start> cpu0=<user,nice,system,idle,iowait,irq,softirq,steal> …
#              net.<name>=<received bytes,packets,transmitted bytes,packets> … khz.policy0=<kHz> … end
# CPU ticks and traffic count since the line before (the first since the start). "end" tells a whole line from a torn one.
# One awk does all of it and forks one sleep a second. It reads /proc in blocks, where a shell reads byte by byte.
set -eu
LC_ALL=C
export LC_ALL
limit=${1:-0}
pause=${2:-1}
ticks=$(getconf CLK_TCK 2>/dev/null || echo 100)
wall=$(date +%s.%N)
# A date that lacks %N prints it as it stands, or nothing.
case $wall in
*[!0-9.]* | *.) wall=$(date +%s) ;;
esac
policies=
for file in /sys/devices/system/cpu/cpufreq/policy*/scaling_cur_freq; do
  if [ -r "$file" ]; then policies="$policies $file"; fi
done

exec awk -v limit="$limit" -v pause="$pause" -v ticks="$ticks" -v wall="$wall" -v policies="$policies" '
function uptime(  line) {
  getline line < "/proc/uptime"; close("/proc/uptime")
  return substr(line, 1, index(line, " ") - 1)
}
# What is seen for the first time, or went backwards (idle may; an interface may be made anew), counts as still.
function since(key, value,  before) {
  before = (key in last) ? last[key] : value
  last[key] = value
  return value < before ? 0 : value - before
}
function processors(  line, f, i, out) {
  while ((getline line < "/proc/stat") > 0) {
    if (line !~ /^cpu/) break
    if (line ~ /^cpu /) continue
    split(line, f)
    out = out " " f[1] "="
    for (i = 2; i <= 9; i++) out = out (i > 2 ? "," : "") sprintf("%d", since(f[1] i, f[i]))
  }
  close("/proc/stat")
  return out
}
function traffic(  line, at, name, f, out) {
  while ((getline line < "/proc/net/dev") > 0) {
    at = index(line, ":")
    if (!at) continue
    name = substr(line, 1, at - 1); gsub(/ /, "", name)
    split(substr(line, at + 1), f)
    out = out " net." name "=" sprintf("%.0f,%.0f,%.0f,%.0f", since(name "rb", f[1]), since(name "rp", f[2]), \
      since(name "tb", f[9]), since(name "tp", f[10]))
  }
  close("/proc/net/dev")
  return out
}
function frequencies(  i, n, f, part, khz, out) {
  n = split(policies, f)
  for (i = 1; i <= n; i++) {
    if ((getline khz < f[i]) > 0) { split(f[i], part, "/"); out = out " khz." part[7] "=" khz }
    close(f[i])
  }
  return out
}
# User and system ticks of this process and of every sleep it waited for.
function own(  line, f) {
  getline line < "/proc/self/stat"; close("/proc/self/stat")
  sub(/^.*\) /, "", line)
  split(line, f)
  return f[12] + f[13] + f[14] + f[15]
}
BEGIN {
  processors(); traffic()
  print "tare-sampler 1 " wall " " uptime() " " ticks
  fflush()
  for (n = 1; limit == 0 || n <= limit; n++) {
    if (system("sleep " pause) != 0) exit 1
    print "sample " uptime() " own=" own() processors() traffic() frequencies() " end"
    fflush()
  }
}'
