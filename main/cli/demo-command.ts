// `tare demo`: the built-in lab, a quick campaign on it, its table, and the window on the result.
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { campaignOf, storeCampaign } from "../campaign/create-campaign.ts";
import type { Core } from "../core.ts";
import { startDemoLab, type DemoLab } from "../demo-lab/demo-lab.ts";
import { defaultStateFolder } from "../demo-lab/names.ts";
import { installSystemPackages } from "../demo-lab/system-packages.ts";
import { cleanDemoLabs } from "../demo-lab/teardown.ts";
import { defaultCacheFolder } from "../demo-lab/trees.ts";
import { probeLab } from "../hosts/probe-lab.ts";
import { openTare } from "../open-window.ts";
import { TareError } from "#shared/model/error.ts";
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
  /** The whole matrix of the paper, not four configurations. */
  readonly full?: boolean;
  readonly blocks?: string;
  readonly seed?: string;
  readonly json?: boolean;
}

const labId = process.env["TARE_LAB_ID"] ?? "demo";
/** Trees and images, shared by all demo labs of this machine. */
const cacheFolder = process.env["TARE_LAB_CACHE"] ?? defaultCacheFolder;
/** Must lie on a real file system. Together with the id it lets a test have a demo of its own. */
const stateFolder = process.env["TARE_LAB_STATE"] ?? defaultStateFolder;

/** The exit status is 0 only if every cell was measured. */
export async function demoCommand(core: Core, options: DemoOptions): Promise<number> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const { running } = await cleanDemoLabs({ stateFolder, signal });
  if (running.includes(labId))
    throw new TareError("BUSY", "A demo is under way on this machine. End it where it was started first.");
  await core.labs.remove(labId);
  if (options.clean === true) {
    process.stdout.write("Nothing of a demo lab is left on this machine.\n");
    return exitCodes.ok;
  }
  // For the whole command: a lab that is up must be taken down, whenever the person loses patience.
  const interrupt = () => stopping.abort();
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  try {
    return await demo(core, options, signal);
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
}

async function demo(core: Core, options: DemoOptions, signal: AbortSignal): Promise<number> {
  const begun = performance.now();
  const onProgress = labProgress();
  await installSystemPackages({ onProgress, signal });
  const demoLab = await startDemoLab({ id: labId, cacheFolder, stateFolder, signal, onProgress });
  try {
    await trustHostKeys(core.paths.knownHosts, demoLab);
    await core.labs.save(demoLab.lab);
    const { sut } = await probeLab(core, labId, signal);
    if (sut === null) throw new TareError("INTERNAL", "The demo lab was probed and has no facts.");
    const draft = demoDraft(demoLab.lab, options, sut);
    const campaign = campaignOf(draft, demoLab.lab, versionsOf(core), new Date());
    const path = await storeCampaign(core.paths.campaigns, campaign);
    process.stderr.write(`The lab is up after ${durationText((performance.now() - begun) / 1000)}.\n`);
    if (signal.aborted) return exitCodes.cancelled;
    const status = await resumeCommand(core, campaign.id, options);
    process.stderr.write(`The campaign is in ${path}\n`);
    if (options.exit !== true && !signal.aborted) {
      process.stderr.write("The lab stays up, for campaigns of your own, until Tare is ended.\n");
      await openTare(campaign.id);
    }
    return status;
  } finally {
    process.stderr.write("Removing the demo lab…\n");
    await demoLab.stop();
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
