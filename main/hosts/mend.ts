// Mends a host: a detached job as root, behind the controller lock, followed line by line; then the host is probed again.
import { createHash } from "node:crypto";
import type { Core } from "../core.ts";
import { acquireLock } from "../ssh/lock.ts";
import { createQueue } from "../ssh/queue.ts";
import { probeHostFacts } from "./host-facts.ts";
import type { JobEnd, RemoteMachine } from "./machine.ts";
import type { MendEvent } from "#shared/contract/labs.ts";
import { commandText } from "#shared/model/command.ts";
import { TareError } from "#shared/model/error.ts";
import type { HostRole } from "#shared/model/lab.ts";
import type { HostMend } from "#shared/model/mend.ts";
import { mendCommand, mendTitle } from "#shared/plan/mend-command.ts";

/** Of the controller lock and of the jobs: whoever mends takes over from who mended, and no campaign comes between. */
const token = "tare-mend";

/** A package manager that is cut short leaves more to mend than before, so this is for one that hangs. */
const timeLimitSeconds = 2 * 3600;

/**
 * Connects, mends, and stores the host's facts anew. Throws HOST_BUSY while a campaign measures there, ROOT_REFUSED,
 * and the TareErrors of connection and probe; a mend that fails is a result. Aborting looks away: the job goes on, and
 * keeps the host locked until it ends.
 */
export async function* mendLab(
  core: Core,
  { labId, role, mend }: { readonly labId: string; readonly role: HostRole; readonly mend: HostMend },
  signal: AbortSignal,
): AsyncGenerator<MendEvent> {
  const machine = await core.connect(await core.labs.get(labId), role, signal);
  try {
    yield* mendHost(machine, mend, signal);
    await core.labs.saveFacts(labId, role, await probeHostFacts(machine, { signal }));
    yield { kind: "probed", facts: await core.labs.facts(labId) };
  } finally {
    await machine.close();
  }
}

/** The command as it is executed, the lines that it prints as they come, then how it ended. */
async function* mendHost(
  machine: RemoteMachine,
  mend: HostMend,
  signal: AbortSignal,
): AsyncGenerator<MendEvent> {
  const queue = createQueue<MendEvent>();
  const working = work(machine, mend, { signal, push: queue.push }).finally(queue.end);
  yield* queue.items();
  await working;
}

interface Working {
  readonly signal: AbortSignal;
  readonly push: (event: MendEvent) => void;
}

async function work(machine: RemoteMachine, mend: HostMend, { signal, push }: Working): Promise<void> {
  const command = mendCommand(mend, { "mend.sh": await machine.script("mend.sh", signal) });
  for (const text of commandText(command).split("\n")) push({ kind: "line", text });
  const release = await acquireLock(machine, { token, label: `Mend: ${mendTitle(mend)}`, signal });
  // The same mend that runs already is followed, not begun again.
  const id = `${token}/${digest(command.argv.slice(2))}`;
  const lines = lineSplitter((text) => push({ kind: "line", text }));
  let end: JobEnd;
  try {
    const state = await machine.jobs.state(id, signal);
    if (state === "ended" || state === "died") await machine.jobs.remove(id, signal);
    end = await machine.jobs.run(id, command, {
      timeLimitSeconds,
      signal,
      onOutput: (_, text) => lines.take(text),
    });
    lines.end();
    // Also those that nobody saw the end of.
    await machine.jobs.removeEnded(`${token}/`, signal);
  } catch (error) {
    // Looked away: the lease stays, and lives for as long as the job does.
    if (!signal.aborted) await release();
    throw error;
  }
  await release();
  push(ended(machine.name, mend, end));
}

function ended(name: string, mend: HostMend, { status, reason }: JobEnd): MendEvent {
  const title = mendTitle(mend);
  if (reason === "died")
    throw new TareError(
      "TOOL_FAILED",
      `“${title}” on ${name} ended without a status: the host was booted again or the process was killed. See on the host what state it is in.`,
      { host: name },
    );
  if (status === 0) return { kind: "ended", ok: true, text: `Done on ${name}.` };
  return {
    kind: "ended",
    ok: false,
    text: `${failures[status] ?? `It ended with status ${status}; the last lines say why.`} (${name})`,
  };
}

/** Statuses of mend.sh's own. */
const failures: Readonly<Record<number, string>> = {
  21: "Not all of it could be installed: no package source of the host offers the rest.",
  22: "The service was started, and does not answer.",
};

function digest(parameters: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parameters)).digest("hex").slice(0, 16);
}

/** Whole lines of text that comes in pieces. */
function lineSplitter(onLine: (line: string) => void) {
  let rest = "";
  return {
    take(text: string): void {
      const pieces = `${rest}${text}`.split("\n");
      rest = pieces.pop() ?? "";
      for (const line of pieces) onLine(lastState(line));
    },
    end(): void {
      if (rest !== "") onLine(rest);
      rest = "";
    },
  };
}

/** dpkg tells its progress in one line, each state after a carriage return. */
function lastState(line: string): string {
  return line.replace(/\r+$/, "").split("\r").at(-1) ?? "";
}
