// The library with many campaigns: the index's building in the background, and what a window waits for afterwards.
import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Tell } from "./bench-lab.ts";
import type { BuildFigures, WarmFigures } from "./library-figures.ts";
import type { BenchOptions } from "./options.ts";
import type { Section, Table } from "./report.ts";
import { writeSampleLibrary } from "./sample-library.ts";

/** Of 20 runs each. */
const blocks = 50;

interface Measured {
  readonly campaigns: number;
  readonly indexBytes: number;
  readonly build: BuildFigures;
  readonly warm: WarmFigures;
}

export async function librarySection(
  { campaigns }: BenchOptions,
  { signal, tell }: { signal: AbortSignal; tell: Tell },
): Promise<Section> {
  const measured: Measured[] = [];
  for (const count of campaigns) {
    tell(`library of ${count} campaigns`);
    measured.push(await measure(count, signal));
  }
  return {
    name: "library",
    title: "The library with many campaigns",
    note: `Finished campaigns of ${blocks * 20} runs each; their journals are one file under many names, so that what
      is measured is Tare's work and not the disk's, and they have no raw files. "build": the index is made from nothing,
      while the list is asked for once a second. "warm": the next start. "loop": delay of the core's event loop, 99th
      percentile and longest. Memory is that of the process with both threads; "heap" that of the index's thread.
      "datasets": one workload of up to 100 campaigns, as bytes in the core, through the API's socket and by a request,
      both parsed. "figure": the slowest one of that workload over those campaigns, without drawing it on a screen.`,
    tables: [buildTable(measured), warmTable(measured), dataTable(measured)],
    data: measured,
  };
}

async function measure(campaigns: number, signal: AbortSignal): Promise<Measured> {
  const dataFolder = await mkdtemp(join(tmpdir(), "tare-bench-library-"));
  try {
    await writeSampleLibrary(dataFolder, campaigns, { blocks, raw: false });
    const build = (await inProcess("build", dataFolder, signal)) as BuildFigures;
    const warm = (await inProcess("warm", dataFolder, signal)) as WarmFigures;
    const { size } = await stat(join(dataFolder, "library.sqlite"));
    return { campaigns, indexBytes: size, build, warm };
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function inProcess(what: "build" | "warm", dataFolder: string, signal: AbortSignal): Promise<unknown> {
  const program = join(import.meta.dirname, "library-process.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [program, what, dataFolder], { signal });
  return JSON.parse(stdout);
}

const right = (title: string) => ({ title, align: "right" }) as const;
const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
const seconds = (value: number) => `${(value / 1000).toFixed(1)} s`;
const mebibytes = (value: number) => `${Math.round(value / 2 ** 20)} MiB`;

function buildTable(measured: readonly Measured[]): Table {
  return {
    columns: ["campaigns", "build", "first list", "list meanwhile", "loop", "RSS, most", "index"].map(right),
    rows: measured.map(({ campaigns, build, indexBytes }) => [
      String(campaigns),
      seconds(build.buildMs),
      `${ms(build.firstMs)} (${build.firstCampaigns})`,
      ms(build.listMs),
      `${ms(build.loopP99Ms)}, ${ms(build.loopMaxMs)}`,
      mebibytes(build.peakRssBytes),
      mebibytes(indexBytes),
    ]),
  };
}

function warmTable(measured: readonly Measured[]): Table {
  return {
    columns: ["campaigns", "start", "list", "by API", "search (slowest)", "filter", "RSS", "heap"].map(right),
    rows: measured.map(({ campaigns, warm }) => [
      String(campaigns),
      ms(warm.firstMs),
      ms(warm.listMs),
      ms(warm.listByRpcMs),
      `${ms(warm.searchMs)} (${ms(warm.slowestSearchMs)})`,
      ms(warm.filterMs),
      mebibytes(warm.rssBytes),
      mebibytes(warm.workerHeapBytes),
    ]),
  };
}

function dataTable(measured: readonly Measured[]): Table {
  return {
    columns: ["campaigns", "datasets", "bytes", "by API", "by request", "figure"].map(right),
    rows: measured.map(({ campaigns, warm }) => [
      String(Math.min(100, campaigns)),
      ms(warm.datasetsMs),
      mebibytes(warm.datasetsBytes),
      ms(warm.byRpcMs),
      ms(warm.byHttpMs),
      `${ms(warm.figureMs)} (${warm.figure.slice(0, 30)})`,
    ]),
  };
}
