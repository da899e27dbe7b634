// A mend as the command that makes it, and as the lines that its script then runs: what is shown is what is executed.
import type { Scripts } from "../changes/script.ts";
import type { Command } from "../model/command.ts";
import { TareError } from "../model/error.ts";
import type { HostMend } from "../model/mend.ts";

/** `sh mend.sh …` as root. Throws INTERNAL where the script has no path on the host. */
export function mendCommand(mend: HostMend, scripts: Scripts): Command {
  const path = scripts["mend.sh"];
  if (path === undefined)
    throw new TareError("INTERNAL", "The script mend.sh was not copied to the host before it was needed.");
  return { argv: ["sh", path, ...parametersOf(mend)], root: true };
}

function parametersOf(mend: HostMend): readonly string[] {
  switch (mend.kind) {
    case "install":
      return ["install", ...mend.packages];
    case "start":
      return ["start", mend.manager, mend.service];
    case "module":
      return ["module", mend.module];
  }
}

/** What mend.sh runs for it, as root, one a line; it prints each with a `+` before it runs. */
export function mendLines(mend: HostMend): readonly string[] {
  switch (mend.kind) {
    case "install":
      return ["apt-get -q update", installLine(mend.packages)];
    case "start":
      return [
        mend.manager === "systemctl" ? `systemctl start ${mend.service}` : `service ${mend.service} start`,
      ];
    case "module":
      return [`modprobe ${mend.module}`];
  }
}

/** Nothing that is installed may be removed, and a package manager that works already is waited for. */
function installLine(packages: readonly string[]): string {
  return `apt-get -q --yes --no-install-recommends --no-remove -o DPkg::Lock::Timeout=600 install ${packages.join(" ")}`;
}

/** `Install gcc and libc6-dev`, `Start docker`, `Load vhost_net`. */
export function mendTitle(mend: HostMend): string {
  switch (mend.kind) {
    case "install": {
      const { packages } = mend;
      const last = packages.at(-1) ?? "";
      return packages.length === 1
        ? `Install ${last}`
        : `Install ${packages.slice(0, -1).join(", ")} and ${last}`;
    }
    case "start":
      return `Start ${mend.service}`;
    case "module":
      return `Load ${mend.module}`;
  }
}
