// One-click choices as their buttons show them: which is the configuration's own now, and which cannot be had.
import type { CpuChoice } from "#shared/environments/cpu-choices.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { OfferedChoice } from "./choice-row.tsx";

export function offeredChoices(
  choices: readonly CpuChoice[],
  configuration: Configuration | null,
): readonly OfferedChoice[] {
  return choices.map(({ name, title, reason, chosen }) => ({
    name,
    title,
    reason,
    refused: chosen === null,
    chosen: chosen !== null && configuration !== null && isChosen(chosen, configuration),
  }));
}

function isChosen(
  { pinning, machine }: NonNullable<CpuChoice["chosen"]>,
  configuration: Configuration,
): boolean {
  const own = configuration.environment === "kvm" ? configuration.machine : null;
  return (
    canonical(pinning) === canonical(configuration.pinning) &&
    (machine === null || canonical(machine) === canonical(own))
  );
}

/** Text of a value of plain data, whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => a.localeCompare(b)))
      : inner,
  );
}
