// Where the time of a run goes: every journey to a machine and to the journal, when it began and how long it took beyond the program's own time.
import { medianOf } from "./compare.ts";
import type { TareRun } from "./session.ts";
import type { Call } from "./timed-machine.ts";

export interface Journey {
  /** `start measure.0`, `run bash …/wait-port.sh`. */
  readonly step: string;
  readonly machine: Call["machine"];
  /** Since the run began; median over the runs. */
  readonly beginsMs: number;
  /** Of `follow`: beyond the program's own time; median over the runs. */
  readonly takesMs: number;
}

/** Journeys of runs of one cell in the order in which they begin. */
export function breakdownOf(runs: readonly TareRun[]): readonly Journey[] {
  const found = new Map<
    string,
    { machine: Call["machine"]; step: string; begins: number[]; takes: number[] }
  >();
  for (const run of runs) {
    const times = new Map<string, number>();
    for (const call of run.calls) {
      const name = `${call.machine} ${stepOf(call)}`;
      const time = (times.get(name) ?? 0) + 1;
      times.set(name, time);
      const step = time === 1 ? stepOf(call) : `${stepOf(call)} (${time})`;
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

/** A server is followed only once it has been ended: its own time does not lie within. */
function programSeconds({ of, end }: Call): number {
  return /\.server\.\d+$/.test(of) ? 0 : (end?.seconds ?? 0);
}

/** Without what differs from run to run: the campaign's and the run's name, folders. */
function stepOf({ act, of }: Call): string {
  if (act === "run") return `run ${of.replaceAll(/\S*\//g, "")}`;
  if (act === "journal") return `journal ${of}`;
  const [id = "", stream] = of.split(" ");
  const [, phase = id] = /\.([a-z-]+\.\d+)$/.exec(id) ?? [];
  return [act, phase, stream].filter((word) => word !== undefined).join(" ");
}
