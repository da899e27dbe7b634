// Campaigns to begin with: what the paper measured, figure by figure, and walks from one configuration to another.
import { configurationPresets, fittedTo } from "../environments/presets.ts";
import type { CampaignDraft } from "../model/campaign.ts";
import type { Configuration } from "../model/configuration.ts";
import { TareError } from "../model/error.ts";
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";
import { workloadNames, type PresetName, type WorkloadName } from "../model/workload.ts";
import { presetConditions } from "../workloads/registry.ts";
import { ladderConfigurations, ladderPresets, type LadderPreset } from "./ladder-presets.ts";

interface CampaignPreset {
  readonly id: string;
  readonly title: string;
  /** What it compares, in one sentence. */
  readonly summary: string;
  /** Ids of configuration presets in the order of tables, each with the workloads it is measured with. */
  readonly configurations: Readonly<Record<string, "all" | readonly WorkloadName[]>>;
  /** A walk that follows them. */
  readonly ladder?: LadderPreset;
}

const processor = ["linpack", "stream", "randomaccess"] as const;
const network = ["nuttcp", "netperf"] as const;

/**
 * The paper's comparisons. Where its label and its raw data disagree, both are measured: the series "Docker NAT
 * volume" of Figures 16 to 19 ran with host networking on the container's own layer (felter2014.md, section 6).
 */
export const campaignPresets: readonly CampaignPreset[] = [
  {
    id: "basic",
    title: "Native, Docker and KVM",
    summary:
      "Every workload in four configurations: native, Docker with host network and with NAT, a libvirt guest.",
    configurations: { native: "all", "docker-host": "all", "docker-nat": "all", kvm: "all" },
  },
  {
    id: "felter-2014",
    title: "Felter et al. 2014",
    summary:
      "The paper's matrix: CPU and memory on one and two sockets with the guest untuned and tuned, networks, disks, Redis, and MySQL in the configurations of Table 2.",
    configurations: {
      native: "all",
      "native-one-socket": processor,
      "native-two-sockets": processor,
      "docker-one-socket": processor,
      "docker-two-sockets": processor,
      "docker-host": ["fio", "redis", "mysql"],
      "docker-nat": [...network, "fio", "redis", "mysql"],
      "docker-layer": ["fio", "mysql"],
      "docker-nat-layer": ["mysql"],
      kvm: [...network, "fio", "redis", "mysql"],
      "kvm-one-socket": processor,
      "kvm-two-sockets": processor,
      "kvm-untuned": ["linpack"],
      "kvm-tuned": ["linpack"],
      "kvm-vhost-qcow2": ["mysql"],
    },
  },
  {
    id: "felter-table-2",
    title: "Felter et al. 2014, Table 2",
    summary: "MySQL in five configurations: network and storage of the container apart, and a guest.",
    configurations: {
      native: ["mysql"],
      "docker-host": ["mysql"],
      "docker-nat": ["mysql"],
      "docker-nat-layer": ["mysql"],
      "docker-layer": ["mysql"],
      kvm: ["mysql"],
      "kvm-vhost-qcow2": ["mysql"],
    },
  },
  {
    id: "felter-figure-6",
    title: "Felter et al. 2014, Figure 6",
    summary:
      "The networks that the paper draws: the host's stack, Docker's bridge with NAT, a guest's bridge with vhost.",
    configurations: {
      native: [...network, "redis"],
      "docker-host": [...network, "redis"],
      "docker-nat": [...network, "redis"],
      kvm: [...network, "redis"],
    },
  },
  {
    id: "felter-figure-9",
    title: "Felter et al. 2014, Figure 9",
    summary:
      "The storage paths that the paper draws: a file of the host, a container's volume and layer, a guest's disk.",
    configurations: {
      native: ["fio"],
      "docker-host": ["fio"],
      "docker-layer": ["fio"],
      kvm: ["fio"],
      "kvm-untuned": ["fio"],
    },
  },
  {
    id: "every-axis",
    title: "Every configuration",
    summary:
      "Every workload in every configuration that Tare has a preset for: the whole matrix, for a long weekend.",
    configurations: Object.fromEntries(
      configurationPresets.map(({ configuration }) => [configuration.id, "all"]),
    ),
  },
  ...ladderPresets.map((ladder): CampaignPreset => ({
    id: ladder.id,
    title: `Ladder: ${ladder.title}`,
    summary: ladder.summary,
    configurations: { native: ladderConfigurations(ladder, null).workloads },
    ladder,
  })),
];

/** Ten blocks, as many as the paper's repeats; three where it is only to be tried. */
const blocksOf: Readonly<Record<PresetName, number>> = { quick: 3, "as described": 10, "as run": 10 };

/** Throws TareError NOT_FOUND. */
export function campaignPreset(id: string): CampaignPreset {
  const preset = campaignPresets.find((each) => each.id === id);
  if (preset !== undefined) return preset;
  const known = campaignPresets.map((each) => each.id).join(", ");
  throw new TareError("NOT_FOUND", `There is no campaign preset ${id}. Known are: ${known}.`);
}

/** A draft for that lab; configurations are fitted to the SUT's facts where they are known. */
export function presetDraft(
  lab: Lab,
  sizes: PresetName,
  facts: Facts | null,
  preset: CampaignPreset = campaignPreset("basic"),
): CampaignDraft {
  const walk = preset.ladder === undefined ? null : ladderConfigurations(preset.ladder, facts);
  const measured = new Map<string, readonly WorkloadName[]>([
    ...Object.entries(preset.configurations).map(
      ([id, names]) => [id, names === "all" ? workloadNames : names] as const,
    ),
    ...(walk?.configurations ?? []).map(({ id }) => [id, walk?.workloads ?? []] as const),
  ]);
  const used = new Set([...measured.values()].flat());
  const names = workloadNames.filter((name) => used.has(name));
  const scope = [...measured].filter(([, each]) => names.some((name) => !each.includes(name)));
  return {
    name: `${preset.title}, ${sizes}`,
    labId: lab.id,
    configurations: [
      ...Object.keys(preset.configurations).map((id) => {
        const configuration = configurationOf(id);
        return facts === null ? configuration : fittedTo(configuration, facts);
      }),
      ...(walk?.configurations ?? []),
    ],
    conditions: names.flatMap((name) => presetConditions(name, sizes)),
    ...(scope.length === 0 ? {} : { scope: Object.fromEntries(scope.map(([id, each]) => [id, [...each]])) }),
    ...(walk === null || walk.ladder === null ? {} : { ladders: [walk.ladder] }),
    blocks: blocksOf[sizes],
    control: true,
    host: { dropCaches: true, sysctls: {} },
  };
}

/** Steps of a preset's walk that the SUT does not offer, as sentences; they are not in the draft. */
export function stepsLeftOut({ ladder }: CampaignPreset, facts: Facts | null): readonly string[] {
  if (ladder === undefined) return [];
  return ladderConfigurations(ladder, facts).leftOut.map(
    ({ label, reason }) => `${label} is left out: ${reason}`,
  );
}

function configurationOf(id: string): Configuration {
  const preset = configurationPresets.find(({ configuration }) => configuration.id === id);
  if (preset === undefined) throw new TareError("INTERNAL", `There is no preset of a configuration ${id}.`);
  return preset.configuration;
}
