// Preflight of what a host is: root, data address, room, and what makes its figures worse than they could be.
import { environments } from "../environments/registry.ts";
import { kvmPresets } from "../environments/kvm-presets.ts";
import type { Facts } from "../model/facts.ts";
import type { Host, HostRole, Lab } from "../model/lab.ts";
import type { Condition } from "../model/workload.ts";
import { bytesText } from "../report/number.ts";
import { bindCondition } from "../workloads/registry.ts";
import { hasRoot, mendOn, sudoMend } from "./host-mends.ts";
import { everyRun, type PreflightCheck } from "./preflight-check.ts";

export function rootCheck(role: HostRole, host: Host, facts: Facts): PreflightCheck {
  const { user, sudo, uid } = facts.root;
  const common = { role, id: "root", title: "root", neededBy: everyRun };
  if (hasRoot(host, facts))
    return {
      ...common,
      status: "ok",
      text: uid === 0 ? "The account is root." : `sudo -n grants root to ${user}.`,
      mend: null,
    };
  if (sudo)
    return {
      ...common,
      status: "missing",
      text: `${user} is not root, but sudo -n grants it: choose “Through sudo -n” in the step Machines.`,
      mend: null,
    };
  return {
    ...common,
    status: "missing",
    text: `${user} is not root, and sudo -n does not grant it without a password.`,
    mend: sudoMend(facts),
  };
}

/** Names are left to the connection test, which asks the host itself. */
export function dataAddressCheck(role: HostRole, host: Host, facts: Facts): PreflightCheck {
  const { dataAddress, dataInterface } = host;
  const common = { role, id: "data-address", title: "Data address", neededBy: everyRun, mend: null };
  const carrying = facts.nics.find(({ addresses }) =>
    addresses.some((address) => address.split("/")[0] === dataAddress),
  );
  if (!/^[0-9.]+$|:/.test(dataAddress))
    return {
      ...common,
      status: "unknown",
      text: `${dataAddress} is a name; the connection test asks for it.`,
    };
  if (carrying === undefined)
    return {
      ...common,
      status: "missing",
      text: `No interface of ${facts.hostname} carries ${dataAddress}.`,
    };
  const named = facts.nics.find(({ name }) => name === (dataInterface ?? carrying.name));
  if (named === undefined)
    return {
      ...common,
      status: "missing",
      text: `${facts.hostname} has no interface ${dataInterface ?? ""}.`,
    };
  if (!named.up) return { ...common, status: "missing", text: `${named.name} is down.` };
  if (named.speedMbps === null)
    return {
      ...common,
      status: "warning",
      text: `${dataAddress} on ${named.name}, whose driver does not tell its speed.`,
    };
  return {
    ...common,
    status: "ok",
    text: `${dataAddress} on ${named.name}, ${named.speedMbps} Mb/s, MTU ${named.mtu} bytes.`,
  };
}

/** What no run needs and every figure feels. */
export function fitnessChecks(role: HostRole, { cpu, memory, clockSource }: Facts): PreflightCheck[] {
  const common = { role, neededBy: ["figures"], mend: null };
  const { swapTotalBytes, swapUsedBytes } = memory;
  return [
    {
      ...common,
      id: "hypervisor",
      title: "Hardware of its own",
      ...(cpu.hypervisor === null
        ? { status: "ok", text: `${cpu.model}, no hypervisor below it.` }
        : {
            status: "warning",
            text: `It runs on a hypervisor itself (${cpu.hypervisor}): others may take its time (steal), and guests are guests in a guest.`,
          }),
    },
    {
      ...common,
      id: "clock",
      title: "Clock source",
      ...clock(clockSource),
    },
    {
      ...common,
      id: "governor",
      title: "Frequency governor",
      ...(cpu.governor === null
        ? { status: "unknown", text: "The kernel shows no frequency control." }
        : cpu.governor === "performance"
          ? { status: "ok", text: "performance." }
          : {
              status: "warning",
              text: `${cpu.governor}: frequencies follow the load. A campaign can set “performance” for as long as it runs (step Repeats and hosts).`,
            }),
    },
    {
      ...common,
      id: "swap",
      title: "Swap",
      ...(swapTotalBytes === 0
        ? { status: "ok", text: "There is none." }
        : swapUsedBytes > 0
          ? {
              status: "warning",
              text: `${bytesText(swapUsedBytes)} of ${bytesText(swapTotalBytes)} are in use: memory was short, and runs during which pages are swapped count as without evidence.`,
            }
          : { status: "ok", text: `${bytesText(swapTotalBytes)}, none of it in use.` }),
    },
  ];
}

function clock(source: string | null): Pick<PreflightCheck, "status" | "text"> {
  if (source === null) return { status: "unknown", text: "The kernel does not tell it." };
  // Read in user space, without a call of the kernel or an exit to a hypervisor; arch_sys_counter is Arm's.
  const quick = ["tsc", "arch_sys_counter", "kvm-clock", "hyperv_clocksource_tsc_page"].includes(source);
  return quick
    ? { status: "ok", text: `${source}.` }
    : {
        status: "warning",
        text: `${source}: reading the time costs microseconds there. The kernel gives tsc up where it found it unstable.`,
      };
}

/** Whether guests run on the CPU itself and their packets in the kernel; the words are those of KVM's own check. */
export function acceleratorChecks(lab: Lab, facts: Facts): PreflightCheck[] {
  const [preset] = kvmPresets;
  if (preset?.configuration.environment !== "kvm" || facts.cpu.architecture !== "x86_64") return [];
  const { configuration } = preset;
  const found = environments.kvm.check(
    {
      ...configuration,
      machine: { ...configuration.machine, accelerator: "kvm" },
      network: { ...configuration.network, vhost: "on" },
    },
    facts,
  );
  const at = (field: string) => found.find((finding) => finding.field === field)?.text;
  const common = { role: "sut", neededBy: [environments.kvm.title] } as const;
  const [kvm, vhost] = [at("machine.accelerator"), at("network.vhost")];
  return [
    {
      ...common,
      id: "kvm",
      title: "/dev/kvm",
      ...(kvm !== undefined
        ? {
            status: "warning",
            text: `${kvm} ${kvmHint(facts)}`.trim(),
            mend: kvmMend(lab.sut, facts),
          }
        : facts.kvm.usable === null
          ? { status: "unknown", text: facts.kvm.reason, mend: null }
          : { status: "ok", text: facts.kvm.reason, mend: null }),
    },
    {
      ...common,
      id: "vhost",
      title: "/dev/vhost-net",
      ...(vhost === undefined
        ? { status: "ok", text: "The kernel can move the packets of guests.", mend: null }
        : {
            status: "warning",
            text: `${vhost} Without it QEMU itself moves the packets of guests.`,
            mend: mendOn(lab.sut, facts, { kind: "module", module: "vhost_net" }),
          }),
    },
  ];
}

function virtualisation({ cpu }: Facts): "kvm_intel" | "kvm_amd" | null {
  if (cpu.flags.includes("vmx")) return "kvm_intel";
  return cpu.flags.includes("svm") ? "kvm_amd" : null;
}

function kvmHint(facts: Facts): string {
  if (facts.kvm.present || virtualisation(facts) !== null) return "";
  return facts.cpu.hypervisor === null
    ? "The CPU shows neither vmx nor svm: turn virtualisation on in the firmware's settings."
    : "The CPU shows neither vmx nor svm: its hypervisor would have to offer nested virtualisation.";
}

/** A module helps only where the device is missing and the CPU could. */
function kvmMend(host: Host, facts: Facts): PreflightCheck["mend"] {
  const module = virtualisation(facts);
  return facts.kvm.present || module === null ? null : mendOn(host, facts, { kind: "module", module });
}

/** Memory and disk of the SUT for each chosen workload. Throws TareError INPUT_INVALID for unusable parameters. */
export function roomChecks(facts: Facts, conditions: readonly Condition[]): PreflightCheck[] {
  const bound = conditions.map(bindCondition);
  const titles = [...new Set(bound.map(({ workload }) => workload.title))];
  return titles.map((title): PreflightCheck => {
    const own = bound.filter(({ workload }) => workload.title === title);
    const reasons = [...new Set(own.flatMap(({ check }) => check(facts)))];
    const refused = own.filter(({ check }) => check(facts).length > 0).length;
    const needs = own.map((each) => each.needs());
    const [memory, disk] = [
      Math.max(...needs.map(({ memoryBytes }) => memoryBytes)),
      Math.max(...needs.map(({ diskBytes }) => diskBytes)),
    ];
    const most = [
      ...(memory > 0 ? [`${bytesText(memory)} of memory`] : []),
      ...(disk > 0 ? [`${bytesText(disk)} of disk`] : []),
    ].join(" and ");
    const [reason] = reasons;
    return {
      role: "sut",
      id: `room-${title}`,
      title: `Room for ${title}`,
      status: reason === undefined ? "ok" : refused === own.length ? "missing" : "warning",
      text:
        reason === undefined
          ? `Takes at most ${most === "" ? "nothing to speak of" : most}.`
          : `${refused} of ${own.length} conditions cannot run: ${reason}`,
      neededBy: [title],
      mend: null,
    };
  });
}
