// One step of a wizard, as its rail shows it.

export interface WizardStep {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  /** What is chosen in it, in a few words. */
  readonly choice?: string;
  /** `error`: a field of it cannot be used; `warning`: something should be known; null: nothing is against it. */
  readonly state: "error" | "warning" | null;
}

export function previousStep(steps: readonly WizardStep[], current: string): WizardStep | null {
  return steps[steps.findIndex(({ id }) => id === current) - 1] ?? null;
}

export function nextStep(steps: readonly WizardStep[], current: string): WizardStep | null {
  const place = steps.findIndex(({ id }) => id === current);
  return place === -1 ? null : (steps[place + 1] ?? null);
}
