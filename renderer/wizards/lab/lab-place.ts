// Places of the lab wizard, and which of them has a field.

export const labSteps = [
  { id: "machines", title: "Machines" },
  { id: "guest", title: "Guests and userland" },
  { id: "connect", title: "Connect" },
  { id: "facts", title: "Facts" },
  { id: "preflight", title: "Preflight" },
] as const;
export type LabStep = (typeof labSteps)[number]["id"];

/** Steps that work with the stored lab: what was typed is saved before they begin. */
export const storedSteps: ReadonlySet<LabStep> = new Set(["connect", "facts", "preflight"]);

/** The step of an address below /labs/<id>; the first where there is no such step. */
export function labStep(rest: string): LabStep {
  return labSteps.find(({ id }) => id === rest)?.id ?? "machines";
}

export function labHref(labId: string, step: LabStep): string {
  const lab = `/labs/${encodeURIComponent(labId)}`;
  return step === "machines" ? lab : `${lab}/${step}`;
}

/** The step that has a field of the form, by its dotted path. */
export function labStepOf(field: string): LabStep {
  return field.startsWith("guest") || field.startsWith("userland") ? "guest" : "machines";
}
