// The form of a new campaign: every field as it is typed, and the way to a CampaignDraft.
import { toNestErrors } from "@hookform/resolvers";
import type { FieldErrors, Resolver } from "react-hook-form";
import { z } from "zod";
import { configurationPresets, fittedTo } from "#shared/environments/presets.ts";
import { campaignDraftSchema, type CampaignDraft } from "#shared/model/campaign.ts";
import type { Facts } from "#shared/model/facts.ts";
import {
  presetNameSchema,
  workloadNames,
  type Condition,
  type PresetName,
  type WorkloadName,
} from "#shared/model/workload.ts";
import { presetConditions } from "#shared/workloads/registry.ts";
import { draftOf } from "#renderer/stores/draft.ts";
import { configurationFormSchema, toConfiguration, toConfigurationForm } from "./configuration-form.ts";
import { optionalNumber, optionalText, toNumber } from "./typed-text.ts";

const choiceSchema = z.object({
  preset: presetNameSchema.or(z.literal("off")),
  /** Ids of conditions of the preset that are left out. */
  left: z.array(z.string()),
});

export const campaignFormSchema = z.object({
  name: z.string(),
  labId: z.string(),
  configurations: z.array(configurationFormSchema),
  workloads: z.object({
    linpack: choiceSchema,
    stream: choiceSchema,
    randomaccess: choiceSchema,
    nuttcp: choiceSchema,
    netperf: choiceSchema,
    fio: choiceSchema,
    redis: choiceSchema,
    mysql: choiceSchema,
  } satisfies Record<WorkloadName, typeof choiceSchema>),
  blocks: z.string(),
  control: z.boolean(),
  host: z.object({
    governor: z.string(),
    dropCaches: z.boolean(),
    sysctls: z.array(z.object({ name: z.string(), value: z.string() })),
  }),
  seed: z.string(),
});
export type CampaignForm = z.infer<typeof campaignFormSchema>;

/** What was typed and not planned yet; the plan page reads it too. */
export const campaignDraft = draftOf("campaign", campaignFormSchema);

const firstConfigurations = new Set(["native", "docker-host", "docker-nat", "kvm"]);

/** Guests are fitted to the SUT where its facts are known. */
export function newCampaignForm(labId: string, facts: Facts | null): CampaignForm {
  return {
    name: "",
    labId,
    configurations: configurationPresets
      .map(({ configuration }) => configuration)
      .filter(({ id }) => firstConfigurations.has(id))
      .map((configuration) => (facts === null ? configuration : fittedTo(configuration, facts)))
      .map(toConfigurationForm),
    workloads: everyWorkload("quick"),
    blocks: "10",
    control: true,
    host: { governor: "", dropCaches: true, sysctls: [] },
    seed: "",
  };
}

export function everyWorkload(preset: PresetName): CampaignForm["workloads"] {
  const choice = { preset, left: [] };
  return {
    linpack: choice,
    stream: choice,
    randomaccess: choice,
    nuttcp: choice,
    netperf: choice,
    fio: choice,
    redis: choice,
    mysql: choice,
  };
}

/** The conditions that are chosen, in the order of the workloads. */
export function chosenConditions(workloads: CampaignForm["workloads"]): readonly Condition[] {
  return workloadNames.flatMap((name) => {
    const { preset, left } = workloads[name];
    if (preset === "off") return [];
    return presetConditions(name, preset).filter(({ id }) => !left.includes(id));
  });
}

/** The draft where every field is right, else the issues by path of the form. */
export function toCampaignDraft(form: CampaignForm): z.ZodSafeParseResult<CampaignDraft> {
  return campaignDraftSchema.safeParse({
    name: form.name,
    labId: form.labId,
    configurations: form.configurations.map(toConfiguration),
    conditions: chosenConditions(form.workloads),
    blocks: toNumber(form.blocks),
    control: form.control,
    host: {
      ...optionalText("governor", form.host.governor),
      dropCaches: form.host.dropCaches,
      sysctls: Object.fromEntries(form.host.sysctls.map(({ name, value }) => [name.trim(), value])),
    },
    ...optionalNumber("seed", form.seed),
  });
}

export const campaignResolver: Resolver<CampaignForm, unknown, CampaignDraft> = (form, _, options) => {
  const result = toCampaignDraft(form);
  if (result.success) return { values: result.data, errors: {} };
  const flat: FieldErrors = {};
  for (const issue of result.error.issues) {
    // A bad key of a record says so inside.
    const { message } = issue.code === "invalid_key" ? (issue.issues[0] ?? issue) : issue;
    flat[fieldOf(issue.path, form)] ??= { type: "zod", message };
  }
  return { values: {}, errors: toNestErrors<CampaignForm>(flat, options) };
};

/** Where an issue belongs in the form: sysctls are a list there, conditions are chosen by workload. */
export function fieldOf(path: readonly PropertyKey[], form: CampaignForm): string {
  const [first, second, name] = path;
  if (first === "conditions") return "workloads";
  if (first === "labId") return "labId";
  if (first === "host" && second === "sysctls") {
    const index = form.host.sysctls.findIndex((sysctl) => sysctl.name.trim() === String(name ?? ""));
    const badName = !/^[a-z0-9_]+(\.[a-zA-Z0-9_-]+)+$/.test(String(name ?? ""));
    return `host.sysctls.${Math.max(index, 0)}.${badName ? "name" : "value"}`;
  }
  return path.map(String).join(".");
}
