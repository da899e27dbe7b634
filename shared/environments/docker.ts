// Docker: one long-lived container a session, made of the userland as an image; programs enter it by `docker exec`.
import type { Change } from "../model/change.ts";
import type { DockerConfiguration } from "../model/configuration.ts";
import { TareError } from "../model/error.ts";
import { containerChange, containerRunStep } from "../changes/container.ts";
import { dockerNetworkChange } from "../changes/docker-network.ts";
import { dockerProxyChange } from "../changes/docker-proxy.ts";
import { containerArguments } from "./container-arguments.ts";
import { dockerFindings } from "./docker-checks.ts";
import type { Environment, EnvironmentContext } from "./environment.ts";
import { dataInterface, guestAddress } from "./guest-network.ts";
import { networkOf } from "./ipv4.ts";
import { containerRun, inside, sessionName } from "./names.ts";
import { containerNumactlPrefix, pinnedCpus } from "./pinning.ts";
import { deviceChanges, nicIrqChanges, pagesChanges, sessionFolderChange } from "./session-changes.ts";
import { timedChange } from "./start-up.ts";
import { userlandImageChange } from "./userland-image.ts";

export const docker: Environment<DockerConfiguration> = {
  name: "docker",
  title: "Docker",
  machine: "sut",
  check: dockerFindings,
  changes: (context) => [
    ...deviceChanges(context),
    ...pagesChanges(context),
    ...nicIrqChanges(context),
    ...daemonChanges(context),
    userlandImageChange(context.userlandFolder, context.scripts),
    ...networkChanges(context),
    ...(context.configuration.storage.kind === "volume" ? [sessionFolderChange(context)] : []),
    timedContainer(
      context,
      containerChange(
        { name: sessionName(context), runArguments: containerArguments(context) },
        context.scripts,
      ),
    ),
  ],
  // A program started by `docker exec` outlives its client. Jobs find and end what carries their TARE_JOB in its
  // environment, so it is handed in, to a shell that passes the end on to its whole group. Stopping the session
  // removes the container with all that may be left.
  enter: (context, argv) => ({
    argv: [
      "docker",
      "exec",
      "--interactive",
      "--env",
      "TARE_JOB",
      "--workdir",
      inside.data,
      sessionName(context),
      containerRun,
      ...containerNumactlPrefix(context.configuration.pinning),
      ...argv,
    ],
    root: true,
  }),
  // On a macvlan network only other hosts reach the container: the SUT's own packets do not come back to it.
  serverAddress: ({ configuration, lab }) =>
    configuration.network.mode === "macvlan" ? guestAddress(lab) : lab.sut.dataAddress,
  device: ({ storage }) => (storage.kind === "device" ? storage.device.path : null),
  cpus: ({ pinning }, facts) => pinnedCpus(pinning, facts),
};

type DockerContext = EnvironmentContext<DockerConfiguration>;

/** The container, its `docker run` timed; not where the SUT itself cannot reach it. */
function timedContainer(context: DockerContext, change: Change): Change {
  const { configuration, lab } = context;
  const { mode } = configuration.network;
  if (mode === "macvlan") return change;
  const address = mode === "nat" ? lab.sut.dataAddress : "127.0.0.1";
  return timedChange(context, change, containerRunStep, { address, limitSeconds: 20, everyMs: 1 });
}

/** A restart ends containers, so it comes before there is one. */
function daemonChanges({ configuration: { network }, scripts }: DockerContext): readonly Change[] {
  return network.mode === "nat" && network.userlandProxy !== undefined
    ? [dockerProxyChange(network.userlandProxy, scripts)]
    : [];
}

/** Throws INPUT_INVALID where the data interface is not known. */
function networkChanges(context: DockerContext): readonly Change[] {
  const { configuration, lab, facts, scripts } = context;
  if (configuration.network.mode !== "macvlan") return [];
  const parent = dataInterface(lab, facts);
  const subnet = networkOf(lab.guest.address);
  if (parent === null || subnet === null)
    throw new TareError(
      "INPUT_INVALID",
      `A macvlan network is made on the data interface, and no interface of the system under test carries its data address ${lab.sut.dataAddress}. Name the data interface in the lab.`,
    );
  const gateway = lab.loadgen.dataAddress;
  return [dockerNetworkChange({ name: sessionName(context), parent, subnet, gateway }, scripts)];
}
