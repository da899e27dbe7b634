// The environments by name.
import type { Configuration, EnvironmentName } from "../model/configuration.ts";
import { docker } from "./docker.ts";
import type { Environment } from "./environment.ts";
import { kvm } from "./kvm.ts";
import { native } from "./native.ts";

/** Ties each name to the configuration that it takes. */
const byName: {
  readonly [N in EnvironmentName]: Environment<Extract<Configuration, { environment: N }>>;
} = { native, docker, kvm };

export const environments: Readonly<Record<EnvironmentName, Environment>> = byName;

/** The environment of a configuration. */
export function environmentOf(configuration: Pick<Configuration, "environment">): Environment {
  return environments[configuration.environment];
}
