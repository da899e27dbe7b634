// A Docker container that runs for one session.
import type { Change } from "../model/change.ts";
import { requireOwnName, scriptCommand, type Scripts } from "./script.ts";

export interface RunContainer {
  readonly name: string;
  /** What stands after `docker run -d --name <name> --label tare`: options, image, program. */
  readonly runArguments: readonly string[];
}

/** Place of `docker run` among the commands of `apply`. */
export const containerRunStep = 0;

/** The state is `absent` or `present <container id>`. Throws INPUT_INVALID for a name that does not start with `tare-`. */
export function containerChange({ name, runArguments }: RunContainer, scripts: Scripts): Change {
  requireOwnName(name);
  return {
    kind: "container",
    target: `container ${name}`,
    title: `Run container ${name}`,
    probe: scriptCommand(scripts, "docker.sh", "container-probe", name),
    wanted: null,
    apply: [
      {
        argv: ["docker", "run", "-d", "--name", name, "--label", "tare", ...runArguments],
        root: true,
      },
      scriptCommand(scripts, "docker.sh", "container-check", name),
    ],
    undo: [scriptCommand(scripts, "docker.sh", "container-remove", name)],
    lasting: true,
  };
}
