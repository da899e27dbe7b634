// The lab's links: one for data between the hosts, one for management from this machine to each.
import { hostRoles } from "#shared/model/lab.ts";
import { mustRun } from "./child.ts";
import { dataInterface, type HostNames, type LabNames, managementInterface } from "./names.ts";

/** Commands that make the links, in order; the namespaces are there. No host gets a default route. */
export function linkCommands(names: LabNames): string[][] {
  const { sut, loadgen } = names.hosts;
  const perHost = (host: HostNames) => [
    ip(`link add ${host.outerInterface} type veth peer name ${managementInterface} netns ${host.namespace}`),
    ip(`-n ${host.namespace} link set lo up`),
    ip(`-n ${host.namespace} address add ${host.managementAddress}/30 dev ${managementInterface}`),
    ip(`-n ${host.namespace} address add ${host.dataAddress}/24 dev ${dataInterface}`),
    ip(`-n ${host.namespace} link set ${managementInterface} up`),
    ip(`-n ${host.namespace} link set ${dataInterface} up`),
    ip(`address add ${host.outerAddress}/30 dev ${host.outerInterface}`),
    ip(`link set ${host.outerInterface} up`),
  ];
  return [
    ip(
      `link add ${dataInterface} netns ${sut.namespace} type veth peer name ${dataInterface} netns ${loadgen.namespace}`,
    ),
    ...hostRoles.flatMap((role) => perHost(names.hosts[role])),
  ];
}

/** Takes the host's end of its management link down or up, as an unplugged cable would; the data link stays. */
export async function setLink(host: HostNames, state: "up" | "down"): Promise<void> {
  const step = `Setting the management link of ${host.hostname} ${state}`;
  await mustRun(step, ip(`-n ${host.namespace} link set ${managementInterface} ${state}`));
}

/** Names, addresses and lab ids have no spaces. */
function ip(line: string): string[] {
  return ["ip", ...line.split(" ")];
}
