// The core as a process of its own, so that it can really be killed, over a data folder that only the test has.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { campaignOf, storeCampaign } from "#main/campaign/create-campaign.ts";
import { readCampaignFolder, type CampaignContent } from "#main/library/campaign-folder.ts";
import { findCampaign } from "#main/library/library.ts";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import type { CampaignEvent } from "#shared/model/event.ts";
import type { Lab } from "#shared/model/lab.ts";
import { type CampaignState, reduceAll } from "#shared/state/campaign-state.ts";
import type { TestLab } from "../lab.ts";

export interface CoreProcess {
  readonly pid: number;
  /** Ends it at once, as a crash would; it cannot put anything back. */
  kill(): Promise<void>;
  /** What the first Ctrl+C does. */
  pause(): void;
  /** What two of them do; the second comes once the first was heard. */
  cancel(): Promise<void>;
  readonly ended: Promise<{ status: number | null; printed: string }>;
}

export interface DataFolder {
  readonly path: string;
  readonly knownHosts: string;
  create(draft: CampaignDraft, lab?: Lab): Promise<string>;
  resume(campaignId: string): CoreProcess;
  content(campaignId: string): Promise<CampaignContent>;
  state(campaignId: string): Promise<CampaignState>;
  /** Waits until the journal has an event for which `wanted` holds, and returns it. */
  waitFor(
    campaignId: string,
    wanted: (event: CampaignEvent) => boolean,
    process?: CoreProcess,
  ): Promise<CampaignEvent>;
  remove(): void;
}

/** A data folder that knows the lab's host keys; `path` must exist where it is given. */
export function newDataFolder(
  lab: TestLab,
  path = mkdtempSync(join(tmpdir(), "tare-test-data-")),
): DataFolder {
  const campaigns = join(path, "campaigns");
  const knownHosts = join(path, "known_hosts");
  mkdirSync(campaigns, { recursive: true });
  appendFileSync(knownHosts, `${lab.demo.hostKeys.join("\n")}\n`);
  const content = async (id: string) => readCampaignFolder(await findCampaign(campaigns, id));
  return {
    path,
    knownHosts,
    async create(draft, where = lab.demo.lab) {
      const versions = { tare: "0.0.0", node: process.version, platform: process.platform };
      const campaign = campaignOf(draft, where, versions, new Date());
      await storeCampaign(campaigns, campaign);
      return campaign.id;
    },
    resume: (id) => startCore(["resume", id], { TARE_DATA: path }),
    content,
    state: async (id) => reduceAll((await content(id)).events),
    async waitFor(id, wanted, core) {
      const journal = join(await findCampaign(campaigns, id), "events.jsonl");
      let ended = false;
      let size = -1;
      void core?.ended.then(() => (ended = true));
      for (;;) {
        // Asked first: what it wrote before its end is seen then.
        const last = ended;
        const now = statSync(journal).size;
        if (now !== size) {
          size = now;
          const found = (await content(id)).events.find(wanted);
          if (found !== undefined) return found;
        }
        if (last) throw new Error(`The core ended before the event: ${(await core?.ended)?.printed}`);
        await sleep(20);
      }
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** `tare` with these arguments, as a process that outlives nothing: it is killed with the test's process. */
export function startCore(argv: readonly string[], environment: Record<string, string>): CoreProcess {
  const child = spawn(process.execPath, ["main/cli.ts", ...argv], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const stop = () => child.kill("SIGKILL");
  process.once("exit", stop);
  const ended = once(child, "close").then(([status]) => {
    process.off("exit", stop);
    return { status: status as number | null, printed };
  });
  if (child.pid === undefined) throw new Error("The core could not be started.");
  return {
    pid: child.pid,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    pause: () => void child.kill("SIGINT"),
    async cancel() {
      child.kill("SIGINT");
      while (!printed.includes("press Ctrl+C again")) await Promise.race([ended, sleep(10)]);
      child.kill("SIGINT");
    },
    ended,
  };
}
