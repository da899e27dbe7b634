// The lab wizard's steps as its rail shows them: what is chosen in each, and whether a field is wrong or something is missing.
import { useWatch, type Control } from "react-hook-form";
import type { Lab } from "#shared/model/lab.ts";
import type { PreflightCheck } from "#shared/plan/preflight-check.ts";
import type { WizardStep } from "#renderer/wizards/frame/wizard-step.ts";
import type { WrongField } from "./lab-errors.ts";
import type { LabForm } from "./lab-form.ts";
import { labHref, labStepOf, labSteps, type LabStep } from "./lab-place.ts";
import { verdictText } from "./preflight-step.tsx";
import type { ConnectionTesting } from "./use-connection-test.ts";
import type { LabProbing } from "./use-lab-probe.ts";

interface StepInputs {
  /** "new" for a lab that is not stored. */
  readonly labId: string;
  readonly wrong: readonly WrongField[];
  readonly test: ConnectionTesting;
  readonly probing: LabProbing;
  readonly checks: readonly PreflightCheck[] | null;
}

export function useLabSteps(
  control: Control<LabForm, unknown, Lab>,
  { labId, wrong, test, probing, checks }: StepInputs,
): readonly WizardStep[] {
  const form = useWatch({ control }) as LabForm;
  const found = checks ?? [];
  const missing = found.some(({ status }) => status === "missing");
  const known = labId !== "new" && probing.facts !== null;
  const choices: Readonly<Record<LabStep, string>> = {
    machines: [form.sut.address, form.loadgen.address].filter((address) => address !== "").join(", "),
    guest: form.guest.address,
    connect: testText(test),
    facts: known ? probedText(probing) : "",
    preflight: known && checks !== null ? verdictText(checks) : "",
  };
  const states: Readonly<Record<LabStep, WizardStep["state"]>> = {
    machines: null,
    guest: null,
    connect: test.failure !== null || test.steps.some(({ status }) => status === "failed") ? "error" : null,
    facts: probing.failure === null ? null : "error",
    preflight: known && missing ? "warning" : null,
  };
  return labSteps.map(({ id, title }) => ({
    id,
    title,
    href: labHref(labId, id),
    choice: choices[id],
    state: wrong.some(({ field }) => labStepOf(field) === id) ? "error" : states[id],
  }));
}

function testText({ running, steps, failure }: ConnectionTesting): string {
  if (running) return "testing";
  if (failure !== null || steps.some(({ status }) => status === "failed")) return "failed";
  return steps.length === 0 ? "" : "both hosts answer";
}

function probedText({ facts, probing }: LabProbing): string {
  if (probing) return "probing";
  const count = [facts?.sut, facts?.loadgen].filter((each) => each !== null && each !== undefined).length;
  return count === 0 ? "never probed" : count === 2 ? "of both hosts" : "of one host";
}
