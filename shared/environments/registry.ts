// The environments by name.
import type { Configuration, EnvironmentName } from "../model/configuration.ts";
import { docker } from "./docker.ts";
import type { Environment } from "./environment.ts";
import { kvm } from "./kvm.ts";
import { native } from "./native.ts";

const environments: {
  readonly [N in EnvironmentName]: Environment<Extract<Configuration, { environment: N }>>;
} = { native, docker, kvm };

/** The environment of a configuration; the table ties each name to the configuration that it takes. */
export function environmentOf(configuration: Pick<Configuration, "environment">): Environment {
  return environments[configuration.environment];
}
