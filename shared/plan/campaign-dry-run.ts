// The dry run of a campaign with Tare's own workloads, environments and preparation.
import { dropCachesChange } from "../changes/drop-caches.ts";
import type { Scripts } from "../changes/script.ts";
import type { DryRun } from "../contract/campaigns.ts";
import { hostFolder } from "../environments/environment.ts";
import { environments } from "../environments/registry.ts";
import { userlandImageChange } from "../environments/userland-image.ts";
import { optionalPackages, userlandPackages } from "../environments/userland-recipe.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Command } from "../model/command.ts";
import type { Facts } from "../model/facts.ts";
import type { HostRole } from "../model/lab.ts";
import { workloads } from "../workloads/registry.ts";
import { dryRun, type PreparationStep } from "./dry-run.ts";
import { hostChanges } from "./host-changes.ts";

export interface CampaignDryRun {
  readonly campaign: Campaign;
  readonly facts: { readonly sut: Facts | null; readonly loadgen: Facts | null };
  /** Paths on the hosts of the scripts of assets/host, by name. */
  readonly scripts: Scripts;
  /** Folder on the hosts that the compiled kernels will be in, and the commands that put them there. */
  readonly kernelFolder: string;
  readonly kernelCommands: readonly Command[];
}

/** The userland's folder is named by a hash of what the SUT itself says of its release, so a preview can't know it. */
const userlandFolder = `${hostFolder}/userland/HASH`;

export function campaignDryRun(inputs: CampaignDryRun): DryRun {
  const { campaign, facts, scripts, kernelFolder } = inputs;
  return dryRun({
    campaign,
    facts,
    workloads,
    environments,
    probe: () => [script(scripts, "facts.sh")],
    preparation: preparation(inputs),
    hostChanges: (role) => hostChanges(campaign, role, scripts),
    dropCaches: dropCachesChange(scripts),
    paths: {
      userlandFolder,
      kernelFolder,
      dataFolder: `${hostFolder}/data`,
      loadgenKernelFolder: kernelFolder,
    },
    scripts,
  });
}

function preparation({ campaign, scripts, kernelCommands }: CampaignDryRun): PreparationStep[] {
  const used = campaign.configurations.map(({ environment }) => environment);
  const kernels = (machine: HostRole): PreparationStep => ({
    machine,
    title: "Compile Tare's kernels, where they are not there yet",
    commands: kernelCommands,
    seconds: 2,
  });
  const image = userlandImageChange(userlandFolder, scripts);
  return [
    kernels("sut"),
    kernels("loadgen"),
    userlandStep(campaign, scripts),
    ...(used.includes("docker")
      ? [{ machine: "sut", title: image.title, commands: image.apply, seconds: 10 } as const]
      : []),
    ...(used.includes("kvm") ? [kvmProbeStep(scripts)] : []),
  ];
}

function kvmProbeStep(scripts: Scripts): PreparationStep {
  const command = { ...script(scripts, "kvm-probe.sh", "kvm", "host", "10"), root: true };
  return { machine: "sut", title: "Run a probe guest on /dev/kvm", commands: [command], seconds: 2 };
}

function userlandStep({ lab }: Campaign, scripts: Scripts): PreparationStep {
  const command =
    lab.userland.kind === "build"
      ? script(
          scripts,
          "userland-build.sh",
          userlandFolder,
          [...userlandPackages, ...optionalPackages.flatMap(([usual]) => usual)].join(","),
        )
      : script(scripts, "userland-unpack.sh", userlandFolder, lab.userland.path);
  return {
    machine: "sut",
    title: "Build the userland that all environments share, where it is not there yet",
    commands: [{ ...command, root: true }],
    seconds: 60,
  };
}

function script(scripts: Scripts, name: string, ...parameters: string[]): Command {
  return { argv: ["sh", scripts[name] ?? name, ...parameters] };
}
