// The start of the window: from the start of the core's process to a library that can be used.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootFolder } from "#main/installation.ts";
import { ensureWindowBuilt } from "#main/web/ensure-window-built.ts";
import type { Tell } from "./bench-lab.ts";
import { medianAndRange } from "./compare.ts";
import type { BenchOptions } from "./options.ts";
import type { Section } from "./report.ts";
import { writeSampleLibrary } from "./sample-library.ts";
import { launchChromium, openLibrary, serveTare } from "./served-window.ts";

/** Seconds since the start of the core's process. */
interface Start {
  readonly ready: number;
  readonly painted: number;
  readonly usable: number;
  /** From the page's opening in the browser to its use. */
  readonly page: number;
}

const librarySizes = [0, 200];

export async function windowSection(
  options: BenchOptions,
  { signal, tell }: { signal: AbortSignal; tell: Tell },
): Promise<Section> {
  const measured: { campaigns: number; starts: Start[] }[] = [];
  for (const campaigns of librarySizes) {
    const starts = await startsWith(campaigns, options.starts, { signal, tell });
    if (starts === null) return leftOut;
    measured.push({ campaigns, starts });
  }
  return {
    name: "window",
    title: "Start of the window",
    note: `Seconds, median (range) of ${options.starts} starts of "node main/serve.ts" with the window built, Chromium
      already running, each start with an empty browser cache. "server" to "usable" count from the start of the process:
      its address printed, first contentful paint, the library shown. "page": from the page's opening to the library
      shown. Campaigns are finished ones of 80 runs.`,
    tables: [
      {
        columns: [
          { title: "campaigns", align: "right" },
          { title: "server", align: "right" },
          { title: "first paint", align: "right" },
          { title: "usable", align: "right" },
          { title: "page", align: "right" },
        ],
        rows: measured.map(({ campaigns, starts }) => [
          String(campaigns),
          ...(["ready", "painted", "usable", "page"] as const).map((part) =>
            medianAndRange(starts.map((start) => start[part])),
          ),
        ]),
      },
    ],
    data: measured,
  };
}

export const leftOut: Section = {
  name: "window",
  title: "Start of the window, bytes at first load",
  note: "Left out: no Chromium is installed. Install it, or name it in CHROMIUM_PATH.",
  tables: [],
  data: null,
};

async function startsWith(
  campaigns: number,
  count: number,
  { signal, tell }: { signal: AbortSignal; tell: Tell },
): Promise<Start[] | null> {
  await using undo = new AsyncDisposableStack();
  const browser = await launchChromium(undo);
  if (browser === null) return null;
  await ensureWindowBuilt(rootFolder);
  const dataFolder = await mkdtemp(join(tmpdir(), "tare-bench-window-"));
  undo.defer(() => rm(dataFolder, { recursive: true, force: true }));
  tell(`window with ${campaigns} campaigns`);
  await writeSampleLibrary(dataFolder, campaigns);
  const starts: Start[] = [];
  for (let start = 0; start < count; start += 1) {
    await using once = new AsyncDisposableStack();
    const context = await browser.newContext();
    once.defer(() => context.close());
    const page = await context.newPage();
    const { url, startedAt, readyAt } = await serveTare(dataFolder, once, signal);
    const { openedAt, paintedAt, usableAt } = await openLibrary(page, url);
    const since = (at: number) => (at - startedAt) / 1000;
    starts.push({
      ready: since(readyAt),
      painted: since(paintedAt),
      usable: since(usableAt),
      page: (usableAt - openedAt) / 1000,
    });
  }
  return starts;
}
