// What the window asks of the application itself.
import { demoLabAvailability } from "../demo-lab/availability.ts";
import type { Core } from "../core.ts";
import { api } from "./base.ts";

/** What a shell says of itself. */
export interface ShellInfo {
  readonly shell: "electron" | "browser";
  readonly shellReason: string | null;
  readonly openCampaign: string | null;
}

export function appHandlers(core: Core, shell: ShellInfo) {
  return {
    info: api.app.info.handler(() => ({
      ...shell,
      version: core.version,
      dataFolder: core.paths.data,
      demo: demoLabAvailability(),
    })),
  };
}
