// What the facts say against a configuration, by field: given by its wizard, shown by its fields.
import { createContext, useContext } from "react";
import type { Finding } from "#shared/environments/checks.ts";

export interface ShownFindings {
  /** Path of the configuration in the form, with its dot: `configurations.2.` */
  readonly prefix: string;
  readonly findings: readonly Finding[];
}

export const FindingsContext = createContext<ShownFindings>({ prefix: "", findings: [] });

/** Findings at this field of the form, or inside it. */
export function useFieldFindings(name: string): readonly Finding[] {
  const { prefix, findings } = useContext(FindingsContext);
  if (prefix === "" || !name.startsWith(prefix)) return [];
  const own = name.slice(prefix.length);
  return findings.filter(({ field }) => field === own || field.startsWith(`${own}.`));
}
