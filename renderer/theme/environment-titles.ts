// Environments as they are named and coloured in the window; the colours come from the palette of the figures.
import type { EnvironmentName } from "#shared/model/configuration.ts";

export const environmentTitles: Readonly<Record<EnvironmentName, string>> = {
  native: "native",
  docker: "Docker",
  kvm: "KVM",
};

/** CSS color, right for the scheme that is shown. */
export function environmentColor(environment: EnvironmentName): string {
  return `var(--tare-${environment})`;
}
