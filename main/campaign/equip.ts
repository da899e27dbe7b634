// Brings both hosts to where sessions can start: facts, kernels, userland, accelerator, the campaign's own changes.
import { ensureUserland } from "#main/environments/userland.ts";
import { ensureKernels } from "#main/workloads/kernels.ts";
import { userlandImageChange } from "#shared/environments/userland-image.ts";
import { hostChanges } from "#shared/plan/host-changes.ts";
import { TareError } from "#shared/model/error.ts";
import type { Facts } from "#shared/model/facts.ts";
import { type HostRole, hostRoles } from "#shared/model/lab.ts";
import { remarkForeignChanges } from "./foreign-changes.ts";
import { keptFacts } from "#main/library/campaign-facts.ts";
import { recordFacts } from "./record-facts.ts";
import { recordNetworkPath } from "./network-path.ts";
import { remarkOnce } from "./remark-once.ts";
import { type Equipment, equipmentRemark } from "./session-context.ts";
import { hostsOf, type Stage } from "./stage.ts";

/** Everything is cached on the hosts, so that a second time costs seconds. Throws TareErrors of the parts. */
export async function equip(
  stage: Stage,
): Promise<{ equipment: Equipment; facts: { sut: Facts; loadgen: Facts } }> {
  const { campaign, recorder, betweenRuns: signal, world, scripts } = stage;
  const tell = (name: string, text: string) => recorder.record({ type: "stage", name, text });
  await tell("facts", "Looking at both hosts");
  const facts = {
    sut: await factsBefore(stage, "sut"),
    loadgen: await factsBefore(stage, "loadgen"),
  };
  await remarkForeignChanges(stage);
  await recordNetworkPath(stage, facts);
  for (const role of hostRoles) {
    for (const change of hostChanges(campaign, role, scripts[role]))
      await stage.changers[role].apply(change, signal);
  }
  await tell("kernels", "Compiling Tare's kernels on both hosts");
  const [sut, loadgen] = await Promise.all(
    hostsOf(stage).map((machine) => ensureKernels(machine, { signal })),
  );
  if (sut === undefined || loadgen === undefined) throw new TareError("INTERNAL", "A lab has two hosts.");
  await tell("userland", "Looking for the userland on the system under test");
  const earlier = recorder.state().equipment?.userlandFolder;
  const userland = await ensureUserland(stage.sut, campaign.lab.userland, {
    signal,
    ...(earlier === undefined ? {} : { earlier }),
    onProgress: (text, share) => world.onLive({ kind: "progress", name: "userland", text, share }),
  });
  if (userland.missing.length > 0)
    await remarkOnce(
      stage,
      `The userland of ${stage.sut.name} is without ${userland.missing.join(" and ")}: none of its package sources offers that. Cells that need it are refused.`,
    );
  // Once for all sessions; each of them then finds the image and leaves it alone.
  if (campaign.configurations.some(({ environment }) => environment === "docker")) {
    await tell("image", "Importing the userland as a Docker image");
    await stage.changers.sut.apply(userlandImageChange(userland.folder, scripts.sut), signal);
  }
  const equipment: Equipment = {
    userlandFolder: userland.folder,
    kernelFolders: { sut: sut.folder, loadgen: loadgen.folder },
    accelerator: await chooseAccelerator(stage, facts.sut),
  };
  const remark = equipmentRemark(recorder.state().equipment, equipment);
  if (remark !== null) await remarkOnce(stage, remark);
  await recorder.record({ type: "equipped", ...equipment });
  return { equipment, facts };
}

/** Facts from before anything was changed: kept from the first time, so that a resume compares with them. */
async function factsBefore(stage: Stage, role: HostRole) {
  const campaignPath = stage.world.folder.path;
  const kept = await keptFacts(campaignPath, role, "before");
  if (kept !== null) return kept;
  const to = { campaignPath, recorder: stage.recorder, signal: stage.betweenRuns };
  return recordFacts(stage[role], { moment: "before", container: null, slot: null }, to);
}

/** KVM only where a probe guest really ran on it; the remark says why not. */
async function chooseAccelerator(stage: Stage, { kvm }: Facts): Promise<"kvm" | "tcg"> {
  const guests = stage.campaign.configurations.filter((configuration) => configuration.environment === "kvm");
  if (guests.length === 0) return "tcg";
  if (kvm.usable === true) return "kvm";
  const text = `Guests run emulated (TCG), because /dev/kvm of ${stage.sut.name} is not usable: ${kvm.reason.replace(/\.?$/, ".")} Emulated figures are not results.`;
  await remarkOnce(stage, text);
  return "tcg";
}
