// Evidence as it was recorded on a demo lab, and small changes to it: one table of inputs for the judges' tests.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EvidenceInputs, Moments } from "#shared/evidence/evidence-inputs.ts";
import { readSnapshot, type Seen, type Snapshot } from "#shared/evidence/snapshot.ts";
import type { Configuration, KvmConfiguration } from "#shared/model/configuration.ts";
import { kvm, native } from "../sample-campaign.ts";
import { sampleFacts } from "../sample-facts.ts";

export type Recorded = "native-redis" | "nat-fio" | "kvm-redis";

export function recordedText(name: Recorded, file: string): string {
  return readFileSync(join(import.meta.dirname, "../../fixtures/evidence", name, `${file}.txt`), "utf8");
}

function recorded(name: Recorded, file: string): Seen {
  try {
    return readSnapshot(recordedText(name, file));
  } catch {
    return readSnapshot("");
  }
}

function moments(name: Recorded, machine: "sut" | "loadgen"): Moments {
  return {
    before: recorded(name, `${machine}-before`),
    during: recorded(name, `${machine}-during`),
    after: recorded(name, `${machine}-after`),
  };
}

const onNodeZero = { policy: "bind", nodes: "0" } as const;

const configurations: Readonly<Record<Recorded, Configuration>> = {
  "native-redis": {
    ...native,
    pinning: { cpus: "1", memory: { policy: "default" } },
    pages: { thp: "always" },
  },
  "nat-fio": {
    id: "nat",
    label: "Docker NAT",
    environment: "docker",
    pinning: { cpus: "1", memory: onNodeZero },
    pages: {},
    network: { mode: "nat" },
    storage: { kind: "volume" },
  },
  "kvm-redis": {
    ...kvm,
    pinning: { memory: onNodeZero },
    pages: { hugePages2M: 600 },
    machine: {
      ...kvm.machine,
      memoryMiB: 512,
      vcpuPins: ["0", "1"],
      emulatorPin: "1",
      hugePages: true,
    },
  } satisfies KvmConfiguration,
};

/** The run as it was: every judge but those that the machine cannot serve finds it held. */
export function inputsOf(name: Recorded, change: Partial<EvidenceInputs> = {}): EvidenceInputs {
  const redis = name !== "nat-fio";
  const guest = name === "kvm-redis";
  return {
    configuration: configurations[name],
    condition: { id: "c", label: "c", workload: redis ? "redis" : "fio", parameters: {} },
    usesNetwork: redis,
    usesStorage: !redis,
    sessionName: guest ? "tare-small-df76a6-kvm" : `tare-small-df76a6-${redis ? "native" : "nat"}`,
    diskPath: guest ? "/var/lib/tare/data/tare-small-df76a6-kvm/disk.raw" : null,
    program: redis ? "redis-server" : "fio",
    loadgenProgram: redis ? "redis-load" : null,
    accelerator: guest ? "tcg" : "none",
    governor: null,
    facts: {
      sut: sampleFacts({ vhostNet: false }),
      loadgen: sampleFacts({ machine: "loadgen", hostname: "loadgen-1", bootId: "other" }),
      guest: guest ? sampleFacts({ machine: "guest", clockSource: "hpet" }) : null,
    },
    networkPath: {
      loadgenInterface: "data0",
      sutInterface: "data0",
      via: null,
      capacityMbps: 10_000,
      mtu: { loadgen: 1500, sut: 1500 },
      sameMachine: true,
      loopback: false,
    },
    sut: moments(name, "sut"),
    loadgen: moments(name, "loadgen"),
    guest: guest ? recorded(name, "guest-during") : readSnapshot(""),
    samples: { sut: null, loadgen: null },
    ...change,
  };
}

export function snapshotOf(seen: Seen): Snapshot {
  if ("missing" in seen) throw new Error(`There is no such snapshot: ${seen.missing}`);
  return seen;
}

/** The inputs with the text of one snapshot changed, as if the machine had been another. */
export function withText(
  name: Recorded,
  where: "sut" | "loadgen",
  moment: keyof Moments,
  edit: (text: string) => string,
): EvidenceInputs {
  const inputs = inputsOf(name);
  const text = recordedText(name, `${where}-${moment}`);
  const edited = edit(text);
  if (edited === text) throw new Error("The edit changes nothing.");
  return { ...inputs, [where]: { ...inputs[where], [moment]: readSnapshot(edited) } };
}
