// `tare changes`: what Tare has in force on the hosts of a lab, and undoing it, for those without a window.
import type { Core } from "../core.ts";
import { lookAtLab } from "../hosts/host-changes.ts";
import { undoHostChanges } from "../hosts/undo-host-changes.ts";
import type { HostLook, UndoStep } from "#shared/contract/hosts.ts";
import { isInUse, keyOf } from "#shared/changes/host-changes.ts";
import { settingOf } from "#shared/changes/judge.ts";
import { byOwner } from "#shared/changes/owner-text.ts";
import type { HostChange } from "#shared/model/host-change.ts";
import { TareError, toFailure } from "#shared/model/error.ts";
import { exitCodeOf, exitCodes } from "./exit-code.ts";

export interface ChangesOptions {
  readonly lab?: string;
  readonly undo?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

type Reached = Extract<HostLook, { status: "reached" }>;

/**
 * Ends with `ok` where nothing is in force, or all was undone; with `incomplete` where something is; with the status of its failure
 * where a host could not be looked at. Throws TareError INPUT_INVALID, NOT_FOUND.
 */
export async function changesCommand(core: Core, options: ChangesOptions): Promise<number> {
  const { lab: labId, undo = false, force = false, json = false } = options;
  if (labId === undefined) throw new TareError("INPUT_INVALID", "Name a lab with --lab.");
  const { signal } = new AbortController();
  const looks: HostLook[] = [];
  for await (const look of lookAtLab(core, labId, signal)) looks.push(look);
  const steps: UndoStep[] = [];
  const codes: number[] = [];
  const say = (line: string) => {
    if (!json) process.stdout.write(`${line}\n`);
  };
  for (const look of looks) {
    say(look.host);
    if (look.status === "failed") {
      codes.push(exitCodeOf(look.failure));
      say(`  ${look.failure.message}`);
      continue;
    }
    for (const line of describe(look)) say(`  ${line}`);
    const chosen = look.changes.filter((change) => !isInUse(change));
    if (!undo && look.changes.length > 0) codes.push(exitCodes.incomplete);
    if (!undo || chosen.length === 0) continue;
    const changes = chosen.map(({ record }) => keyOf(record));
    try {
      for await (const step of undoHostChanges(
        core,
        { labId, role: look.role, changes, overwrite: force },
        signal,
      )) {
        if (step.kind === "undoing") continue;
        steps.push(step);
        if (step.kind === "left") codes.push(exitCodes.incomplete);
        say(step.kind === "undone" ? `  undone: ${step.title}` : `  LEFT: ${step.failure.message}`);
      }
    } catch (error) {
      const failure = toFailure(error);
      codes.push(exitCodeOf(failure));
      say(`  ${failure.message}`);
    }
    if (chosen.length < look.changes.length) codes.push(exitCodes.incomplete);
  }
  if (json) process.stdout.write(`${JSON.stringify({ hosts: looks, undo: steps }, null, 2)}\n`);
  return Math.max(exitCodes.ok, ...codes);
}

function describe({ changes, busy }: Reached): string[] {
  if (changes.length === 0) return ["nothing of Tare is in force"];
  return [...(busy === null ? [] : [busy.message]), ...changes.flatMap(describeChange)];
}

function describeChange({ record, owner, state, now }: HostChange): string[] {
  const { change, before, at } = record;
  const values = `before ${settingOf(before)}, set ${change.wanted ?? "present"}, now ${now === null ? "unknown" : settingOf(now)}`;
  return [change.title, `  ${byOwner(owner)}, since ${at}; ${values}; ${state}`];
}
