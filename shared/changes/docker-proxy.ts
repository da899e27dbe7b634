// Docker's userland proxy: a setting of the daemon, in its daemon.json, in force after a restart.
import type { Change } from "../model/change.ts";
import { scriptCommand, type Scripts } from "./script.ts";

/**
 * The state is `on` or `off`, then a line with the SHA-256 of the file: its bytes may hold passwords and stay on the host,
 * in the journal's entry, from which undo brings back exactly that file. A daemon that has the mode already is not
 * restarted. Refused while containers run that Tare did not make (docs/decisions/009).
 */
export function dockerProxyChange(on: boolean, scripts: Scripts): Change {
  const mode = on ? "on" : "off";
  return {
    kind: "docker-proxy",
    target: "userland-proxy of Docker's daemon",
    title: `Turn Docker's userland proxy ${mode} and restart its daemon, where it is not ${mode} already`,
    probe: scriptCommand(scripts, "docker-daemon.sh", "proxy-probe"),
    wanted: mode,
    apply: [scriptCommand(scripts, "docker-daemon.sh", "proxy-set", mode)],
    undo: [scriptCommand(scripts, "docker-daemon.sh", "proxy-restore", mode, "{before}")],
    lasting: true,
  };
}
