// What is told live, gathered: the last lines of output, the samples of two minutes, the latest progress.
import type { Live } from "#shared/contract/campaigns.ts";
import type { HostRole } from "#shared/model/lab.ts";

export interface HostSample {
  /** When it came, by this computer's clock: the hosts' clocks may differ. */
  readonly receivedAt: number;
  readonly cpu: Extract<Live, { kind: "sample" }>["cpu"];
  readonly network: Extract<Live, { kind: "sample" }>["network"];
}

export interface LiveView {
  readonly output: {
    readonly runId: string;
    readonly lines: readonly string[];
    readonly cut: boolean;
  } | null;
  readonly samples: Readonly<Record<HostRole, readonly HostSample[]>>;
  readonly progress: { readonly name: string; readonly text: string; readonly share: number | null } | null;
}

export const emptyLive: LiveView = { output: null, samples: { sut: [], loadgen: [] }, progress: null };

const tailLines = 200;
export const samplesShownMs = 120_000;

/** The view after one more piece, received at an instant in milliseconds since 1970. */
export function withLive(view: LiveView, live: Live, at: number): LiveView {
  if (live.kind === "progress") return { ...view, progress: live };
  if (live.kind === "output") return { ...view, output: withOutput(view.output, live.runId, live.text) };
  if (live.machine === "guest") return view;
  const { machine, cpu, network } = live;
  const kept = view.samples[machine].filter(({ receivedAt }) => at - receivedAt <= samplesShownMs);
  const sample = { receivedAt: at, cpu, network };
  return { ...view, samples: { ...view.samples, [machine]: [...kept, sample] } };
}

/** The last line may be unfinished: the next piece goes on with it. A carriage return writes the line anew. */
function withOutput(output: LiveView["output"], runId: string, text: string): LiveView["output"] {
  const before = output?.runId === runId ? output : { runId, lines: [""], cut: false };
  const pieces = text.replaceAll("\r\n", "\n").split("\n");
  const [first = "", ...rest] = pieces;
  const all = [...before.lines.slice(0, -1), `${before.lines.at(-1) ?? ""}${first}`, ...rest].map(rewritten);
  return { runId, lines: all.slice(-tailLines), cut: before.cut || all.length > tailLines };
}

/** What is left of a line after its carriage returns; one at its end waits for what comes next. */
function rewritten(line: string): string {
  return /[^\r]*\r?$/.exec(line.replace(/\r+$/, "\r"))?.[0] ?? line;
}
