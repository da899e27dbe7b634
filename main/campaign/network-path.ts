// Finds out once a campaign how the hosts' data traffic travels, and says what is unusual about it.
import { isIP } from "node:net";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { networkPathOf, pathRemarks, readRoute, type Route } from "#shared/facts/network-path.ts";
import type { Facts } from "#shared/model/facts.ts";
import { workloads } from "#shared/workloads/registry.ts";
import type { Stage } from "./stage.ts";

/** Journals the path; a host that cannot tell leaves parts of it unknown. Throws what `run` throws. */
export async function recordNetworkPath(
  stage: Stage,
  facts: { readonly sut: Facts; readonly loadgen: Facts },
): Promise<void> {
  const { recorder, campaign, sut, loadgen, betweenRuns: signal } = stage;
  if (recorder.state().networkPath !== null) return;
  const [toLoadgen, toSut] = await Promise.all([
    routeTo(sut, campaign.lab.loadgen.dataAddress, signal),
    routeTo(loadgen, campaign.lab.sut.dataAddress, signal),
  ]);
  const path = networkPathOf({ sut: toLoadgen, loadgen: toSut }, facts);
  await recorder.record({ type: "network-path", ...path });
  if (!campaign.conditions.some(({ workload }) => workloads[workload].network)) return;
  for (const text of pathRemarks(path)) await recorder.record({ type: "remark", text });
}

async function routeTo(machine: RemoteMachine, address: string, signal: AbortSignal): Promise<Route> {
  const options = { signal, idempotent: true } as const;
  const numeric = isIP(address) === 0 ? await resolve(machine, address, signal) : address;
  const { status, stdout } = await machine.run({ argv: ["ip", "-o", "route", "get", numeric] }, options);
  return readRoute(status === 0 ? stdout : "");
}

/** As the host itself resolves the name; the name where it does not. */
async function resolve(machine: RemoteMachine, name: string, signal: AbortSignal): Promise<string> {
  const argv = ["getent", "ahosts", name];
  const { stdout } = await machine.run({ argv }, { signal, idempotent: true });
  return stdout.split(/\s/)[0] || name;
}
