// Changes that several environments make when a session starts: the proof of a block device, pages, interrupts, the session's own folder.
import type { Change } from "../model/change.ts";
import { deviceChange } from "../changes/device.ts";
import { fileChange } from "../changes/file.ts";
import { hugePagesChange } from "../changes/huge-pages.ts";
import { irqAffinityChange } from "../changes/irq-affinity.ts";
import { thpChange } from "../changes/thp.ts";
import { TareError } from "../model/error.ts";
import { numbersOf } from "./cpu-list.ts";
import { dataNics } from "./data-nics.ts";
import { deviceOf } from "./device-checks.ts";
import type { EnvironmentContext } from "./environment.ts";
import { dataInterface } from "./guest-network.ts";
import { reservationsOf } from "./huge-page-pools.ts";
import { sessionFolder } from "./names.ts";

/** Where a block device was chosen, its proof: first of all, as nothing else is to be done where it fails. */
export function deviceChanges({
  configuration,
  kernelFolder,
  scripts,
}: EnvironmentContext): readonly Change[] {
  const device = deviceOf(configuration);
  return device === null ? [] : [deviceChange(device, kernelFolder, scripts)];
}

/** The pages axis, on the host. */
export function pagesChanges({ configuration: { pages }, scripts }: EnvironmentContext): readonly Change[] {
  const { thp, thpDefrag } = pages;
  return [
    ...(thp === undefined ? [] : [thpChange("enabled", thp, scripts)]),
    ...(thpDefrag === undefined ? [] : [thpChange("defrag", thpDefrag, scripts)]),
    ...reservationsOf(pages).map(({ size, node, count }) =>
      hugePagesChange({ sizeKiB: size, node, count }, scripts),
    ),
  ];
}

/**
 * CPUs for the interrupts of the interfaces that carry the data network. Throws INPUT_INVALID where the data interface
 * is not known.
 */
export function nicIrqChanges({ configuration, lab, facts, scripts }: EnvironmentContext): readonly Change[] {
  const { nicIrqs } = configuration.pinning;
  if (nicIrqs === undefined) return [];
  const name = dataInterface(lab, facts);
  if (name === null)
    throw new TareError(
      "INPUT_INVALID",
      `No interface of the system under test carries its data address ${lab.sut.dataAddress}, so whose interrupts are meant is not known. Name the data interface in the lab.`,
    );
  const behind = facts === null ? [] : dataNics(lab, facts);
  return (behind.length === 0 ? [name] : behind).map((nic) =>
    irqAffinityChange({ interface: nic, cpus: numbersOf(nicIrqs) }, scripts),
  );
}

/** An empty folder for the session's test files. */
export function sessionFolderChange(context: EnvironmentContext): Change {
  const path = sessionFolder(context);
  return fileChange(
    {
      path,
      below: context.dataFolder,
      commands: [{ argv: ["mkdir", "--mode=0755", "--", path], root: true }],
    },
    context.scripts,
  );
}
