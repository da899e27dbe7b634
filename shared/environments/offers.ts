// What a SUT offers of each axis: for every option the reason why it does not, or null. The form of a campaign greys these.
import { configurationSchema, type Configuration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { bytesText } from "../report/number.ts";
import { deviceUses, pathOf } from "./device-checks.ts";
import { environments } from "./registry.ts";

/** One choice of an axis: `network.mode`, `macvlan`. */
export interface Option {
  /** Dotted path inside the configuration. */
  readonly field: string;
  readonly value: string | boolean;
}

/**
 * Why this option cannot be had on that SUT; null where it can, or where the SUT was never probed. Facts speak first;
 * else the option is put into the configuration and the environment's own check is asked for errors at its field.
 */
export function reasonAgainst(
  configuration: Configuration | null,
  { field, value }: Option,
  facts: Facts | null,
): string | null {
  if (facts === null) return null;
  const rule = rules[`${field}=${String(value)}`] ?? rules[field];
  const reason = rule?.(facts) ?? null;
  if (reason !== null || configuration === null) return reason;
  // An option that needs a field beside it (nodes to bind to) cannot be tried before that is given.
  const tried = configurationSchema.safeParse(withValue(configuration, field.split("."), value)).data;
  if (tried === undefined) return null;
  const finding = environments[tried.environment]
    .check(tried, facts)
    .find(({ severity, field: place }) => severity === "error" && place === field);
  return finding?.text ?? null;
}

/** Why a SUT has no such environment at all; null where it has. */
export function environmentReason(configuration: Configuration, facts: Facts | null): string | null {
  if (facts === null) return null;
  const found = environments[configuration.environment].check(configuration, facts);
  return found.find(({ severity, field }) => severity === "error" && field === "environment")?.text ?? null;
}

type Rule = (facts: Facts) => string | null;

const gibibyte = 2 ** 30;

/** By field and value, else by field. */
const rules: Readonly<Record<string, Rule>> = {
  "pinning.memory.policy=interleave": ({ memory, hostname }) =>
    memory.nodes.length < 2
      ? `${hostname} has ${memory.nodes.length === 1 ? "one NUMA node" : "no NUMA nodes"}: there is nothing to interleave.`
      : null,
  "pinning.nicIrqs": ({ nics, hostname }) =>
    nics.some(({ irqs }) => irqs.length > 0)
      ? null
      : `No interface of ${hostname} has interrupts whose CPUs could be chosen.`,
  "pages.thp": withoutThp,
  "pages.thpDefrag": withoutThp,
  "pages.hugePages2M": (facts) => withoutPool(facts, 2 ** 21, "2 MiB"),
  "pages.hugePages1G": (facts) => withoutPool(facts, gibibyte, "1 GiB"),
  "machine.hugePageKiB=1048576": (facts) => withoutPool(facts, gibibyte, "1 GiB"),
  "pages.hugePagesNode": withoutNodes,
  "pages.perNode": withoutNodes,
  "network.vhost=on": ({ vhostNet, hostname }) =>
    vhostNet ? null : `${hostname} has no /dev/vhost-net: QEMU itself moves the guest's packets.`,
  "storage.kind=device": (facts) => withoutFreeDevice(facts),
  "storage.device.path": (facts) => withoutFreeDevice(facts),
};

function withoutThp({ memory, hostname }: Facts): string | null {
  return memory.thp === null ? `The kernel of ${hostname} has no transparent huge pages.` : null;
}

function withoutNodes({ memory, hostname }: Facts): string | null {
  return memory.nodes.length < 2 ? `${hostname} has one NUMA node: all pages are on it.` : null;
}

function withoutPool({ memory, hostname }: Facts, sizeBytes: number, size: string): string | null {
  const there = memory.hugePages.some((pool) => pool.sizeBytes === sizeBytes);
  return there ? null : `The kernel of ${hostname} offers no huge pages of ${size}.`;
}

function withoutFreeDevice(facts: Facts): string | null {
  const devices = deviceOffers(facts);
  if (devices.some(({ reason }) => reason === null)) return null;
  return devices.length === 0
    ? `${facts.hostname} shows no block device.`
    : `${facts.hostname} has no block device that is free.`;
}

export interface DeviceOffer {
  /** `/dev/nvme1n1`. */
  readonly path: string;
  /** `1.9 TB, SAMSUNG MZ1LB1T9HALS`. */
  readonly text: string;
  readonly serial: string | null;
  /** What uses it; null where nothing does, as far as the facts tell. The proof before the campaign has the last word. */
  readonly reason: string | null;
}

/** Block devices of the SUT, those that nothing uses first. */
export function deviceOffers({ blocks }: Pick<Facts, "blocks">): readonly DeviceOffer[] {
  const offers = blocks.map((block): DeviceOffer => {
    const { name, sizeBytes, model, serial, rotational } = block;
    const kind = model ?? (rotational ? "rotating disk" : "no model");
    return {
      path: pathOf(name),
      text: `${bytesText(sizeBytes)}, ${kind}`,
      serial,
      reason: reasonOf(block),
    };
  });
  return [
    ...offers.filter(({ reason }) => reason === null),
    ...offers.filter(({ reason }) => reason !== null),
  ];
}

/** What speaks against the device; null where it is free and can be confirmed. */
function reasonOf(block: Facts["blocks"][number]): string | null {
  const uses = [
    ...deviceUses(block),
    ...(block.serial === null ? ["has no serial number that could be confirmed"] : []),
  ];
  return uses.length === 0 ? null : uses.join(", ");
}

function withValue(target: unknown, [first, ...rest]: readonly string[], value: unknown): unknown {
  if (first === undefined) return value;
  const object = typeof target === "object" && target !== null ? target : {};
  return { ...object, [first]: withValue(Reflect.get(object, first), rest, value) };
}
