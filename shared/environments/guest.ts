// A session's guest: its files, its kernel's command line, its domain XML and its start.
import type { Change } from "../model/change.ts";
import type { KvmConfiguration } from "../model/configuration.ts";
import { TareError } from "../model/error.ts";
import { fileChange } from "../changes/file.ts";
import { guestChange, guestStartStep } from "../changes/guest.ts";
import { domainXml } from "./domain-xml.ts";
import type { EnvironmentContext } from "./environment.ts";
import { guestInterfaces, guestStartUpAddress, interfaceArguments } from "./guest-network.ts";
import { guestFiles, scriptPath, sessionFolder, sessionName } from "./names.ts";
import { startUpPort, timedChange } from "./start-up.ts";

type GuestContext = EnvironmentContext<KvmConfiguration>;

/** Name that the guest gives itself. */
const guestHostname = "tare-guest";

/** Disk, kernel, initrd and keys in the session's folder. */
export function guestFilesChange(context: GuestContext): Change {
  const path = sessionFolder(context);
  return fileChange(
    {
      path,
      below: context.dataFolder,
      commands: [
        {
          argv: [
            "sh",
            scriptPath(context, "guest-files.sh"),
            context.userlandFolder,
            context.kernelFolder,
            path,
            context.configuration.storage.format,
          ],
          root: true,
        },
      ],
    },
    context.scripts,
  );
}

/** A guest that has not answered by then has not come up, or cannot be reached from the SUT. */
const startUpLimitSeconds = { kvm: 60, tcg: 240 } as const;
/** QEMU's user-mode network keeps what nobody answers yet for 75 s, so it is asked less often. */
const startUpEveryMs = { bridge: 1, direct: 100, user: 100 } as const;

/** Defines and starts the guest, its start timed; undoing it removes the log that libvirt keeps of it too. */
export function guestStartChange(context: GuestContext): Change {
  const { configuration, accelerator, lab } = context;
  const name = sessionName(context);
  const change = timedChange(
    context,
    guestChange({ name, xml: guestDomainXml(context) }, context.scripts),
    guestStartStep,
    {
      address: guestStartUpAddress(configuration, lab),
      limitSeconds: startUpLimitSeconds[accelerator === "kvm" ? "kvm" : "tcg"],
      everyMs: startUpEveryMs[configuration.network.mode],
      pidFile: `/run/libvirt/qemu/${name}.pid`,
    },
  );
  const removeLog = { argv: ["sh", scriptPath(context, "guest-log.sh"), "remove", name], root: true };
  return { ...change, undo: [...change.undo, removeLog] };
}

/** Throws INPUT_INVALID where the accelerator was not found out. */
export function guestDomainXml(context: GuestContext): string {
  const { accelerator, configuration } = context;
  if (accelerator === "none")
    throw new TareError("INTERNAL", "A guest needs to know its accelerator before it is defined.");
  return domainXml({
    name: sessionName(context),
    configuration,
    accelerator,
    files: guestFiles(sessionFolder(context), configuration.storage.format),
    kernelArguments: kernelArguments(context),
    interfaces: guestInterfaces(context),
  });
}

/** What the guest's kernel and its init are told; no argument holds a blank. */
function kernelArguments(context: GuestContext): readonly string[] {
  const { accelerator, configuration } = context;
  const { thp } = configuration.pages;
  return [
    "root=/dev/vda",
    "rw",
    "console=ttyS0",
    "quiet",
    "panic=1",
    "net.ifnames=0",
    // On a busy host the emulated timer comes too late for the kernel's check, which then panics. KVM guests skip it, too.
    ...(accelerator === "tcg" ? ["no_timer_check"] : []),
    ...(thp === undefined ? [] : [`transparent_hugepage=${thp}`]),
    `tare.hostname=${guestHostname}`,
    `tare.answer=${startUpPort}`,
    ...interfaceArguments(context),
  ];
}
