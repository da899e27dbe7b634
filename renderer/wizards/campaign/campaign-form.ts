// The form of a new campaign: every field as it is typed, and the way to a CampaignDraft and back.
import { z } from "zod";
import { configurationPresets, fittedTo } from "#shared/environments/presets.ts";
import { campaignDraftSchema, type CampaignDraft } from "#shared/model/campaign.ts";
import type { Facts } from "#shared/model/facts.ts";
import {
  conditionSchema,
  presetNameSchema,
  presetNames,
  workloadNames,
  type Condition,
  type PresetName,
  type WorkloadName,
} from "#shared/model/workload.ts";
import { presetConditions } from "#shared/workloads/registry.ts";
import { draftOf } from "#renderer/stores/draft.ts";
import {
  configurationFormSchema,
  toConfiguration,
  toConfigurationForm,
} from "#renderer/wizards/configuration/configuration-form.ts";
import { optionalNumber, optionalText, toNumber } from "#renderer/wizards/configuration/typed-text.ts";

const choiceSchema = z.object({
  /** `given`: conditions that are in none of the presets, as a campaign's preset or a file gave them. */
  preset: presetNameSchema.or(z.enum(["off", "given"])),
  /** Ids of conditions of the preset that are left out. */
  left: z.array(z.string()),
  given: z.array(conditionSchema).default([]),
});
export type WorkloadChoice = z.infer<typeof choiceSchema>;

const off: WorkloadChoice = { preset: "off", left: [], given: [] };

/** A workload that a stored draft does not know yet is off. */
const choicesSchema = z.object(
  Object.fromEntries(workloadNames.map((name) => [name, choiceSchema.default(off)])) as Record<
    WorkloadName,
    z.ZodDefault<typeof choiceSchema>
  >,
);

export const campaignFormSchema = z.object({
  name: z.string(),
  labId: z.string(),
  configurations: z.array(configurationFormSchema),
  workloads: choicesSchema,
  ladders: z.array(z.object({ id: z.string(), title: z.string(), steps: z.array(z.string()) })).default([]),
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
    ladders: [],
    blocks: "10",
    control: true,
    host: { governor: "", dropCaches: true, sysctls: [] },
    seed: "",
  };
}

export function everyWorkload(preset: PresetName): CampaignForm["workloads"] {
  return perWorkload(() => ({ ...off, preset }));
}

/** The conditions that are chosen, in the order of the workloads. */
export function chosenConditions(workloads: CampaignForm["workloads"]): readonly Condition[] {
  return workloadNames.flatMap((name) =>
    offeredConditions(name, workloads[name]).filter(({ id }) => !workloads[name].left.includes(id)),
  );
}

/** The conditions that a choice takes from, those that are left out included. */
export function offeredConditions(name: WorkloadName, choice: WorkloadChoice): readonly Condition[] {
  if (choice.preset === "off") return [];
  return choice.preset === "given" ? choice.given : presetConditions(name, choice.preset);
}

/** The draft where every field is right, else the issues by path of the draft. */
export function toCampaignDraft(form: CampaignForm): z.ZodSafeParseResult<CampaignDraft> {
  const conditions = chosenConditions(form.workloads);
  const scope = scopeOf(form, conditions);
  const known = new Set(form.configurations.map(({ id }) => id));
  const ladders = form.ladders.map((ladder) => ({
    ...ladder,
    steps: ladder.steps.filter((step) => known.has(step)),
  }));
  return campaignDraftSchema.safeParse({
    name: form.name,
    labId: form.labId,
    configurations: form.configurations.map(toConfiguration),
    conditions,
    ...(Object.keys(scope).length === 0 ? {} : { scope }),
    ...(ladders.length === 0 ? {} : { ladders }),
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

/** Only of configurations that leave one of the chosen workloads out. */
function scopeOf(form: CampaignForm, conditions: readonly Condition[]): Record<string, WorkloadName[]> {
  const chosen = [...new Set(conditions.map(({ workload }) => workload))];
  return Object.fromEntries(
    form.configurations
      .filter(({ without }) => chosen.some((name) => without.includes(name)))
      .map(({ id, without }) => [id, chosen.filter((name) => !without.includes(name))]),
  );
}

/** The form that makes this draft. */
export function toCampaignForm(draft: CampaignDraft): CampaignForm {
  const { host } = draft;
  // A workload that is chosen later is measured everywhere.
  const chosen = [...new Set(draft.conditions.map(({ workload }) => workload))];
  return {
    name: draft.name,
    labId: draft.labId,
    configurations: draft.configurations.map((configuration) => {
      const scope = draft.scope?.[configuration.id];
      const without = scope === undefined ? [] : chosen.filter((name) => !scope.includes(name));
      return { ...toConfigurationForm(configuration), without };
    }),
    workloads: perWorkload((name) =>
      toChoice(
        name,
        draft.conditions.filter(({ workload }) => workload === name),
      ),
    ),
    ladders: (draft.ladders ?? []).map((ladder) => ({ ...ladder, steps: [...ladder.steps] })),
    blocks: String(draft.blocks),
    control: draft.control,
    host: {
      governor: host.governor ?? "",
      dropCaches: host.dropCaches,
      sysctls: Object.entries(host.sysctls).map(([name, value]) => ({ name, value })),
    },
    seed: draft.seed?.toString() ?? "",
  };
}

/** The first preset that has all of these conditions, in the same order; else the conditions themselves. */
function toChoice(name: WorkloadName, conditions: readonly Condition[]): WorkloadChoice {
  if (conditions.length === 0) return off;
  const wanted = conditions.map((condition) => JSON.stringify(condition));
  for (const preset of presetNames) {
    const offered = presetConditions(name, preset);
    const left = offered.filter((condition) => !wanted.includes(JSON.stringify(condition)));
    const kept = offered.filter((condition) => !left.includes(condition));
    if (kept.map((condition) => JSON.stringify(condition)).join() === wanted.join())
      return { preset, left: left.map(({ id }) => id), given: [] };
  }
  return { preset: "given", left: [], given: [...conditions] };
}

function perWorkload(choose: (name: WorkloadName) => WorkloadChoice): CampaignForm["workloads"] {
  return Object.fromEntries(workloadNames.map((name) => [name, choose(name)])) as CampaignForm["workloads"];
}
