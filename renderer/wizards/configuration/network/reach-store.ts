// Tests of reachability, by what was tested: they go on and keep their result while another step of the wizard is shown.
import { create } from "zustand";
import type { ReachRequest, ReachStep } from "#shared/contract/reach.ts";
import type { Failure } from "#shared/model/error.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";

export interface ReachTest {
  readonly startedAt: string;
  readonly steps: readonly ReachStep[];
  readonly state: "running" | "ended" | "cancelled";
  /** Why the test itself broke off, beyond its steps. */
  readonly failure: Failure | null;
}

interface ReachState {
  readonly tests: Readonly<Record<string, ReachTest>>;
  readonly set: (key: string, change: (before: ReachTest) => ReachTest) => void;
}

const controllers = new Map<string, AbortController>();

export const useReachTests = create<ReachState>()((set) => ({
  tests: {},
  set: (key, change) => set(({ tests }) => ({ tests: { ...tests, [key]: change(tests[key] ?? begun()) } })),
}));

/** What a result belongs to: the same lab, mode and ports. */
export function reachKey(request: ReachRequest): string {
  return JSON.stringify(request);
}

/** Starts anew; what a former test of the same found is forgotten. Never rejects. */
export async function startReachTest(request: ReachRequest): Promise<void> {
  const key = reachKey(request);
  const { set } = useReachTests.getState();
  controllers.get(key)?.abort();
  const own = new AbortController();
  controllers.set(key, own);
  const current = () => controllers.get(key) === own;
  set(key, begun);
  try {
    for await (const step of await api.labs.reach(request, { signal: own.signal }))
      if (current()) set(key, (test) => ({ ...test, steps: withStep(test.steps, step) }));
    if (current()) set(key, (test) => ({ ...test, state: own.signal.aborted ? "cancelled" : "ended" }));
  } catch (error) {
    const failure = own.signal.aborted ? null : failureOf(error);
    if (current())
      set(key, (test) => ({ ...test, state: own.signal.aborted ? "cancelled" : "ended", failure }));
  }
}

export function cancelReachTest(request: ReachRequest): void {
  controllers.get(reachKey(request))?.abort();
}

function begun(): ReachTest {
  return { startedAt: new Date().toISOString(), steps: [], state: "running", failure: null };
}

function withStep(steps: readonly ReachStep[], step: ReachStep): readonly ReachStep[] {
  const at = steps.findIndex((other) => other.step === step.step);
  return at < 0 ? [...steps, step] : steps.with(at, step);
}
