// What a lab's hosts need before anything is measured, host by host: from their facts, the environments' needs and the workloads'.
import { environmentNames, type EnvironmentName } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { hostRoles, type HostRole, type Lab } from "../model/lab.ts";
import { workloadNames, type Condition } from "../model/workload.ts";
import { presetConditions } from "../workloads/registry.ts";
import { everyRun, type PreflightCheck } from "./preflight-check.ts";
import {
  acceleratorChecks,
  dataAddressCheck,
  fitnessChecks,
  roomChecks,
  rootCheck,
} from "./preflight-fitness.ts";
import { baseChecks, environmentChecks, toolChecks, userlandCheck } from "./preflight-programs.ts";

export interface PreflightInputs {
  readonly lab: Lab;
  /** Null where a host was never probed. */
  readonly facts: { readonly sut: Facts | null; readonly loadgen: Facts | null };
  /** What is to be measured; without it all environments and all workloads as described. */
  readonly environments?: readonly EnvironmentName[];
  readonly conditions?: readonly Condition[];
}

/** Throws TareError INPUT_INVALID for unusable parameters of a condition. */
export function preflight({ lab, facts, ...chosen }: PreflightInputs): readonly PreflightCheck[] {
  const environments = chosen.environments ?? environmentNames;
  const conditions =
    chosen.conditions ?? workloadNames.flatMap((name) => presetConditions(name, "as described"));
  return hostRoles.flatMap((role) => {
    const own = facts[role];
    if (own === null) return [unprobed(role)];
    return [
      rootCheck(role, lab[role], own),
      dataAddressCheck(role, lab[role], own),
      ...baseChecks(role, lab[role], own),
      ...(role === "sut"
        ? [
            userlandCheck(lab, own),
            ...environmentChecks(lab, own, environments),
            ...(environments.includes("kvm") ? acceleratorChecks(lab, own) : []),
            ...roomChecks(own, conditions),
          ]
        : toolChecks(lab, own, conditions)),
      ...fitnessChecks(role, own),
    ];
  });
}

function unprobed(role: HostRole): PreflightCheck {
  return {
    role,
    id: "facts",
    title: "Facts",
    status: "unknown",
    text: "The host was never probed: nothing of it is known.",
    neededBy: everyRun,
    mend: null,
  };
}
