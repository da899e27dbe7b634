// Changes that several environments make when a session starts: pages, and the session's own folder.
import type { Change } from "../model/change.ts";
import { fileChange } from "../changes/file.ts";
import { hugePagesChange } from "../changes/huge-pages.ts";
import { thpChange } from "../changes/thp.ts";
import type { EnvironmentContext } from "./environment.ts";
import { sessionFolder } from "./names.ts";

/** The pages axis, on the host. */
export function pagesChanges({ configuration, scripts }: EnvironmentContext): readonly Change[] {
  const { thp, hugePages2M } = configuration.pages;
  return [
    ...(thp === undefined ? [] : [thpChange("enabled", thp, scripts)]),
    ...(hugePages2M === undefined
      ? []
      : [hugePagesChange({ sizeKiB: 2048, node: null, count: hugePages2M }, scripts)]),
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
