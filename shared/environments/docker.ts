// Docker: one long-lived container a session, made of the userland as an image; programs enter it by `docker exec`.
import type { DockerConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { containerChange } from "../changes/container.ts";
import { commonFindings, error, warning, type Finding } from "./checks.ts";
import { containerArguments } from "./container-arguments.ts";
import type { Environment } from "./environment.ts";
import { containerRun, inside, sessionName } from "./names.ts";
import { containerNumactlPrefix, pinnedCpus } from "./pinning.ts";
import { pagesChanges, sessionFolderChange } from "./session-changes.ts";
import { userlandImageChange } from "./userland-image.ts";

export const docker: Environment<DockerConfiguration> = {
  name: "docker",
  title: "Docker",
  machine: "sut",
  check: (configuration, facts) => [
    ...commonFindings(configuration, facts),
    ...engineFindings(configuration, facts),
  ],
  changes: (context) => [
    ...pagesChanges(context),
    userlandImageChange(context.userlandFolder, context.scripts),
    ...(context.configuration.storage.kind === "volume" ? [sessionFolderChange(context)] : []),
    containerChange(
      { name: sessionName(context), runArguments: containerArguments(context) },
      context.scripts,
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
  serverAddress: ({ lab }) => lab.sut.dataAddress,
  device: ({ storage }) => (storage.kind === "device" ? storage.device.path : null),
  cpus: ({ pinning }, facts) => pinnedCpus(pinning, facts),
};

function engineFindings({ network, storage }: DockerConfiguration, facts: Facts): readonly Finding[] {
  if (facts.docker === null) return [error("environment", `Docker is not installed on ${facts.hostname}.`)];
  if (!facts.docker.running)
    return [error("environment", `Docker is installed on ${facts.hostname} but its daemon does not answer.`)];
  const findings: Finding[] = [];
  if (network.mode === "nat" && facts.docker.userlandProxy === true)
    findings.push(
      warning(
        "network.mode",
        `Docker's userland proxy is on; the load generator's packets still take the NAT rules, not the proxy.`,
      ),
    );
  if (storage.kind === "layer" && facts.docker.storageDriver === "vfs")
    findings.push(
      warning(
        "storage.kind",
        `Docker on ${facts.hostname} stores layers as plain copies (vfs), not overlay2.`,
      ),
    );
  return findings;
}
