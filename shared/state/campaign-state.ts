// The state of a campaign, computed from its events; used by the runner, by resume, by the library and by the window.
import type { ChangeRecord } from "../model/change.ts";
import type { Failure } from "../model/error.ts";
import type { EvidenceItem, NetworkPath } from "../model/evidence.ts";
import type { CampaignEvent, RunPhase } from "../model/event.ts";
import type { Machine } from "../model/lab.ts";
import type { Measurement } from "../model/measurement.ts";
import type { RefusedCell } from "../model/result.ts";
import { cellId } from "../model/campaign.ts";

export interface RunState {
  readonly runId: string;
  readonly attempt: number;
  readonly status: "running" | "ok" | "failed" | "cancelled";
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Phase that was journalled last, with the job that carries it. */
  readonly phase: {
    readonly phase: RunPhase;
    readonly machine: Machine;
    readonly job: string;
    readonly command: string;
  } | null;
  readonly measurements: readonly Measurement[];
  readonly remarks: readonly string[];
  readonly toolSeconds: number;
  readonly totalSeconds: number;
  readonly emulated: boolean;
  readonly failure: Failure | null;
  /** Empty where none was collected. */
  readonly evidence: readonly EvidenceItem[];
}

export interface StartUp {
  readonly block: number;
  readonly slot: string;
  readonly seconds: number;
  readonly commandSeconds: number;
  readonly emulated: boolean;
}

/** Key of a block's start of a slot in `startUps`. */
export function startUpKey(block: number, slot: string): string {
  return `${block}/${slot}`;
}

export interface SessionState {
  readonly block: number;
  readonly slot: string;
  readonly startedAt: string;
  readonly serverAddress: string;
  readonly accelerator: "none" | "kvm" | "tcg";
}

export interface CampaignState {
  readonly lastSeq: number;
  readonly status: "ready" | "running" | "paused" | "complete" | "incomplete" | "cancelled" | "failed";
  readonly plannedRuns: number;
  /** The latest attempt of every run that was ever started. */
  readonly runs: ReadonlyMap<string, RunState>;
  readonly runningRun: string | null;
  /** The environment that is up, by the journal. */
  readonly session: SessionState | null;
  readonly stage: { readonly name: string; readonly text: string; readonly share: number | null } | null;
  /** What all sessions share, as it was found last. */
  readonly equipment: {
    readonly userlandFolder: string;
    readonly kernelFolders: { readonly sut: string; readonly loadgen: string };
    readonly accelerator: "kvm" | "tcg";
  } | null;
  /** Latest record of every change. */
  readonly changes: ReadonlyMap<string, ChangeRecord>;
  readonly stoppedCells: ReadonlySet<string>;
  /** By cell: why the lab does not offer it. */
  readonly refusedCells: ReadonlyMap<string, RefusedCell>;
  readonly networkPath: NetworkPath | null;
  /** Start-up of environments, the latest of each block and slot (`startUpKey`). */
  readonly startUps: ReadonlyMap<string, StartUp>;
  readonly factFiles: readonly {
    machine: Machine;
    container: string | null;
    moment: "before" | "after" | "environment";
    file: string;
    slot: string | null;
  }[];
  /** Seconds that the latest start of each slot's environment took. */
  readonly environmentSeconds: ReadonlyMap<string, number>;
  readonly samplerCost: ReadonlyMap<Machine, number>;
  readonly linksLost: ReadonlySet<Machine>;
  readonly comparisons: ReadonlyMap<Machine, readonly { path: string; before: string; after: string }[]>;
  readonly remarks: readonly string[];
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly failure: Failure | null;
}

export const initialState: CampaignState = {
  lastSeq: 0,
  status: "ready",
  plannedRuns: 0,
  runs: new Map(),
  runningRun: null,
  session: null,
  stage: null,
  equipment: null,
  changes: new Map(),
  stoppedCells: new Set(),
  refusedCells: new Map(),
  networkPath: null,
  startUps: new Map(),
  factFiles: [],
  environmentSeconds: new Map(),
  samplerCost: new Map(),
  linksLost: new Set(),
  comparisons: new Map(),
  remarks: [],
  startedAt: null,
  endedAt: null,
  failure: null,
};

/** Maps that one reduction made itself: nobody else has seen them, so they are added to and not copied. */
type Own = WeakSet<ReadonlyMap<unknown, unknown>>;

function withEntry<K, V>(own: Own, map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  const mine = own.has(map) ? (map as Map<K, V>) : new Map(map);
  own.add(mine);
  return mine.set(key, value);
}

function withMember<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  return new Set(set).add(member);
}

function withoutMember<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  return new Set([...set].filter((each) => each !== member));
}

function withRun(state: CampaignState, own: Own, runId: string, change: Partial<RunState>): CampaignState {
  const run = state.runs.get(runId);
  return run === undefined
    ? state
    : { ...state, runs: withEntry(own, state.runs, runId, { ...run, ...change }) };
}

/** The state after one more event. Events that were seen already (by `seq`) change nothing. */
export function reduce(state: CampaignState, event: CampaignEvent): CampaignState {
  return next(state, event, new WeakSet());
}

function next(state: CampaignState, event: CampaignEvent, own: Own): CampaignState {
  if (event.seq <= state.lastSeq) return state;
  return { ...apply(state, event, own), lastSeq: event.seq };
}

/** The state after all events. */
export function reduceAll(
  events: Iterable<CampaignEvent>,
  from: CampaignState = initialState,
): CampaignState {
  // Copying every map at every event would take time that grows with the square of their number.
  const own: Own = new WeakSet();
  let state = from;
  for (const event of events) state = next(state, event, own);
  return state;
}

function withStartUp(
  own: Own,
  startUps: CampaignState["startUps"],
  { block, slot, startUp, accelerator }: Extract<CampaignEvent, { type: "environment-started" }>,
): CampaignState["startUps"] {
  if (startUp === undefined || startUp === null) return startUps;
  return withEntry(own, startUps, startUpKey(block, slot), {
    block,
    slot,
    ...startUp,
    emulated: accelerator === "tcg",
  });
}

function apply(state: CampaignState, event: CampaignEvent, own: Own): CampaignState {
  switch (event.type) {
    case "campaign-created":
      return { ...state, plannedRuns: event.plannedRuns };
    case "session-started":
      return {
        ...state,
        status: "running",
        startedAt: state.startedAt ?? event.at,
        endedAt: null,
        failure: null,
        linksLost: new Set(),
      };
    case "stage":
      return { ...state, stage: { name: event.name, text: event.text, share: event.share ?? null } };
    case "equipped": {
      const { userlandFolder, kernelFolders, accelerator } = event;
      return { ...state, equipment: { userlandFolder, kernelFolders, accelerator } };
    }
    case "facts-recorded": {
      const { machine, container, moment, file, slot } = event;
      return { ...state, factFiles: [...state.factFiles, { machine, container, moment, file, slot }] };
    }
    case "change":
      return { ...state, changes: withEntry(own, state.changes, event.record.id, event.record) };
    case "environment-started": {
      const { block, slot, serverAddress, accelerator } = event;
      return {
        ...state,
        stage: null,
        startUps: withStartUp(own, state.startUps, event),
        environmentSeconds: withEntry(own, state.environmentSeconds, slot, event.seconds),
        session: { block, slot, serverAddress, accelerator, startedAt: event.at },
      };
    }
    case "environment-failed":
    case "environment-stopped":
      return { ...state, session: null, stage: null };
    case "run-started": {
      const run: RunState = {
        runId: event.runId,
        attempt: event.attempt,
        status: "running",
        startedAt: event.at,
        endedAt: null,
        phase: null,
        measurements: [],
        remarks: [],
        toolSeconds: 0,
        totalSeconds: 0,
        emulated: false,
        failure: null,
        evidence: [],
      };
      return {
        ...state,
        stage: null,
        runningRun: event.runId,
        runs: withEntry(own, state.runs, event.runId, run),
      };
    }
    case "run-phase": {
      const { phase, machine, job, command } = event;
      return withRun(state, own, event.runId, { phase: { phase, machine, job, command } });
    }
    case "run-ended": {
      const { outcome, measurements, remarks, toolSeconds, totalSeconds, emulated } = event;
      const ended = withRun(state, own, event.runId, {
        status: outcome,
        endedAt: event.at,
        measurements,
        remarks,
        toolSeconds,
        totalSeconds,
        emulated,
        failure: event.failure ?? null,
      });
      return { ...ended, runningRun: null };
    }
    case "run-evidence": {
      const run = state.runs.get(event.runId);
      if (run === undefined || run.attempt !== event.attempt) return state;
      const measurements = [...run.measurements, ...event.measurements];
      return withRun(state, own, event.runId, { evidence: event.items, measurements });
    }
    case "cell-refused": {
      const { slot, conditionId, reason } = event;
      const cell = cellId(slot, conditionId);
      return {
        ...state,
        refusedCells: withEntry(own, state.refusedCells, cell, { slot, conditionId, reason }),
      };
    }
    case "network-path": {
      const { seq: _seq, at: _at, type: _type, ...networkPath } = event;
      return { ...state, networkPath };
    }
    case "cell-stopped":
      return {
        ...state,
        stoppedCells: withMember(state.stoppedCells, cellId(event.slot, event.conditionId)),
      };
    case "sampler-cost":
      return { ...state, samplerCost: withEntry(own, state.samplerCost, event.machine, event.cpuShare) };
    case "link-lost":
      return { ...state, linksLost: withMember(state.linksLost, event.machine) };
    case "link-restored":
      return { ...state, linksLost: withoutMember(state.linksLost, event.machine) };
    case "paused":
      return { ...state, status: "paused" };
    case "resumed":
      return { ...state, status: "running" };
    case "cancel-requested":
      return state;
    case "hosts-compared":
      return { ...state, comparisons: withEntry(own, state.comparisons, event.machine, event.differences) };
    case "remark":
      return { ...state, remarks: [...state.remarks, event.text] };
    case "campaign-ended":
      return {
        ...state,
        status: event.outcome,
        stage: null,
        session: null,
        runningRun: null,
        endedAt: event.at,
        failure: event.failure ?? null,
      };
  }
}
