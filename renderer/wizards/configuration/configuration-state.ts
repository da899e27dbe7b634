// Whether one configuration of a form can be used as it is, and what the facts say against it.
import type { Finding } from "#shared/environments/checks.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import { configurationSchema, type Configuration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Lab } from "#shared/model/lab.ts";
import { toConfiguration, type ConfigurationForm } from "./configuration-form.ts";

export interface ConfigurationState {
  /** Null where a field is wrong. */
  readonly configuration: Configuration | null;
  readonly findings: readonly Finding[];
  readonly state: "error" | "warning" | null;
}

export function configurationState(
  form: ConfigurationForm,
  facts: Facts | null,
  lab: Lab | null,
): ConfigurationState {
  const configuration = configurationSchema.safeParse(toConfiguration(form)).data ?? null;
  const findings =
    configuration === null || facts === null
      ? []
      : environmentOf(configuration).check(configuration, facts, lab ?? undefined);
  const wrong = configuration === null || findings.some(({ severity }) => severity === "error");
  return { configuration, findings, state: wrong ? "error" : findings.length > 0 ? "warning" : null };
}
