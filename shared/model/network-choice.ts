// The networking mode of a configuration by itself: what the path of a packet depends on, whatever else is chosen.
import { z } from "zod";
import {
  dockerConfigurationSchema,
  kvmConfigurationSchema,
  nativeConfigurationSchema,
  type Configuration,
} from "./configuration.ts";

const part = { environment: true, network: true } as const;

export const networkChoiceSchema = z.discriminatedUnion("environment", [
  nativeConfigurationSchema.pick(part),
  dockerConfigurationSchema.pick(part),
  kvmConfigurationSchema.pick(part),
]);
export type NetworkChoice = z.infer<typeof networkChoiceSchema>;

export function networkChoiceOf(configuration: Configuration): NetworkChoice {
  const { environment, network } = configuration;
  return networkChoiceSchema.parse({ environment, network });
}

/** Whether the server gets an address of its own on the data network: then no port of the SUT is involved. */
export function hasOwnAddress({ network: { mode } }: NetworkChoice): boolean {
  return mode === "macvlan" || mode === "bridge" || mode === "direct";
}
