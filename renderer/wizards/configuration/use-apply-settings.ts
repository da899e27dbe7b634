// Applying settings by hand as the window follows it: each setting, and at the end what the kernel says.
import { useState } from "react";
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

/** The progress, and the function that starts applying. What was begun goes on when the page is left. */
export function useApplySettings(
  labId: string,
): readonly [ApplyProgress, (configuration: Configuration) => Promise<void>] {
  const [progress, setProgress] = useState(notApplied);

  async function apply(configuration: Configuration): Promise<void> {
    let now: ApplyProgress = { ...notApplied, running: true };
    setProgress(now);
    try {
      for await (const step of await api.hosts.apply({ labId, configuration })) {
        now = withStep(now, step);
        setProgress(now);
      }
      setProgress({ ...now, running: false });
    } catch (error) {
      setProgress({ ...now, running: false, failure: failureOf(error) });
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
