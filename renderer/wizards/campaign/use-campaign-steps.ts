// The campaign wizard's steps as its rail shows them: what is chosen in each, and whether a field is wrong.
import { useMemo } from "react";
import { useWatch, type Control, type FormState } from "react-hook-form";
import { countText } from "#shared/report/number.ts";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Lab } from "#shared/model/lab.ts";
import { configurationState } from "#renderer/wizards/configuration/configuration-state.ts";
import type { WizardStep } from "#renderer/wizards/frame/wizard-step.ts";
import type { FormContext } from "./campaign-errors.ts";
import { chosenConditions, type CampaignForm } from "./campaign-form.ts";
import { campaignHref, campaignSteps, type CampaignStep } from "./campaign-place.ts";

export function useCampaignSteps(
  control: Control<CampaignForm, FormContext, CampaignDraft>,
  { errors }: FormState<CampaignForm>,
  facts: Facts | null,
  lab: Lab | null,
): readonly WizardStep[] {
  const form = useWatch({ control }) as CampaignForm;
  const { configurations } = form;
  const states = useMemo(
    () => configurations.map((each) => configurationState(each, facts, lab).state),
    [configurations, facts, lab],
  );
  const conditions = chosenConditions(form.workloads);
  const choices: Readonly<Record<CampaignStep, string>> = {
    start: form.name,
    configurations: configurations.map(({ label }) => label).join(", "),
    workloads: countText(conditions.length, "condition"),
    cells: form.configurations.some(({ without }) => without.length > 0) ? "some are left out" : "all",
    repeats: /^\d+$/.test(form.blocks) ? countText(Number(form.blocks), "block") : "",
    ladders: form.ladders.length === 0 ? "none" : countText(form.ladders.length, "ladder"),
  };
  const cellsWrong = Array.isArray(errors.configurations)
    ? errors.configurations.some((each) => each?.without !== undefined)
    : false;
  const wrong: Readonly<Record<CampaignStep, boolean>> = {
    start: errors.name !== undefined || errors.labId !== undefined,
    configurations: (errors.configurations !== undefined && !cellsWrong) || states.includes("error"),
    workloads: errors.workloads !== undefined,
    cells: cellsWrong,
    repeats: errors.blocks !== undefined || errors.seed !== undefined || errors.host !== undefined,
    ladders: errors.ladders !== undefined,
  };
  return campaignSteps.map(({ id, title }) => ({
    id,
    title,
    href: campaignHref(id),
    choice: choices[id],
    state: wrong[id] ? "error" : id === "configurations" && states.includes("warning") ? "warning" : null,
  }));
}
