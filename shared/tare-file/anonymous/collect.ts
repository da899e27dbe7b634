// The identities that a campaign's files name in so many words: in its lab, its configurations and its facts.
import type { Campaign } from "../../model/campaign.ts";
import type { CampaignEvent } from "../../model/event.ts";
import type { Facts } from "../../model/facts.ts";
import { type Endpoint, hostRoles } from "../../model/lab.ts";
import { ipv6Key } from "./addresses.ts";
import type { Identity } from "./identity.ts";

/** Names that every machine has. */
const nobodys = new Set(["", "localhost", "localhost.localdomain", "(none)", "unknown", "root"]);

export function campaignIdentities({ id, lab, configurations }: Campaign): Identity[] {
  return [
    { kind: "lab", value: id, stem: "campaign" },
    { kind: "lab", value: lab.id, stem: "lab" },
    { kind: "lab", value: lab.name, stem: "Lab" },
    ...hostRoles.flatMap((role) => [
      ...endpointIdentities(lab[role], role),
      ...placeIdentities(lab[role].dataAddress, role),
      ...(lab[role].jump === undefined ? [] : endpointIdentities(lab[role].jump, "jump")),
    ]),
    { kind: "address", value: lab.guest.address.replace(/\/\d+$/, "") },
    ...configurations.flatMap((configuration): Identity[] => {
      const { storage } = configuration;
      const device = "device" in storage ? storage.device : undefined;
      return device === undefined ? [] : [{ kind: "serial", value: device.serial }];
    }),
  ];
}

export function factsIdentities(facts: Facts): Identity[] {
  const { hostname, machine, container, bootId, nics, blocks, root } = facts;
  const stem = container === null ? machine : "container";
  return [
    ...placeIdentities(hostname, stem),
    ...(bootId === "" ? [] : [{ kind: "machine", value: bootId } as const]),
    ...nics.flatMap(({ mac, addresses }): Identity[] => [
      ...(mac === null || mac === "" ? [] : [{ kind: "mac", value: mac } as const]),
      ...addresses.flatMap((address) => placeIdentities(address.replace(/\/\d+$/, ""), stem)),
    ]),
    ...blocks.flatMap(({ serial }): Identity[] =>
      serial === null || serial === "" ? [] : [{ kind: "serial", value: serial }],
    ),
    ...userIdentities(root.user),
  ];
}

export function eventIdentities(event: CampaignEvent): Identity[] {
  if (event.type === "environment-started") return placeIdentities(event.serverAddress, "guest");
  if (event.type === "network-path" && event.via !== null) return placeIdentities(event.via, "gateway");
  return [];
}

/** Versions in facts that look like an IPv4 address (`5.15.167.4`), and are none. */
export function versionTexts({ kernel, tools, docker, libvirt, qemu, os, cpu }: Facts): string[] {
  const versions = [docker?.version, libvirt?.version, qemu, os, cpu.microcode, ...Object.values(tools)];
  return [kernel.release, kernel.version, ...versions.filter((text) => typeof text === "string")];
}

function endpointIdentities({ address, user, auth }: Endpoint, stem: string): Identity[] {
  return [
    ...placeIdentities(address, stem),
    ...userIdentities(user),
    ...(auth.kind === "key" ? keyIdentities(auth.path) : []),
  ];
}

/** A host name or address; of a name with a domain, the domain and the first part too. */
function placeIdentities(text: string, stem: string): Identity[] {
  const value = text.replace(/%.*$/, "");
  if (nobodys.has(value.toLowerCase())) return [];
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(value) || ipv6Key(value) !== null) return [{ kind: "address", value }];
  const [first = "", ...domain] = value.split(".");
  const found: Identity[] = [{ kind: "host", value, stem }];
  if (domain.length > 0 && first !== "") found.push({ kind: "host", value: first, stem });
  if (domain.length > 1) found.push({ kind: "host", value: domain.join("."), stem: "domain" });
  return found;
}

function userIdentities(user: string): Identity[] {
  return nobodys.has(user.toLowerCase()) ? [] : [{ kind: "user", value: user, stem: "user" }];
}

/** The path as it was typed, and the file's own name where it is not what everybody has. */
function keyIdentities(path: string): Identity[] {
  const name = path.split(/[/\\]/).at(-1) ?? "";
  const own = name !== path && name.length >= 4 && !/^id_[a-z0-9]+$/.test(name);
  return [{ kind: "key", value: path }, ...(own ? [{ kind: "key", value: name } as const] : [])];
}
