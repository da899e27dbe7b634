// The measured window of a host: what it counted between the snapshots before and after.
import type { EvidenceInputs, Moments } from "./evidence-inputs.ts";
import { isMissing, type Snapshot } from "./snapshot.ts";

export interface Window {
  readonly before: Snapshot;
  readonly after: Snapshot;
}

/** Why there is none: a snapshot is missing, or the machine was restarted in between. */
export function windowOf({ before, after }: Moments): Window | string {
  if (isMissing(before)) return `before the run: ${before.missing}`;
  if (isMissing(after)) return `after the run: ${after.missing}`;
  if (after.uptimeSeconds < before.uptimeSeconds) return "the machine was restarted in between";
  return { before, after };
}

/** Starting the program and looking take a second or two, also where a guest is emulated on a busy machine some more. */
const besidesSeconds = 15;

/**
 * The moments of a run, without an `after` that came long after the program's end (the link was away): what was counted
 * then would tell of an idle machine as well.
 */
export function timely(moments: Moments, programSeconds: number): Moments {
  const window = windowOf(moments);
  if (typeof window === "string") return moments;
  const beside = window.after.uptimeSeconds - window.before.uptimeSeconds - programSeconds;
  if (beside <= besidesSeconds) return moments;
  const missing = `the machine was looked at too late, so that its counters cover ${Math.round(beside)} s besides the program`;
  return { ...moments, after: { missing } };
}

/** The hosts whose fitness counts, by name: the load generator where the workload has a program there. */
export function hostsOf(
  inputs: EvidenceInputs,
): readonly { readonly name: string; readonly moments: Moments }[] {
  const { facts, loadgenProgram, sut, loadgen } = inputs;
  return [
    { name: facts.sut.hostname, moments: sut },
    ...(loadgenProgram === null
      ? []
      : [{ name: facts.loadgen?.hostname ?? "the load generator", moments: loadgen }]),
  ];
}
