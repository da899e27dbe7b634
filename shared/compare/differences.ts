// What campaigns were measured on and with, and where they are not alike: machines, versions, configurations, design.
import { compareFacts } from "../facts/compare-facts.ts";
import type { Campaign } from "../model/campaign.ts";
import type { CampaignDescription, Comparison, Difference, DifferenceArea } from "../model/comparison.ts";
import type { Facts } from "../model/facts.ts";
import { configurationText } from "../report/configuration-text.ts";

/** Facts that are versions of software and not what the machine is. */
const versionPath = /^(os|kernel\.|docker\.version|libvirt\.version|qemu$|tools\.)/;
/** Facts that differ between any two boots or machines and say nothing of their speed. */
const identityPath = /^(bootId|hostname|nics\.[^.]+\.(mac|addresses|irqs)|root\.|kernel\.version)/;

/** Differences in the order of areas; every value that is the same in all campaigns is left out. */
export function differences(
  campaigns: readonly CampaignDescription[],
): Pick<Comparison, "differences" | "unknown"> {
  const machines = (["sut", "loadgen"] as const).flatMap((role) => factDifferences(campaigns, role));
  const designs = campaigns.map(({ design }) => design);
  return {
    differences: [
      ...machines.filter(({ area }) => area !== "versions"),
      ...machines.filter(({ area }) => area === "versions"),
      ...rows("versions", campaigns.map(versionsOf)),
      ...rows("versions", campaigns.map(toolsOf)),
      ...rows("configurations", designs.map(configurationsOf)),
      ...rows("design", designs.map(designOf)),
    ],
    unknown: unknownAreas(campaigns),
  };
}

function unknownAreas(campaigns: readonly CampaignDescription[]): Comparison["unknown"] {
  const without = (area: DifferenceArea, lacks: (campaign: CampaignDescription) => boolean) => {
    const names = campaigns.filter(lacks).map(({ name }) => name);
    return names.length === 0 ? [] : [{ area, names }];
  };
  return [
    ...without("sut", ({ facts }) => facts.sut === null),
    ...without("loadgen", ({ facts }) => facts.loadgen === null),
    ...without("configurations", ({ design }) => design === null),
  ];
}

/** Every fact in which some campaign differs from the first one that has facts. */
function factDifferences(campaigns: readonly CampaignDescription[], role: "sut" | "loadgen"): Difference[] {
  const facts = campaigns.map((campaign) => campaign.facts[role]);
  const reference = facts.find((each): each is Facts => each !== null);
  if (reference === undefined) return [];
  const found = new Map<string, (string | null)[]>();
  for (const [index, own] of facts.entries()) {
    if (own === null || own === reference) continue;
    for (const { path, before, after } of compareFacts(reference, own)) {
      if (identityPath.test(path)) continue;
      // What the reference has, where the others were not compared with it yet.
      const values = found.get(path) ?? facts.map((each) => (each === null ? null : before));
      values[index] = after;
      found.set(path, values);
    }
  }
  return [...found].map(([path, values]) => ({
    area: versionPath.test(path) ? "versions" : role,
    path: versionPath.test(path) ? `${role}: ${path}` : path,
    values,
  }));
}

type Texts = Readonly<Record<string, string>> | null;

/** Keys whose values are not the same in all; null for a campaign that says nothing at all. */
function rows(area: DifferenceArea, texts: readonly Texts[]): Difference[] {
  const keys = [...new Set(texts.flatMap((each) => Object.keys(each ?? {})))];
  return keys.flatMap((path) => {
    const values = texts.map((each) => (each === null ? null : (each[path] ?? "none")));
    const said = new Set(values.filter((value) => value !== null));
    return said.size < 2 ? [] : [{ area, path, values }];
  });
}

function versionsOf({ design }: CampaignDescription): Texts {
  if (design === null) return null;
  const { tare, node, platform } = design.versions;
  return { Tare: tare, "Node of Tare": node, "computer that Tare ran on": platform };
}

/** Null where no facts of an environment were kept: nothing is known then, which is not "none". */
function toolsOf({ tools }: CampaignDescription): Texts {
  const found = Object.entries(tools);
  return found.length === 0
    ? null
    : Object.fromEntries(found.map(([name, text]) => [`userland: ${name}`, text]));
}

function configurationsOf(design: Campaign | null): Texts {
  if (design === null) return null;
  return Object.fromEntries(
    design.configurations.map((configuration) => [configuration.id, configurationText(configuration)]),
  );
}

function designOf(design: Campaign | null): Texts {
  if (design === null) return null;
  const { blocks, control, host, conditions, lab } = design;
  const { governor, dropCaches, sysctls } = host;
  return {
    lab: lab.name,
    blocks: String(blocks),
    "A/A control": control ? "yes" : "no",
    governor: governor ?? "as it was",
    "page cache dropped before each session": dropCaches ? "yes" : "no",
    ...Object.fromEntries(Object.entries(sysctls).map(([name, value]) => [`sysctl ${name}`, value])),
    ...Object.fromEntries(
      conditions.map(({ id, parameters }) => [
        `condition ${id}`,
        Object.entries(parameters)
          .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
          .join(", "),
      ]),
    ),
  };
}
