// Brings both hosts to where sessions can start: facts, kernels, userland, accelerator, the campaign's own changes.
import { ensureUserland } from "#main/environments/userland.ts";
import { probeKvm } from "#main/hosts/kvm-probe.ts";
import { ensureKernels } from "#main/workloads/kernels.ts";
import { hostChanges } from "#shared/plan/host-changes.ts";
import { keptFacts, recordFacts } from "./record-facts.ts";
import { hostsOf, type Equipment, type Stage } from "./stage.ts";

/** Everything is cached on the hosts, so that a second time costs seconds. Throws TareErrors of the parts. */
export async function equip(stage: Stage): Promise<Equipment> {
  const { campaign, recorder, signal, world } = stage;
  const tell = (name: string, text: string) => recorder.record({ type: "stage", name, text });
  const facts = { sut: await factsBefore(stage, "sut"), loadgen: await factsBefore(stage, "loadgen") };
  for (const machine of hostsOf(stage)) {
    const role = machine === stage.sut ? "sut" : "loadgen";
    for (const change of hostChanges(campaign, role, stage.scripts))
      await stage.changers[role].apply(change, signal);
  }
  await tell("kernels", "Compiling Tare's kernels on both hosts");
  const [sutKernels, loadgenKernels] = await Promise.all([
    ensureKernels(stage.sut, { signal }),
    ensureKernels(stage.loadgen, { signal }),
  ]);
  await tell("userland", "Looking for the userland on the system under test");
  const userland = await ensureUserland(stage.sut, campaign.lab.userland, {
    kernelFolder: sutKernels.folder,
    signal,
    onProgress: (text, share) => world.onLive({ kind: "progress", name: "userland", text, share }),
  });
  const accelerator = await chooseAccelerator(stage);
  return {
    facts,
    userlandFolder: userland.folder,
    kernelFolders: { sut: sutKernels.folder, loadgen: loadgenKernels.folder },
    accelerator,
  };
}

/** Facts from before anything was changed: kept from the first time, so that a resume compares with them. */
async function factsBefore(stage: Stage, role: "sut" | "loadgen") {
  const campaignPath = stage.world.folder.path;
  const kept = await keptFacts(campaignPath, role, "before");
  if (kept !== null) return kept;
  const to = { campaignPath, recorder: stage.recorder, signal: stage.signal };
  return recordFacts(stage[role], { moment: "before", container: null, slot: null }, to);
}

/** KVM only where a probe guest really ran on it; the remark says why not. */
async function chooseAccelerator(stage: Stage): Promise<"kvm" | "tcg"> {
  const guests = stage.campaign.configurations.filter((configuration) => configuration.environment === "kvm");
  if (guests.length === 0) return "tcg";
  const probe = await probeKvm(stage.sut, { signal: stage.signal });
  if (probe.usable) return "kvm";
  const text = `Guests run emulated (TCG), because /dev/kvm of ${stage.sut.name} is not usable: ${probe.reason} Emulated figures are not results.`;
  if (!stage.recorder.state().remarks.includes(text)) await stage.recorder.record({ type: "remark", text });
  return "tcg";
}
