// The demo lab of the benchmark, connected and equipped as a campaign's start does it, with a campaign's folder to record in.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { campaignOf, storeCampaign } from "#main/campaign/create-campaign.ts";
import { createRecorder, type Recorder } from "#main/campaign/recorder.ts";
import type { Equipment } from "#main/campaign/session-context.ts";
import { startDemoLab } from "#main/demo-lab/demo-lab.ts";
import { defaultStateFolder } from "#main/demo-lab/names.ts";
import { installSystemPackages } from "#main/demo-lab/system-packages.ts";
import { cleanDemoLabs } from "#main/demo-lab/teardown.ts";
import { defaultCacheFolder } from "#main/demo-lab/trees.ts";
import { ensureUserland } from "#main/environments/userland.ts";
import { createChangeIds } from "#main/hosts/change-ids.ts";
import { createChanger, type Changer } from "#main/hosts/changes.ts";
import { probeFacts } from "#main/hosts/facts.ts";
import { probeKvm } from "#main/hosts/kvm-probe.ts";
import { assetPath } from "#main/installation.ts";
import { openCampaignFolder } from "#main/library/campaign-folder.ts";
import { connectHost, type HostMachine } from "#main/ssh/connect-host.ts";
import { readScripts } from "#main/ssh/scripts.ts";
import { ensureKernels } from "#main/workloads/kernels.ts";
import type { Scripts } from "#shared/changes/script.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { HostRole, Lab } from "#shared/model/lab.ts";
import { configurationPresets } from "#shared/environments/presets.ts";
import { workloadNames } from "#shared/model/workload.ts";
import { presetDraft } from "#shared/plan/campaign-presets.ts";
import { benchConditions } from "./conditions.ts";
import { type Call, timedHost, timedRecorder } from "./timed-machine.ts";

export interface BenchLab {
  readonly lab: Lab;
  readonly campaign: Campaign;
  readonly campaignPath: string;
  readonly recorder: Recorder;
  readonly sut: HostMachine;
  readonly loadgen: HostMachine;
  readonly changer: Changer;
  readonly facts: Facts;
  readonly equipment: Equipment;
  readonly scripts: Scripts;
  /** Path of a known_hosts file with the keys of both hosts. */
  readonly knownHosts: string;
  /** Everything that was asked of the machines, in the order in which it ended. */
  readonly calls: Call[];
  /** For putting things back: outlives the signal that the benchmark was started with. */
  readonly cleanupSignal: AbortSignal;
}

export type Tell = (text: string) => void;

const id = "bench";

/** Brings the lab up; `undo` takes all of it away again, the last thing first. */
export async function startBenchLab(
  undo: AsyncDisposableStack,
  { signal, tell }: { signal: AbortSignal; tell: Tell },
): Promise<BenchLab> {
  const cleanup = new AbortController();
  const cleanupSignal = cleanup.signal;
  undo.defer(() => cleanup.abort());
  let said = "";
  const onProgress = (text: string) => {
    if (text !== said) tell(text);
    said = text;
  };
  await installSystemPackages({ onProgress, signal });
  await cleanDemoLabs({ stateFolder: defaultStateFolder, signal });
  const folder = await mkdtemp(join(tmpdir(), "tare-bench-"));
  undo.defer(() => rm(folder, { recursive: true, force: true }));
  undo.defer(() => rm(join(defaultCacheFolder, "keys", id), { recursive: true, force: true }));
  const demo = await startDemoLab({
    id,
    cacheFolder: defaultCacheFolder,
    stateFolder: defaultStateFolder,
    signal,
    onProgress,
  });
  undo.defer(() => demo.stop());

  const { lab } = demo;
  const knownHosts = join(folder, "known_hosts");
  await writeFile(knownHosts, `${demo.hostKeys.join("\n")}\n`);
  const calls: Call[] = [];
  const connect = async (role: HostRole): Promise<HostMachine> => {
    signal.throwIfAborted();
    const host = await connectHost(lab[role], role, {
      ask: () => Promise.reject(new Error("The benchmark has nobody to ask.")),
      knownHostsPath: knownHosts,
      otherKnownHosts: [],
      signal: cleanupSignal,
    });
    undo.defer(() => host.close());
    return timedHost(host, (call) => calls.push(call));
  };
  const sut = await connect("sut");
  const loadgen = await connect("loadgen");

  const versions = { tare: "bench", node: process.version, platform: `${process.platform} ${process.arch}` };
  const draft = {
    ...presetDraft(lab, "quick", null),
    name: "Benchmark",
    configurations: configurationPresets.map(({ configuration }) => configuration),
    // All of them: their ports are published where a container is behind NAT.
    conditions: [...benchConditions(workloadNames, { seconds: 1, all: true })],
  };
  const campaign = campaignOf(draft, lab, versions, new Date());
  const campaignPath = await storeCampaign(folder, campaign);
  const opened = await openCampaignFolder(campaignPath);
  undo.defer(() => opened.close());
  const recorder = timedRecorder(
    createRecorder(opened, () => undefined),
    (call) => calls.push(call),
  );
  const changer = createChanger(sut, {
    campaignId: campaign.id,
    nextId: createChangeIds([]),
    append: (record) => recorder.recordIfPossible({ type: "change", record }),
    now: () => new Date(),
  });
  tell("Equipping both hosts");
  const kernels = await Promise.all([sut, loadgen].map((machine) => ensureKernels(machine, { signal })));
  const userland = await ensureUserland(sut, lab.userland, { signal, onProgress });
  const equipment: Equipment = {
    userlandFolder: userland.folder,
    kernelFolders: { sut: kernels[0]?.folder ?? "", loadgen: kernels[1]?.folder ?? "" },
    accelerator: (await probeKvm(sut, { signal })).usable ? "kvm" : "tcg",
  };
  const scripts: Record<string, string> = {};
  for (const { name } of readScripts(assetPath("host")).files) scripts[name] = await sut.script(name, signal);
  return {
    lab,
    campaign,
    campaignPath,
    recorder,
    sut,
    loadgen,
    changer,
    facts: await probeFacts(sut, { signal }),
    equipment,
    scripts,
    knownHosts,
    calls,
    cleanupSignal,
  };
}
