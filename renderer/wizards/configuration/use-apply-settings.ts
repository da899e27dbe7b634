// Applying settings by hand as the window follows it: each setting, and at the end what the kernel says.
import { useEffect } from "react";
import { create } from "zustand";
import type { ApplyStep, SettingCheck } from "#shared/contract/hosts.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { Failure } from "#shared/model/error.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";

export interface ApplyProgress {
  readonly running: boolean;
  /** By title, in order. */
  readonly settings: ReadonlyMap<string, "applying" | "applied" | "already" | "unavailable">;
  readonly checks: readonly SettingCheck[] | null;
  readonly failure: Failure | null;
}

export const notApplied: ApplyProgress = { running: false, settings: new Map(), checks: null, failure: null };

/** By lab and configuration, so that what was begun is still seen when its page was left meanwhile. */
const useApplies = create<{ readonly of: ReadonlyMap<string, ApplyProgress> }>()(() => ({ of: new Map() }));

function put(key: string, progress: ApplyProgress): void {
  useApplies.setState(({ of }) => ({ of: new Map([...of, [key, progress]]) }));
}

/** How it ended is told once: by the next visit the host may have been changed again. */
function forgetEnded(key: string): void {
  useApplies.setState(({ of }) => ({
    of: new Map([...of].filter(([each, { running }]) => each !== key || running)),
  }));
}

/** The progress, and the function that starts applying. What was begun goes on when the page is left. */
export function useApplySettings(
  labId: string,
  configurationId: string,
): readonly [ApplyProgress, (configuration: Configuration) => Promise<void>] {
  const key = `${labId} ${configurationId}`;
  const progress = useApplies(({ of }) => of.get(key)) ?? notApplied;
  useEffect(() => () => forgetEnded(key), [key]);

  async function apply(configuration: Configuration): Promise<void> {
    let now: ApplyProgress = { ...notApplied, running: true };
    put(key, now);
    try {
      for await (const step of await api.hosts.apply({ labId, configuration })) {
        now = withStep(now, step);
        put(key, now);
      }
      put(key, { ...now, running: false });
    } catch (error) {
      put(key, { ...now, running: false, failure: failureOf(error) });
    }
  }

  return [progress, apply];
}

function withStep(progress: ApplyProgress, step: ApplyStep): ApplyProgress {
  if (step.kind === "checked") return { ...progress, checks: step.checks };
  const title = step.kind === "applied" ? step.record.change.title : step.title;
  const state = step.kind === "applied" && step.already ? "already" : step.kind;
  return { ...progress, settings: new Map(progress.settings).set(title, state) };
}
