// How long Tare's own steps take, before a campaign has measured it: rough figures from trials, used only for estimates.
import type { EnvironmentName } from "../model/configuration.ts";

export const expectedSeconds = {
  /** Log in to both hosts, facts, kernels, userland from its cache. */
  preparation: 20,
  /** One host's facts. */
  probe: 5,
  /** One change, verified. */
  change: 1,
  /** Start of an environment, its facts and its end. */
  environment: { native: 3, docker: 8, kvm: 60 } satisfies Record<EnvironmentName, number>,
  /** Tare's part of each run: jobs started, output fetched and parsed. */
  run: 3,
  /** Undo, facts after, comparison. */
  restoration: 15,
} as const;
