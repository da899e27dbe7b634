// What a campaign run is given: its folder, the way to its hosts, and where to show what goes on.
import type { ConnectedHost } from "#main/ssh/connect-host.ts";
import type { CampaignFolder } from "#main/library/campaign-folder.ts";
import type { Live } from "#shared/contract/campaigns.ts";
import type { CampaignEvent } from "#shared/model/event.ts";
import type { HostRole } from "#shared/model/lab.ts";

export interface CampaignWorld {
  readonly folder: CampaignFolder;
  readonly version: string;
  connect(role: HostRole, signal: AbortSignal): Promise<ConnectedHost>;
  onEvent(event: CampaignEvent): void;
  onLive(live: Live): void;
}
