// A session's guest: its address, its bridge, its kernel's command line and its domain XML.
import type { Change } from "../model/change.ts";
import type { KvmConfiguration } from "../model/configuration.ts";
import { TareError } from "../model/error.ts";
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";
import { bridgeChange } from "../changes/bridge.ts";
import { fileChange } from "../changes/file.ts";
import { guestChange } from "../changes/guest.ts";
import { bridgedTrafficChange } from "../changes/sysctl.ts";
import { domainXml } from "./domain-xml.ts";
import type { EnvironmentContext } from "./environment.ts";
import { inNetwork, ipv4Number, parseCidr } from "./ipv4.ts";
import { guestFiles, ownBridge, scriptPath, sessionFolder, sessionName } from "./names.ts";

type GuestContext = EnvironmentContext<KvmConfiguration>;

/** Name that the guest gives itself. */
const guestHostname = "tare-guest";

/** The guest's address without its prefix length. Throws INPUT_INVALID where it is none. */
export function guestAddress(lab: Lab): string {
  const cidr = parseCidr(lab.guest.address);
  if (cidr === null)
    throw new TareError("INPUT_INVALID", `The guest's address ${lab.guest.address} is not an IPv4 address.`);
  return cidr.address;
}

/** The lab's bridge, or the one that Tare makes. */
function guestBridge(lab: Lab): string {
  return lab.guest.bridge ?? ownBridge;
}

/** Changes that join the guest to the data network. Throws INPUT_INVALID where the data interface is not known. */
export function guestNetworkChanges({ lab, facts, scripts }: GuestContext): readonly Change[] {
  if (lab.guest.bridge !== undefined) return [bridgedTrafficChange(scripts)];
  const nic = dataInterface(lab, facts);
  if (nic === null)
    throw new TareError(
      "INPUT_INVALID",
      `No interface of the system under test carries its data address ${lab.sut.dataAddress}. Name the data interface, or a bridge, in the lab.`,
    );
  return [
    bridgeChange({ bridge: ownBridge, nic, managementAddress: lab.sut.address }, scripts),
    bridgedTrafficChange(scripts),
  ];
}

/** The interface that the lab names, or that carries the data address; null where neither is known. */
export function dataInterface(lab: Lab, facts: Facts | null): string | null {
  const carries = (address: string) => address.split("/")[0] === lab.sut.dataAddress;
  return lab.sut.dataInterface ?? facts?.nics.find(({ addresses }) => addresses.some(carries))?.name ?? null;
}

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

/** Defines and starts the guest; undoing it removes the log that libvirt keeps of it too. */
export function guestStartChange(context: GuestContext): Change {
  const name = sessionName(context);
  const change = guestChange({ name, xml: guestDomainXml(context) }, context.scripts);
  const removeLog = { argv: ["sh", scriptPath(context, "guest-log.sh"), "remove", name], root: true };
  return { ...change, undo: [...change.undo, removeLog] };
}

/** Throws INPUT_INVALID where the accelerator was not found out. */
export function guestDomainXml(context: GuestContext): string {
  const { accelerator, configuration, lab } = context;
  if (accelerator === "none")
    throw new TareError("INTERNAL", "A guest needs to know its accelerator before it is defined.");
  return domainXml({
    name: sessionName(context),
    configuration,
    accelerator,
    files: guestFiles(sessionFolder(context), configuration.storage.format),
    kernelArguments: kernelArguments(context),
    bridge: guestBridge(lab),
    mac: guestMac(lab),
  });
}

/** What the guest's kernel and its init are told; no argument holds a blank. */
function kernelArguments({ accelerator, configuration, lab }: GuestContext): readonly string[] {
  const gateway = guestGateway(lab);
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
    `tare.address=${lab.guest.address}`,
    `tare.hostname=${guestHostname}`,
    ...(gateway === null ? [] : [`tare.gateway=${gateway}`]),
  ];
}

/** The SUT, where the load generator is in another network than the guest; null where it is a neighbour. */
function guestGateway(lab: Lab): string | null {
  if (inNetwork(lab.loadgen.dataAddress, lab.guest.address)) return null;
  return inNetwork(lab.sut.dataAddress, lab.guest.address) ? lab.sut.dataAddress : null;
}

/** Made of the address, so that neighbours' caches stay true from one session to the next. */
export function guestMac(lab: Lab): string {
  const number = ipv4Number(guestAddress(lab)) ?? 0;
  const bytes = [16, 8, 0].map((shift) => ((number >>> shift) & 0xff).toString(16).padStart(2, "0"));
  return `52:54:00:${bytes.join(":")}`;
}
