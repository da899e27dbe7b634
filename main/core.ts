// Composition root: builds the core from its parts. Both shells and the command line use it; it knows none of them.
import { join } from "node:path";
import { type ActiveCampaigns, createActiveCampaigns } from "./campaign/active-campaigns.ts";
import { createJsonStore, type JsonStore } from "./library/json-store.ts";
import { createFoundChanges, type FoundChangesStore } from "./hosts/found-changes.ts";
import { type ByHandStore, createByHandStore } from "./library/by-hand-store.ts";
import { type CampaignLibrary, createCampaignLibrary } from "./library/campaign-library.ts";
import { createLabStore, type LabStore } from "./library/lab-store.ts";
import type { Paths } from "./paths.ts";
import { createPrompts, type Prompts } from "./prompts.ts";
import { connectHost, type ConnectHostDeps, type HostMachine } from "./ssh/connect-host.ts";
import type { Ask } from "./ssh/connection-deps.ts";
import { ownPresetSchema, type OwnPreset } from "#shared/contract/configurations.ts";
import { savedDraftSchema, type SavedDraft } from "#shared/contract/drafts.ts";
import type { HostRole, Lab } from "#shared/model/lab.ts";

export interface Core {
  readonly paths: Paths;
  readonly version: string;
  readonly labs: LabStore;
  readonly presets: JsonStore<OwnPreset>;
  readonly drafts: JsonStore<SavedDraft>;
  /** What was changed on hosts without a campaign. */
  readonly byHand: ByHandStore;
  /** Changes of Tare's that connections outside of campaigns found. */
  readonly found: FoundChangesStore;
  readonly prompts: Prompts;
  readonly campaigns: ActiveCampaigns;
  readonly library: CampaignLibrary;
  /** What the SSH layer needs; for connections outside of campaigns. */
  readonly ssh: Omit<ConnectHostDeps, "signal">;
  connect(lab: Lab, role: HostRole, signal: AbortSignal): Promise<HostMachine>;
  /** Pauses running campaigns, waits until their hosts are as before, closes everything. */
  close(): Promise<void>;
}

export interface CoreOptions {
  readonly paths: Paths;
  readonly version: string;
  /** Answers questions without a window (the command line); absent: they wait for the window. */
  readonly ask?: Ask;
}

export function createCore({ paths, version, ask }: CoreOptions): Core {
  const prompts = createPrompts();
  const ssh: Core["ssh"] = {
    ask: ask ?? prompts.ask,
    knownHostsPath: paths.knownHosts,
    scriptsFolder: join(paths.assets, "host"),
    // Shared, so that nobody is asked twice for the same secret while Tare runs.
    secrets: new Map(),
  };
  const library = createCampaignLibrary(paths);
  const campaigns = createActiveCampaigns({
    campaignsFolder: paths.campaigns,
    version,
    onChange: library.touched,
    connect: (campaign, role, signal, onLink) =>
      connectHost(campaign.lab[role], role, { ...ssh, signal, onLink }),
  });
  return {
    paths,
    version,
    labs: createLabStore(paths.labs),
    presets: createJsonStore({ folder: paths.presets, schema: ownPresetSchema, noun: "preset" }),
    drafts: createJsonStore({ folder: paths.drafts, schema: savedDraftSchema, noun: "draft" }),
    byHand: createByHandStore(paths.byHand),
    found: createFoundChanges(),
    prompts,
    campaigns,
    library,
    ssh,
    connect: (lab, role, signal) => connectHost(lab[role], role, { ...ssh, signal }),
    async close() {
      try {
        await campaigns.close();
      } finally {
        await library.close();
      }
    },
  };
}
