// A job that one caller waits for: started or found, followed line by line, removed once it has succeeded.
import type { Command } from "#shared/model/command.ts";
import { toFailure } from "#shared/model/error.ts";
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

/**
 * A job of that id that runs already is followed; one that ended before is started afresh. Its command must find its
 * work done when it runs a second time: of two callers that follow one job, the first to see its success removes it.
 * Aborting ends the job.
 */
export async function runJob(
  machine: RemoteMachine,
  id: string,
  command: Command,
  options: RunJobOptions,
): Promise<FinishedJob> {
  for (;;) {
    try {
      return await startAndFollow(machine, id, command, options);
    } catch (error) {
      if (options.signal.aborted || toFailure(error).code !== "NOT_FOUND") throw error;
    }
  }
}

async function startAndFollow(
  machine: RemoteMachine,
  id: string,
  command: Command,
  { signal, timeLimitSeconds, onLine }: RunJobOptions,
): Promise<FinishedJob> {
  const state = await machine.jobs.state(id, signal);
  if (state === "ended" || state === "died") await machine.jobs.remove(id, signal);
  const printed = collectLines(onLine);
  try {
    const end = await machine.jobs.run(id, command, { timeLimitSeconds, signal, onOutput: printed.take });
    if (end.status === 0) await machine.jobs.remove(id, signal);
    return { end, lastLines: printed.last() };
  } catch (error) {
    // Following has stopped, the job has not.
    if (signal.aborted) await machine.jobs.cancel(id, AbortSignal.timeout(30_000));
    throw error;
  }
}

/** Lines of both streams as they come; the last ones are kept. */
function collectLines(onLine: RunJobOptions["onLine"]) {
  const lines: string[] = [];
  const rest = { stdout: "", stderr: "" };
  return {
    take(stream: "stdout" | "stderr", text: string): void {
      const pieces = `${rest[stream]}${text}`.split("\n");
      rest[stream] = pieces.pop() ?? "";
      for (const line of pieces) onLine?.(line);
      lines.push(...pieces.slice(-keptLines));
      lines.splice(0, lines.length - keptLines);
    },
    last: () => [...lines, rest.stdout, rest.stderr].filter((line) => line !== "").join("\n"),
  };
}
