// The whole API between window and core; served over a message port in Electron and over a WebSocket to a browser.
import { appContract } from "./app.ts";
import { campaignsContract } from "./campaigns.ts";
import { configurationsContract } from "./configurations.ts";
import { draftsContract } from "./drafts.ts";
import { hostsContract } from "./hosts.ts";
import { labsContract } from "./labs.ts";
import { libraryContract } from "./library.ts";
import { promptsContract } from "./prompts.ts";

export const contract = {
  app: appContract,
  hosts: hostsContract,
  labs: labsContract,
  library: libraryContract,
  prompts: promptsContract,
  campaigns: campaignsContract,
  configurations: configurationsContract,
  drafts: draftsContract,
};
export type Contract = typeof contract;
