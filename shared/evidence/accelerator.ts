// What really runs a guest's vCPUs: QEMU names their threads after it.
import { check, type EvidenceJudge, itemOf, processesIn, unknown } from "./evidence-inputs.ts";

export const judgeAccelerator: EvidenceJudge = ({ configuration, accelerator, sut }) => {
  if (configuration.environment !== "kvm") return null;
  const asked = configuration.machine.accelerator;
  // `auto` takes KVM where it works; what it took is known, and an emulated run is marked as such everywhere.
  const wanted = (asked === "auto" ? accelerator : asked).toUpperCase();
  const expected = asked === "auto" ? `vCPUs run by ${wanted} (auto)` : `vCPUs run by ${wanted}`;
  const processes = processesIn(sut.during);
  if ("missing" in processes) return itemOf("accelerator", true, [unknown(expected, processes.missing)]);
  const names = processes
    .flatMap(({ threads }) => threads)
    .flatMap(({ name }) => /^(?:CPU \d+|ALL CPUs)\/(\w+)$/.exec(name)?.[1] ?? []);
  if (names.length === 0)
    return itemOf("accelerator", true, [unknown(expected, "QEMU's threads do not tell their names")]);
  const found = [...new Set(names)].join(" and ");
  return itemOf("accelerator", true, [check(found === wanted, expected, `vCPUs run by ${found}`)]);
};
