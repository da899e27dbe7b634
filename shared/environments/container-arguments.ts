// The arguments of `docker run` for a session's container.
import { TareError } from "../model/error.ts";
import type { DockerConfiguration } from "../model/configuration.ts";
import type { EnvironmentContext } from "./environment.ts";
import { guestAddress, guestMac } from "./guest-network.ts";
import { ipv4Number } from "./ipv4.ts";
import { imageTag, inside, sessionFolder, sessionName } from "./names.ts";
import { cpusetOptions } from "./pinning.ts";
import { answerProgram, startUpPort } from "./start-up.ts";

/**
 * First process of the container: answers once, by which the start is timed; waits, reaps what is orphaned, and ends on
 * SIGTERM. Needs nothing from the host.
 */
function containerInit({ mode }: DockerConfiguration["network"]): string {
  const answer = `${answerProgram} ${startUpPort}${mode === "nat" ? " announce" : ""}`;
  return `[ ! -x ${answerProgram} ] || ${answer} & trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done`;
}

/** Everything after `docker run -d --name … --label tare`. Throws INPUT_INVALID where ports must be published and the data address is a name. */
export function containerArguments(context: EnvironmentContext<DockerConfiguration>): readonly string[] {
  const { configuration, campaignId, slot } = context;
  return [
    "--label",
    `tare.campaign=${campaignId}`,
    "--label",
    `tare.slot=${slot}`,
    "--pull",
    "never",
    "--restart",
    "no",
    ...cpusetOptions(configuration.pinning),
    ...networkOptions(context),
    ...(configuration.storage.kind === "volume"
      ? ["--mount", mount(sessionFolder(context), inside.data, "")]
      : []),
    ...(configuration.storage.kind === "device"
      ? ["--device", `${configuration.storage.device.path}:${configuration.storage.device.path}:rw`]
      : []),
    "--mount",
    mount(context.kernelFolder, inside.kernels, "readonly"),
    imageTag(context.userlandFolder),
    "/bin/sh",
    "-c",
    containerInit(configuration.network),
  ];
}

function networkOptions(context: EnvironmentContext<DockerConfiguration>): readonly string[] {
  const { lab } = context;
  const { mode } = context.configuration.network;
  if (mode === "host") return ["--network", "host"];
  if (mode === "macvlan")
    // The address's own MAC, so that neighbours' caches stay true from one session to the next.
    return ["--network", sessionName(context), "--ip", guestAddress(lab), "--mac-address", guestMac(lab)];
  const address = publishAddress(lab.sut.dataAddress);
  return [
    "--network",
    "bridge",
    ...[...context.ports, { port: startUpPort, protocol: "tcp" }].flatMap(({ port, protocol }) => [
      "--publish",
      `${address}:${port}:${port}/${protocol}`,
    ]),
  ];
}

function publishAddress(address: string): string {
  if (ipv4Number(address) !== null) return address;
  if (address.includes(":")) return `[${address}]`;
  throw new TareError(
    "INPUT_INVALID",
    `Docker publishes ports on an IP address, and the data address of the system under test is the name ${address}. Give its IP address in the lab.`,
  );
}

/** A bind mount in `--mount`'s notation, which is a line of CSV: quotes double, commas are safe inside quotes. */
function mount(source: string, target: string, option: "" | "readonly"): string {
  return ["type=bind", `source=${source}`, `target=${target}`, ...(option === "" ? [] : [option])]
    .map((field) => (/[",\s]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(",");
}
