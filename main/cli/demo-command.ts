// `tare demo`: the built-in lab, a quick campaign on it, its table, and the window on the result.
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { campaignOf, storeCampaign } from "../campaign/create-campaign.ts";
import type { Core } from "../core.ts";
import { startDemoLab, type DemoLab } from "../demo-lab/demo-lab.ts";
import { installSystemPackages } from "../demo-lab/system-packages.ts";
import { cleanDemoLabs } from "../demo-lab/teardown.ts";
import { openTare } from "../open-window.ts";
import { demoDraft } from "#shared/plan/demo-draft.ts";
import { durationText } from "#shared/report/number.ts";
import { exitCodes } from "./exit-code.ts";
import { resumeCommand } from "./run-command.ts";
import { versionsOf } from "./versions.ts";

export interface DemoOptions {
  /** Do all but open the window. */
  readonly exit?: boolean;
  /** Remove what a killed demo left, and stop. */
  readonly clean?: boolean;
  readonly blocks?: string;
  readonly seed?: string;
  readonly json?: boolean;
}

const labId = process.env["TARE_LAB_ID"] ?? "demo";
/** Trees and images, shared by all demo labs of this machine. */
const cacheFolder = process.env["TARE_LAB_CACHE"] ?? "/var/cache/tare";
/** Must lie on a real file system. Together with the id it lets a test have a demo of its own. */
const stateFolder = process.env["TARE_LAB_STATE"] ?? "/var/lib/tare-demo";

/** The exit status is 0 only if every cell was measured. */
export async function demoCommand(core: Core, options: DemoOptions): Promise<number> {
  const stopping = new AbortController();
  await cleanDemoLabs({ stateFolder, signal: stopping.signal });
  await core.labs.remove(labId);
  if (options.clean === true) {
    process.stdout.write("Nothing of a demo lab is left on this machine.\n");
    return exitCodes.ok;
  }
  const begun = performance.now();
  const interrupt = () => stopping.abort();
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  const say = labProgress();
  await installSystemPackages({ onProgress: say, signal: stopping.signal });
  const demo = await startDemoLab({
    id: labId,
    cacheFolder,
    stateFolder,
    signal: stopping.signal,
    onProgress: say,
  });
  process.off("SIGINT", interrupt);
  process.off("SIGTERM", interrupt);
  try {
    await trustHostKeys(core.paths.knownHosts, demo);
    await core.labs.save(demo.lab);
    const draft = demoDraft(demo.lab, options);
    const campaign = campaignOf(draft, demo.lab, versionsOf(core), new Date());
    const path = await storeCampaign(core.paths.campaigns, campaign);
    process.stderr.write(`The lab is up after ${durationText((performance.now() - begun) / 1000)}.\n`);
    const status = await resumeCommand(core, campaign.id, options);
    process.stderr.write(`The campaign is in ${path}\n`);
    if (options.exit !== true) await openTare(campaign.id);
    return status;
  } finally {
    await demo.stop();
    await core.labs.remove(labId);
  }
}

/** The lab is this program's own, so its keys are known without asking. */
async function trustHostKeys(knownHosts: string, demo: DemoLab): Promise<void> {
  await mkdir(dirname(knownHosts), { recursive: true, mode: 0o700 });
  const known = await readFile(knownHosts, "utf8").catch(() => "");
  const missing = demo.hostKeys.filter((line) => !known.split("\n").includes(line));
  if (missing.length > 0) await appendFile(knownHosts, `${missing.join("\n")}\n`, { mode: 0o600 });
}

/** One line a stage, with the share where it is known, at most one a second. */
function labProgress(): (text: string, share: number | null) => void {
  let last = "";
  let at = 0;
  return (text, share) => {
    if (text === last && Date.now() - at < 2000) return;
    last = text;
    at = Date.now();
    process.stderr.write(`${text}${share === null ? "" : ` (${Math.round(share * 100)} %)`}\n`);
  };
}
