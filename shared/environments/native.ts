// Native: programs run on the SUT itself, in the userland by chroot, in a mount namespace of their own.
import type { NativeConfiguration } from "../model/configuration.ts";
import { commonFindings } from "./common-checks.ts";
import { blockDeviceFindings } from "./device-checks.ts";
import type { Environment } from "./environment.ts";
import { scriptPath, sessionFolder, userlandRoot } from "./names.ts";
import { numactlPrefix, pinnedCpus } from "./pinning.ts";
import { placementFindings } from "./pinning-checks.ts";
import { deviceChanges, nicIrqChanges, pagesChanges, sessionFolderChange } from "./session-changes.ts";
import { answerProgram, startUpPort, timedCommand } from "./start-up.ts";

export const native: Environment<NativeConfiguration> = {
  name: "native",
  title: "Native",
  machine: "sut",
  check: (configuration, facts, lab) => [
    ...commonFindings(configuration, facts),
    ...placementFindings(configuration, facts, lab),
    ...blockDeviceFindings(configuration, facts),
  ],
  changes: (context) => [
    ...deviceChanges(context),
    ...pagesChanges(context),
    ...nicIrqChanges(context),
    sessionFolderChange(context),
  ],
  enter: (context, argv) => ({
    argv: [
      "sh",
      scriptPath(context, "native-enter.sh"),
      userlandRoot(context.userlandFolder),
      sessionFolder(context),
      context.kernelFolder,
      "--",
      ...numactlPrefix(context.configuration.pinning),
      ...argv,
    ],
    root: true,
  }),
  // Nothing stays up: the program that answers is entered, and ends once it was heard.
  startUpBaseline: (context) =>
    timedCommand(context, native.enter(context, [answerProgram, String(startUpPort)]), {
      address: "127.0.0.1",
      limitSeconds: 20,
      everyMs: 1,
    }),
  serverAddress: ({ lab }) => lab.sut.dataAddress,
  device: ({ storage }) => (storage.kind === "device" ? storage.device.path : null),
  cpus: ({ pinning }, facts) => pinnedCpus(pinning, facts),
};
