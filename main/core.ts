// Composition root: builds the core from its parts. Both shells and the command line use it; it knows none of them.
import { type ActiveCampaigns, createActiveCampaigns } from "./campaign/active-campaigns.ts";
import { createLabStore, type LabStore } from "./library/lab-store.ts";
import type { Paths } from "./paths.ts";
import { createPrompts, type Prompts, type Question } from "./prompts.ts";
import { connectHost, type ConnectedHost, type ConnectDeps } from "./ssh/connect-host.ts";
import type { PromptAnswer } from "#shared/contract/prompts.ts";
import type { HostRole, Lab } from "#shared/model/lab.ts";

export interface Core {
  readonly paths: Paths;
  readonly version: string;
  readonly labs: LabStore;
  readonly prompts: Prompts;
  readonly campaigns: ActiveCampaigns;
  /** What the SSH layer needs; for connections outside of campaigns. */
  readonly ssh: ConnectDeps;
  connect(lab: Lab, role: HostRole, signal: AbortSignal): Promise<ConnectedHost>;
  /** Pauses running campaigns, waits until their hosts are as before, closes everything. */
  close(): Promise<void>;
}

export interface CoreOptions {
  readonly paths: Paths;
  readonly version: string;
  /** Answers questions without a window (the command line); absent: they wait for the window. */
  readonly ask?: (question: Question, signal: AbortSignal) => Promise<PromptAnswer>;
}

export function createCore({ paths, version, ask }: CoreOptions): Core {
  const prompts = createPrompts();
  const ssh: ConnectDeps = {
    ask: ask ?? prompts.ask,
    knownHostsPath: paths.knownHosts,
    assetsFolder: paths.assets,
  };
  const connect = (lab: Lab, role: HostRole, signal: AbortSignal) =>
    connectHost(lab[role], role, { ...ssh, signal });
  const campaigns = createActiveCampaigns({
    campaignsFolder: paths.campaigns,
    version,
    connect: (campaign, role, signal) => connect(campaign.lab, role, signal),
  });
  return {
    paths,
    version,
    labs: createLabStore(paths.labs),
    prompts,
    campaigns,
    ssh,
    connect,
    close: () => campaigns.close(),
  };
}
