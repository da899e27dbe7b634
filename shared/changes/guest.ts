// A libvirt guest: defined from its XML, started; destroyed and undefined again.
import type { Change } from "../model/change.ts";
import { TareError } from "../model/error.ts";
import { requireOwnName, scriptCommand, type Scripts } from "./script.ts";

export interface RunGuest {
  readonly name: string;
  /** The whole domain XML; its `<name>` must be `name`. */
  readonly xml: string;
}

/** Place of the command that starts the guest among the commands of `apply`. */
export const guestStartStep = 1;

/** The state is `absent` or `present <domain uuid>`. Throws INPUT_INVALID where the names do not fit. */
export function guestChange({ name, xml }: RunGuest, scripts: Scripts): Change {
  requireOwnName(name);
  if (!xml.includes(`<name>${name}</name>`))
    throw new TareError("INPUT_INVALID", `The domain XML does not name the guest ${name}.`);
  return {
    kind: "guest",
    target: `guest ${name}`,
    title: `Define and start guest ${name}`,
    probe: scriptCommand(scripts, "guest.sh", "probe", name),
    wanted: null,
    apply: [
      { ...scriptCommand(scripts, "guest.sh", "define", name), stdin: xml },
      scriptCommand(scripts, "guest.sh", "start", name),
    ],
    undo: [scriptCommand(scripts, "guest.sh", "remove", name)],
    lasting: true,
  };
}
