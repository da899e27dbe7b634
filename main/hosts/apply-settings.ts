// Applies the settings of a configuration to the SUT without a campaign, and looks whether they hold.
import type { Core } from "../core.ts";
import { assetPath } from "../installation.ts";
import { readScripts } from "../ssh/scripts.ts";
import type { ApplyStep, HostSetting } from "#shared/contract/hosts.ts";
import { byHandId } from "#shared/changes/by-hand.ts";
import { changedNothing } from "#shared/changes/judge.ts";
import type { Scripts } from "#shared/changes/script.ts";
import { settingCheck } from "#shared/changes/setting-checks.ts";
import type { ChangeRecord } from "#shared/model/change.ts";
import { commandText } from "#shared/model/command.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import { TareError, toFailure } from "#shared/model/error.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Lab } from "#shared/model/lab.ts";
import { hostSettings } from "#shared/plan/host-settings.ts";
import { createChangeIds } from "./change-ids.ts";
import { type Changer, createChanger } from "./changes.ts";
import { probeFacts } from "./facts.ts";
import { findChanges } from "./found-changes.ts";
import { type HeldHost, holdHost } from "./hold-host.ts";
import { usualScripts } from "./usual-scripts.ts";

interface Wanted {
  readonly labId: string;
  readonly configuration: Configuration;
}

/** The settings with the commands as they will be; touches no host. Throws NOT_FOUND, and INPUT_INVALID where the stored facts do not tell what one needs. */
export async function settingsOf(core: Core, { labId, configuration }: Wanted): Promise<HostSetting[]> {
  const lab = await core.labs.get(labId);
  const { sut } = await core.labs.facts(labId);
  return changesOf(lab, configuration, usualScripts(lab.sut.user), sut).map(
    ({ title, target, apply, undo }) => ({
      title,
      target,
      apply: apply.map(commandText),
      undo: undo.map(commandText),
    }),
  );
}

/**
 * All of them or none: where one fails, those before it are taken back. Ends with what the kernel says. Throws HOST_BUSY, INPUT_INVALID
 * where there is nothing to apply, CHANGE_FAILED, and the TareErrors of connecting.
 */
export async function* applySettings(
  core: Core,
  { labId, configuration }: Wanted,
  signal: AbortSignal,
): AsyncGenerator<ApplyStep> {
  const lab = await core.labs.get(labId);
  const held = await holdHost(core, lab, "sut", signal);
  const { machine } = held;
  try {
    await held.lock([]);
    const before = await probeFacts(machine, { signal: held.signal });
    const changes = changesOf(lab, configuration, await scriptPaths(held), before);
    if (changes.length === 0)
      throw new TareError(
        "INPUT_INVALID",
        `${configuration.label} leaves every setting of the host as it is: there is nothing to apply.`,
      );
    const campaignId = byHandId(labId, new Date());
    await core.byHand.saveFacts(labId, campaignId, "sut", before);
    const changer = createChanger(machine, {
      campaignId,
      append: (record, failure) => core.byHand.append(labId, record, failure),
      nextId: createChangeIds([]),
      now: () => new Date(),
    });
    const applied: ChangeRecord[] = [];
    let whole = false;
    try {
      for (const change of changes) {
        signal.throwIfAborted();
        held.ensureHeld();
        yield { kind: "applying", title: change.title };
        const record = await changer.apply(change, held.signal);
        if (record.status === "applied") applied.push(record);
        if (record.status === "applied") yield { kind: "applied", record, already: changedNothing(record) };
        else yield { kind: "unavailable", title: change.title };
      }
      whole = true;
    } catch (error) {
      throw await takenBack(changer, applied.splice(0), error, held);
    } finally {
      // Nobody listens any more: what was not confirmed does not stay.
      if (!whole) await changer.undoAll(applied, held.signal);
    }
    yield { kind: "checked", campaignId, checks: await checksOf(held, applied) };
  } finally {
    // What stays, and what of it could not be taken back, is told by the next look in any case.
    await findChanges({ labId, role: "sut", machine }, core, held.signal).catch(() => undefined);
    await held.release();
  }
}

function changesOf(lab: Lab, configuration: Configuration, scripts: Scripts, facts: Facts | null) {
  // Settings need nothing that only a campaign has: no folder, no userland, no port.
  return hostSettings({
    campaignId: "by-hand",
    slot: configuration.id,
    configuration,
    lab,
    facts,
    userlandFolder: "",
    kernelFolder: "",
    dataFolder: "",
    scripts,
    ports: [],
    accelerator: "none",
  });
}

async function scriptPaths({ machine, signal }: HeldHost): Promise<Scripts> {
  const paths: Record<string, string> = {};
  for (const { name } of readScripts(assetPath("host")).files)
    paths[name] = await machine.script(name, signal);
  return paths;
}

async function takenBack(
  changer: Changer,
  applied: readonly ChangeRecord[],
  error: unknown,
  { signal }: HeldHost,
): Promise<unknown> {
  const { failures } = await changer.undoAll(applied, signal);
  const [first] = failures;
  if (first === undefined) return error;
  const { code, message, ...rest } = toFailure(error);
  return new TareError(
    code,
    `${message} What was applied before it is in force still: ${first.failure.message}`,
    rest,
  );
}

async function checksOf({ machine, signal }: HeldHost, records: readonly ChangeRecord[]) {
  const facts = await probeFacts(machine, { signal });
  const checks = [];
  for (const record of records) {
    const { stdout } = await machine.run(record.change.probe, { signal, idempotent: true });
    checks.push(settingCheck(record, stdout.trim(), facts));
  }
  return checks;
}
