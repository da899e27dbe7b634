// The whole API: the contract's handlers, one file a domain.
import { api } from "./base.ts";
import type { Core } from "../core.ts";
import { appHandlers, type ShellInfo } from "./app.ts";
import { campaignHandlers } from "./campaigns.ts";
import { configurationHandlers } from "./configurations.ts";
import { draftHandlers } from "./drafts.ts";
import { hostHandlers } from "./hosts.ts";
import { labHandlers } from "./labs.ts";
import { libraryHandlers } from "./library.ts";
import { promptHandlers } from "./prompts.ts";

export function createRouter(core: Core, shell: ShellInfo) {
  return api.router({
    app: appHandlers(core, shell),
    hosts: hostHandlers(core),
    labs: labHandlers(core),
    library: libraryHandlers(core),
    prompts: promptHandlers(core),
    campaigns: campaignHandlers(core),
    configurations: configurationHandlers(core),
    drafts: draftHandlers(core),
  });
}
