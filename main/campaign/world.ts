// What a campaign run is given: its folder, the way to its hosts, and where to show what goes on.
import type { LinkEvent } from "#main/ssh/connection-deps.ts";
import type { HostMachine } from "#main/ssh/connect-host.ts";
import type { CampaignFolder } from "#main/library/campaign-folder.ts";
import type { Live } from "#shared/contract/campaigns.ts";
import type { CampaignEvent } from "#shared/model/event.ts";
import type { HostRole } from "#shared/model/lab.ts";

export interface CampaignWorld {
  readonly folder: CampaignFolder;
  readonly version: string;
  /** `signal` ends the connecting, and later the machine with all its waiting; `onLink` hears of losses in between. */
  connect(role: HostRole, signal: AbortSignal, onLink: (event: LinkEvent) => void): Promise<HostMachine>;
  onEvent(event: CampaignEvent): void;
  onLive(live: Live): void;
}
