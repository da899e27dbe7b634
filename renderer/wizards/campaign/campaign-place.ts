// Places of the campaign wizard and of the configuration wizard inside it, and which of them has a field.

export const campaignSteps = [
  { id: "start", title: "Lab and name" },
  { id: "configurations", title: "Configurations" },
  { id: "workloads", title: "Workloads" },
  { id: "cells", title: "Cells" },
  { id: "repeats", title: "Repeats and hosts" },
  { id: "ladders", title: "Ladders" },
] as const;
export type CampaignStep = (typeof campaignSteps)[number]["id"];

export const configurationSteps = [
  { id: "environment", title: "Environment" },
  { id: "pinning", title: "Pinning" },
  { id: "pages", title: "Huge pages" },
  { id: "network", title: "Network" },
  { id: "storage", title: "Storage" },
  { id: "review", title: "Review" },
] as const;
export type ConfigurationStep = (typeof configurationSteps)[number]["id"];

export type CampaignPlace =
  | { readonly kind: "campaign"; readonly step: CampaignStep }
  | { readonly kind: "configuration"; readonly id: string; readonly step: ConfigurationStep };

/** The place of an address below /new; the first step where there is no such place. */
export function campaignPlace(rest: string): CampaignPlace {
  const [first = "", id = "", own = ""] = rest.split("/").map(decoded);
  if (first === "configurations" && id !== "")
    return { kind: "configuration", id, step: stepOf(configurationSteps, own) };
  return { kind: "campaign", step: stepOf(campaignSteps, first) };
}

/** A typed address may have a lone percent sign: then it is taken as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function campaignHref(step: CampaignStep): string {
  return step === "start" ? "/new" : `/new/${step}`;
}

export function configurationHref(id: string, step: ConfigurationStep): string {
  return `/new/configurations/${encodeURIComponent(id)}/${step}`;
}

/** Where a field of the form is shown; `ids` are those of its configurations in order. */
export function hrefOfField(field: string, ids: readonly string[]): string {
  const [first = "", second = "", ...inside] = field.split(".");
  const id = ids[Number(second)];
  if (first === "configurations" && id !== undefined && inside.length > 0 && inside[0] !== "without")
    return configurationHref(id, configurationStepOf(inside.join(".")));
  return campaignHref(campaignStepOf(first, inside[0]));
}

/** The step of the configuration wizard that has a field of a configuration. */
export function configurationStepOf(field: string): ConfigurationStep {
  const [axis = "", name = ""] = field.split(".");
  if (axis === "machine") {
    if (name === "accelerator" || name === "memoryMiB") return "environment";
    return name === "hugePages" || name === "hugePageKiB" || name === "locked" ? "pages" : "pinning";
  }
  return configurationSteps.find(({ id }) => id === axis)?.id ?? "environment";
}

function campaignStepOf(first: string, inside: string | undefined): CampaignStep {
  switch (first) {
    case "configurations":
      return inside === "without" ? "cells" : "configurations";
    case "workloads":
    case "conditions":
      return "workloads";
    case "scope":
      return "cells";
    case "blocks":
    case "control":
    case "seed":
    case "host":
      return "repeats";
    case "ladders":
      return "ladders";
    default:
      return "start";
  }
}

function stepOf<S extends string>(steps: readonly { readonly id: S }[], wanted: string): S {
  const found = steps.find(({ id }) => id === wanted) ?? steps[0];
  if (found === undefined) throw new Error("a wizard has steps");
  return found.id;
}
