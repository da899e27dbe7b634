// The built-in lab: two hosts on this machine, each with its own network, root, process ids and sshd. Needs Linux and root.
import { type HostRole, hostRoles, type Lab } from "#shared/model/lab.ts";
import { labScript } from "./assets.ts";
import { aloneWithLabs, claimId, claimSlot, ownerLives, permitFile, readState } from "./claims.ts";
import { mustSupport } from "./child.ts";
import { type HostOptions, writeHostFiles } from "./host-files.ts";
import { type RunningHost, startHost, waitForServices } from "./hosts.ts";
import { ensureKeys, type LabKeys } from "./keys.ts";
import { linkCommands, setLink } from "./links.ts";
import { ensureBlackhole, mustLeaveBy } from "./machine-network.ts";
import { mustBeAvailable } from "./availability.ts";
import { dataInterface, labFolder, type LabNames } from "./names.ts";
import { killSshSessions } from "./processes.ts";
import type { Progress } from "./progress.ts";
import { tearDown } from "./teardown.ts";
import { ensureTrees } from "./trees.ts";

export interface DemoLabOptions extends HostOptions {
  /** Starts from, and leaves behind, the hosts' files of the lab that had this id before. */
  readonly keep?: boolean;
}

export interface DemoLab {
  readonly lab: Lab;
  /** Lines for a known_hosts file. */
  readonly hostKeys: readonly string[];
  /** Unplugs the management link of a host; the data link stays. */
  cutLink(host: HostRole): Promise<void>;
  restoreLink(host: HostRole): Promise<void>;
  /** Kills the sshd processes of all sessions on a host, and returns how many; its jobs and its listening sshd stay. */
  killSessions(host: HostRole): Promise<number>;
  /** Ends the lab and removes all of it but the cached trees and keys. */
  stop(): Promise<void>;
}

/**
 * Builds what the cache lacks, starts both hosts and returns when sshd, Docker Engine and libvirt answer.
 * What a killed lab of the same id left is removed first. Throws UNSUPPORTED, TOOL_MISSING, TOOL_FAILED, BUSY, TIME_LIMIT, CANCELLED.
 */
export async function startDemoLab(start: {
  readonly id: string;
  readonly cacheFolder: string;
  readonly stateFolder: string;
  readonly signal: AbortSignal;
  readonly onProgress: Progress;
  readonly options?: DemoLabOptions;
}): Promise<DemoLab> {
  const { id, cacheFolder, stateFolder, signal, onProgress, options = {} } = start;
  const keep = options.keep === true;
  const recipe = await mustBeAvailable();
  const trees = await ensureTrees({ cacheFolder, recipe, onProgress, signal });
  const keys = await ensureKeys(cacheFolder, id, signal);

  onProgress("Starting the demo lab", null);
  await ensureBlackhole(signal);
  await aloneWithLabs(signal, async () => {
    await removeDead(stateFolder, id, keep);
    await claimId(stateFolder, id);
  });
  let names: LabNames;
  try {
    names = await claimSlot(stateFolder, id, signal);
    const permit = permitFile(names.folder);
    for (const role of hostRoles) {
      await writeHostFiles({ names, role, keys, hostTree: trees.host, host: options });
      const { namespace } = names.hosts[role];
      await mustSupport("network namespaces", ["sh", labScript("netns.sh"), "add", namespace, permit]);
    }
    for (const command of linkCommands(names))
      await mustSupport("virtual Ethernet links (veth)", command, { signal });
    await checkWays(names, signal);
    const hosts = await Promise.all(
      hostRoles.map((role) => startHost(names.hosts[role], permit, trees, signal)),
    );
    onProgress("Waiting for Docker Engine and libvirt", null);
    const sut = hosts.find((host): host is RunningHost => host.names.role === "sut");
    if (sut) await waitForServices(sut, signal);
  } catch (error) {
    await tearDown(stateFolder, id, keep);
    throw error;
  }
  return {
    lab: labOf(names, keys),
    hostKeys: hostRoles.map((role) => {
      const [type, key] = keys.host[role].open.split(" ");
      return `${names.hosts[role].managementAddress} ${type} ${key}`;
    }),
    cutLink: (host) => setLink(names.hosts[host], "down"),
    restoreLink: (host) => setLink(names.hosts[host], "up"),
    killSessions: (host) => killSshSessions(names.hosts[host].namespace),
    stop: () => tearDown(stateFolder, id, keep),
  };
}

/** Removes what a killed lab of the same id left; a living one is met when the id is claimed. */
async function removeDead(stateFolder: string, id: string, keep: boolean): Promise<void> {
  const state = await readState(labFolder(stateFolder, id));
  if (state !== undefined && (await ownerLives(state))) return;
  await tearDown(stateFolder, id, keep);
}

/** No packet of the lab may leave this machine: nothing is sent before every way has been looked at. */
async function checkWays(names: LabNames, signal: AbortSignal): Promise<void> {
  const { sut, loadgen } = names.hosts;
  for (const [from, to] of [
    [sut, loadgen],
    [loadgen, sut],
  ] as const) {
    await mustLeaveBy({ address: to.managementAddress, device: to.outerInterface, signal });
    await mustLeaveBy({ address: to.dataAddress, device: dataInterface, namespace: from.namespace, signal });
  }
}

function labOf(names: LabNames, keys: LabKeys): Lab {
  const host = (role: HostRole) => ({
    address: names.hosts[role].managementAddress,
    port: 22,
    user: "root",
    auth: { kind: "key", path: keys.client.path } as const,
    become: "root" as const,
    dataAddress: names.hosts[role].dataAddress,
    dataInterface,
  });
  return {
    id: names.id,
    name: "Demo lab on this machine",
    sut: host("sut"),
    loadgen: host("loadgen"),
    guest: { address: names.guestAddress },
    userland: { kind: "build" },
    demo: true,
  };
}
