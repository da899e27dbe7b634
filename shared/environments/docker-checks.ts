// What stands against a Docker configuration on a SUT: its engine, its network, its storage.
import type { DockerConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";

import { error, warning, type Finding } from "./checks.ts";
import { commonFindings } from "./common-checks.ts";
import { blockDeviceFindings } from "./device-checks.ts";
import { dataInterface } from "./guest-network.ts";
import { inNetwork } from "./ipv4.ts";
import { placementFindings } from "./pinning-checks.ts";
import { programReasons } from "./program-needs.ts";

/** The lab says what a macvlan network needs; without it that is left out. */
export function dockerFindings(
  configuration: DockerConfiguration,
  facts: Facts,
  lab: Lab | undefined,
): readonly Finding[] {
  const [reason] = programReasons("docker", facts);
  if (reason !== undefined) return [error("environment", reason)];
  return [
    ...commonFindings(configuration, facts),
    ...placementFindings(configuration, facts, lab),
    ...blockDeviceFindings(configuration, facts),
    ...proxyFindings(configuration, facts),
    ...(configuration.network.mode === "macvlan" && lab !== undefined ? macvlanFindings(lab, facts) : []),
    ...storageFindings(configuration, facts),
  ];
}

function proxyFindings({ network }: DockerConfiguration, facts: Facts): readonly Finding[] {
  if (network.mode !== "nat") return [];
  const has = facts.docker?.userlandProxy ?? null;
  const wanted = network.userlandProxy ?? has;
  return [
    ...(network.userlandProxy === undefined || network.userlandProxy === has
      ? []
      : [
          warning(
            "network.userlandProxy",
            `Docker's daemon on ${facts.hostname} is restarted before and after each session, as its userland proxy ${has === null ? "may have to be" : "is"} turned ${network.userlandProxy ? "on" : "off"}. That is refused while containers run that Tare did not make.`,
          ),
        ]),
    ...(wanted === true
      ? [
          warning(
            "network.mode",
            `Docker's userland proxy is on; the load generator's packets still take the NAT rules, not the proxy.`,
          ),
        ]
      : []),
  ];
}

/** A container on a macvlan network takes the lab's guest address, on the interface itself: bridges would be in its way. */
function macvlanFindings(lab: Lab, facts: Facts): readonly Finding[] {
  const field = "network.mode";
  const { sut, loadgen, guest } = lab;
  const host = facts.hostname;
  const name = dataInterface(lab, facts);
  const nic = facts.nics.find((each) => each.name === name);
  const findings: Finding[] = [];
  if (name === null)
    findings.push(
      error(
        field,
        `A macvlan network needs the data interface, and no interface of ${host} carries ${sut.dataAddress}. Name it in the lab.`,
      ),
    );
  else if (nic === undefined) findings.push(error(field, `${host} has no interface ${name}.`));
  else if (nic.master !== null)
    findings.push(
      error(
        field,
        `${name} of ${host} is a member of ${nic.master}; a macvlan network needs an interface of its own.`,
      ),
    );
  for (const [title, address] of [
    ["system under test", sut.dataAddress],
    ["load generator", loadgen.dataAddress],
  ] as const)
    if (!inNetwork(address, guest.address))
      findings.push(
        error(
          field,
          `The guest address ${guest.address}, which the container is given, is not in the data network of the ${title} (${address}).`,
        ),
      );
    else if (guest.address.split("/")[0] === address)
      findings.push(
        error(
          field,
          `The guest address ${guest.address}, which the container is given, is that of the ${title}.`,
        ),
      );
  return findings;
}

function storageFindings({ storage }: DockerConfiguration, facts: Facts): readonly Finding[] {
  if (storage.kind === "device" && storage.device.path.includes(":"))
    return [
      error(
        "storage.device.path",
        `Docker takes no device whose path holds a colon; name ${storage.device.path} by another of its paths.`,
      ),
    ];
  if (storage.kind === "layer" && facts.docker?.storageDriver === "vfs")
    return [
      warning(
        "storage.kind",
        `Docker on ${facts.hostname} stores layers as plain copies (vfs), not overlay2.`,
      ),
    ];
  return [];
}
