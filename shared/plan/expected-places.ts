// Where things will lie on the hosts, as far as it is known before they are touched: for previews only.
import { changeScripts } from "../changes/script.ts";
import type { Scripts } from "../changes/script.ts";
import { hostFolder } from "../environments/environment.ts";
import { environmentScripts } from "../environments/names.ts";

export interface Places {
  /** Paths of the scripts of assets/host, by name. */
  readonly scripts: Scripts;
  readonly userlandFolder: string;
  readonly kernelFolder: string;
  readonly dataFolder: string;
  readonly loadgenKernelFolder: string;
}

const scriptNames = [...changeScripts, ...environmentScripts, "facts.sh", "kvm-probe.sh"];

/** `HASH` stands for what only the hosts can tell; everything else is as it will be. */
export const expectedPlaces: Places = {
  scripts: Object.fromEntries(scriptNames.map((name) => [name, `.cache/tare/scripts/HASH/${name}`])),
  userlandFolder: `${hostFolder}/userland/HASH`,
  kernelFolder: `${hostFolder}/kernels/HASH`,
  dataFolder: `${hostFolder}/data`,
  loadgenKernelFolder: `${hostFolder}/kernels/HASH`,
};
