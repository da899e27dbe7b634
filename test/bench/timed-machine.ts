// A machine whose every journey is noted: what was asked of it, for which job, when and for how long.
import type { HostMachine } from "#main/ssh/connect-host.ts";
import type { JobEnd, RemoteMachine } from "#main/hosts/machine.ts";
import type { Recorder } from "#main/campaign/recorder.ts";
import type { Machine } from "#shared/model/lab.ts";

export interface Call {
  readonly machine: Machine | "laptop";
  /** `journal` of an event; `start`, `follow`, `fetch`, `cancel` of a job; `run` of a command. */
  readonly act: string;
  /** The job's id, or the command's first two words. */
  readonly of: string;
  /** Milliseconds of performance.now(). */
  readonly begun: number;
  readonly ended: number;
  /** For `follow`: how the job ended. */
  readonly end?: JobEnd;
}

export type NoteCall = (call: Call) => void;

/** Events are durable before the run goes on, which takes the time of this computer's disk. */
export function timedRecorder(recorder: Recorder, note: NoteCall): Recorder {
  return {
    ...recorder,
    record: async (body) => {
      const begun = performance.now();
      await recorder.record(body);
      const of = body.type === "run-phase" ? `run-phase ${body.phase}` : body.type;
      note({ machine: "laptop", act: "journal", of, begun, ended: performance.now() });
    },
  };
}

export function timedHost(host: HostMachine, note: NoteCall): HostMachine {
  return { ...timedMachine(host, note), forward: host.forward };
}

export function timedMachine(machine: RemoteMachine, note: NoteCall): RemoteMachine {
  const { jobs } = machine;
  const timed = async <T>(act: string, of: string, work: Promise<T>, endOf?: (value: T) => JobEnd) => {
    const begun = performance.now();
    const value = await work;
    const ended = performance.now();
    note({ machine: machine.machine, act, of, begun, ended, ...(endOf && { end: endOf(value) }) });
    return value;
  };
  return {
    ...machine,
    run: (command, options) =>
      timed("run", command.argv.slice(0, 2).join(" "), machine.run(command, options)),
    jobs: {
      ...jobs,
      start: (id, command, options) => timed("start", id, jobs.start(id, command, options)),
      run: (id, command, options) => timed("run", id, jobs.run(id, command, options), (end) => end),
      state: (id, signal) => timed("state", id, jobs.state(id, signal)),
      follow: (id, options) => timed("follow", id, jobs.follow(id, options), (end) => end),
      cancel: (id, signal) => timed("cancel", id, jobs.cancel(id, signal)),
      fetch: (id, stream, toPath, signal) =>
        timed("fetch", `${id} ${stream}`, jobs.fetch(id, stream, toPath, signal)),
    },
  };
}
