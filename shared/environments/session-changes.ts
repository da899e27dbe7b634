// Changes that several environments make when a session starts: the proof of a block device, pages, the session's own folder.
import type { Change } from "../model/change.ts";
import { deviceChange } from "../changes/device.ts";
import { fileChange } from "../changes/file.ts";
import { hugePagesChange } from "../changes/huge-pages.ts";
import { thpChange } from "../changes/thp.ts";
import { deviceOf } from "./device-checks.ts";
import type { EnvironmentContext } from "./environment.ts";
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
