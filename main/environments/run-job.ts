// A job that one caller waits for: started or found, followed line by line, removed once it has succeeded.
import type { Command } from "#shared/model/command.ts";
import type { JobEnd, RemoteMachine } from "#main/hosts/machine.ts";

export interface RunJobOptions {
  readonly signal: AbortSignal;
  readonly timeLimitSeconds: number;
  readonly onLine?: (line: string) => void;
}

/** How it ended, and the last lines that it printed. */
export interface FinishedJob {
  readonly end: JobEnd;
  readonly lastLines: string;
}

const keptLines = 40;

/** A job of that id that runs already is followed; one that ended before is started afresh. Aborting ends the job. */
export async function runJob(
  machine: RemoteMachine,
  id: string,
  command: Command,
  { signal, timeLimitSeconds, onLine }: RunJobOptions,
): Promise<FinishedJob> {
  const state = await machine.jobs.state(id, signal);
  if (state === "ended" || state === "died") await machine.jobs.remove(id, signal);
  await machine.jobs.start(id, command, { timeLimitSeconds, signal });
  const lines: string[] = [];
  const rest = { stdout: "", stderr: "" };
  const take = (line: string) => {
    lines.push(line);
    if (lines.length > keptLines) lines.shift();
    onLine?.(line);
  };
  try {
    const end = await machine.jobs.follow(id, {
      signal,
      onOutput: (stream, text) => {
        const pieces = `${rest[stream]}${text}`.split("\n");
        rest[stream] = pieces.pop() ?? "";
        for (const line of pieces) take(line);
      },
    });
    for (const line of [rest.stdout, rest.stderr]) if (line !== "") take(line);
    if (end.status === 0) await machine.jobs.remove(id, signal);
    return { end, lastLines: lines.join("\n") };
  } catch (error) {
    // Following has stopped, the job has not.
    if (signal.aborted) await machine.jobs.cancel(id, AbortSignal.timeout(30_000));
    throw error;
  }
}
