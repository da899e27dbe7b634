// Where the time of a run goes: every journey to a machine, when it began and how long it took beyond the program's own time.
import type { Machine } from "#shared/model/lab.ts";
import { medianOf } from "./compare.ts";
import type { TareRun } from "./session.ts";
import type { Call } from "./timed-machine.ts";

export interface Journey {
  /** `start measure.0`, `run bash …/wait-port.sh`. */
  readonly step: string;
  readonly machine: Machine;
  /** Since the run began; median over the runs. */
  readonly beginsMs: number;
  /** Of `follow`: beyond the program's own time; median over the runs. */
  readonly takesMs: number;
}

/** Journeys of runs of one cell in the order in which they begin; the last line is what lies outside of all of them. */
export function breakdownOf(runs: readonly TareRun[]): readonly Journey[] {
  const found = new Map<string, { machine: Machine; step: string; begins: number[]; takes: number[] }>();
  for (const run of runs) {
    for (const call of run.calls) {
      const step = stepOf(call);
      const key = `${call.machine} ${step}`;
      const entry = found.get(key) ?? { machine: call.machine, step, begins: [], takes: [] };
      entry.begins.push(call.begun - run.begun);
      entry.takes.push(call.ended - call.begun - 1000 * programSeconds(call));
      found.set(key, entry);
    }
  }
  const journeys = [...found.values()].map(({ machine, step, begins, takes }) => ({
    step,
    machine,
    beginsMs: medianOf(begins),
    takesMs: medianOf(takes),
  }));
  return journeys.sort((a, b) => a.beginsMs - b.beginsMs);
}

function programSeconds({ end }: Call): number {
  return end?.seconds ?? 0;
}

/** Without what differs from run to run: the campaign's and the run's name, folders. */
function stepOf({ act, of }: Call): string {
  if (act === "run") return `run ${of.replaceAll(/\S*\//g, "")}`;
  const [id = "", stream] = of.split(" ");
  const [, phase = id] = /\.([a-z-]+\.\d+)$/.exec(id) ?? [];
  return [act, phase, stream].filter((word) => word !== undefined).join(" ");
}
