// Facts of a host of the lab. Of the SUT they also tell whether guests really run on /dev/kvm, which only a probe guest can.
import type { Facts } from "#shared/model/facts.ts";
import { probeFacts } from "./facts.ts";
import { probeKvm } from "./kvm-probe.ts";
import type { RemoteMachine } from "./machine.ts";

/** Throws the TareErrors of `probeFacts` and `probeKvm`. */
export async function probeHostFacts(
  machine: RemoteMachine,
  options: { signal: AbortSignal },
): Promise<Facts> {
  const facts = await probeFacts(machine, options);
  if (machine.machine !== "sut" || !facts.kvm.present || facts.qemu === null) return facts;
  return { ...facts, kvm: await probeKvm(machine, options) };
}
