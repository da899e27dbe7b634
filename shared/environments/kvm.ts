// KVM: a libvirt guest whose disk is made of the userland; programs enter it over SSH through the SUT.
import type { KvmConfiguration } from "../model/configuration.ts";
import type { Environment } from "./environment.ts";
import { guestFilesChange, guestStartChange } from "./guest.ts";
import { guestNetworkChanges, guestServerAddress } from "./guest-network.ts";
import { kvmFindings } from "./kvm-checks.ts";
import { inside } from "./names.ts";
import { deviceChanges, nicIrqChanges, pagesChanges } from "./session-changes.ts";

export const kvm: Environment<KvmConfiguration> = {
  name: "kvm",
  title: "KVM",
  machine: "guest",
  check: kvmFindings,
  changes: (context) => [
    ...deviceChanges(context),
    ...pagesChanges(context),
    ...nicIrqChanges(context),
    ...guestNetworkChanges(context),
    guestFilesChange(context),
    guestStartChange(context),
  ],
  // The guest is a machine of its own, and its root account is the one that Tare logs in with.
  enter: (_context, argv) => ({ argv: ["env", `--chdir=${inside.data}`, ...argv], root: true }),
  serverAddress: ({ configuration, lab }) => guestServerAddress(configuration, lab),
  device: ({ storage }) => (storage.device === undefined ? null : "/dev/vdb"),
  cpus: ({ machine }) => machine.vcpus,
};
