// Figures of very many points: how long they take to be drawn against figures of few, in one run, as saved pages.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { rootFolder } from "#main/installation.ts";
import { ensureWindowBuilt } from "#main/web/ensure-window-built.ts";
import { figurePage } from "#shared/figures/figure-page.ts";
import { axis } from "#shared/figures/overlay/layout.ts";
import type { Figure, LineTrace } from "#shared/figures/figure.ts";
import type { Tell } from "./bench-lab.ts";
import { medianAndRange, medianOf } from "./compare.ts";
import type { BenchOptions } from "./options.ts";
import type { Section } from "./report.ts";
import { launchChromium } from "./served-window.ts";
import { leftOut } from "./window-section.ts";

const sizes = { few: 1000, many: 100_000 } as const;
const kinds = ["lines", "markers"] as const;

interface Drawing {
  readonly kind: (typeof kinds)[number];
  /** Seconds. */
  readonly few: readonly number[];
  readonly many: readonly number[];
  /** Many points handed to Plotly as they are, once. */
  readonly whole: number;
}

export async function figuresSection(
  options: BenchOptions,
  { signal, tell }: { signal: AbortSignal; tell: Tell },
): Promise<Section> {
  await using undo = new AsyncDisposableStack();
  const browser = await launchChromium(undo);
  if (browser === null) return { ...leftOut, name: "figures", title: "Figures of many points" };
  await ensureWindowBuilt(rootFolder);
  const folder = await mkdtemp(join(tmpdir(), "tare-bench-figures-"));
  undo.defer(() => rm(folder, { recursive: true, force: true }));
  const script = await readFile(join(rootFolder, "out/renderer/figure-script.js"), "utf8");
  const drawings: Drawing[] = [];
  for (const kind of kinds) {
    const times = { few: [] as number[], many: [] as number[] };
    for (const size of ["few", "many"] as const) await writePage(folder, script, kind, sizes[size]);
    for (let turn = 0; turn < options.starts; turn += 1)
      for (const size of turn % 2 === 0 ? (["few", "many"] as const) : (["many", "few"] as const)) {
        signal.throwIfAborted();
        tell(`figure of ${sizes[size]} points, ${kind}, ${turn + 1} of ${options.starts}`);
        times[size].push(await drawSeconds(browser, join(folder, `${kind}-${sizes[size]}.html`)));
      }
    drawings.push({ kind, ...times, whole: await wholeSeconds(browser, kind) });
  }
  return {
    name: "figures",
    title: "Figures of many points",
    note: `Seconds, median (range) of ${options.starts}, from the figure's data to Plotly's word that it is drawn, in pages
      that were saved as HTML and opened from disk, by turns. Ratio: ${sizes.many} points to ${sizes.few}, of the medians.
      "all as they are": ${sizes.many} points handed to Plotly without leaving out those that cover each other, once.`,
    tables: [
      {
        columns: [
          { title: "drawn as" },
          { title: `${sizes.few} points`, align: "right" },
          { title: `${sizes.many} points`, align: "right" },
          { title: "ratio", align: "right" },
          { title: "all as they are", align: "right" },
        ],
        rows: drawings.map(({ kind, few, many, whole }) => [
          kind,
          medianAndRange(few),
          medianAndRange(many),
          (medianOf(many) / medianOf(few)).toFixed(2),
          whole.toFixed(2),
        ]),
      },
    ],
    data: drawings,
  };
}

/** A noisy slope: the same each time, and without order within a pixel. */
function traceOf(kind: (typeof kinds)[number], count: number): LineTrace {
  const xs = Array.from({ length: count }, (_, index) => index);
  return {
    type: "scatter",
    mode: kind,
    name: "points",
    legendgroup: "points",
    showlegend: false,
    x: xs,
    y: xs.map((x) => x / count + Math.sin(x * 12.9898) * Math.cos(x * 78.233)),
    hovertext: xs.map((x) => `point ${x}`),
    hoverinfo: "text",
    line: { color: "#0072b2", width: 1.5, dash: "solid" },
    marker: { color: "#0072b2", symbol: "circle", size: 6, line: { color: "#0072b2", width: 1 } },
  };
}

async function writePage(
  folder: string,
  script: string,
  kind: (typeof kinds)[number],
  count: number,
): Promise<void> {
  const theme = {
    scheme: "light",
    text: "#1a1e23",
    grid: "#dde1e5",
    paper: "#ffffff",
    font: "sans-serif",
  } as const;
  const figure: Figure = {
    id: "bench",
    workload: null,
    title: `${count} points`,
    data: [traceOf(kind, count)],
    layout: {
      title: {
        text: "",
        font: { size: 14 },
        subtitle: { text: "", font: { size: 12 } },
        x: 0,
        xanchor: "left",
      },
      xaxis: axis(theme, "number"),
      yaxis: axis(theme, "value"),
      legend: { orientation: "h", y: -0.2, yanchor: "top" },
      font: { family: theme.font, color: theme.text, size: 12 },
      paper_bgcolor: theme.paper,
      plot_bgcolor: theme.paper,
      hovermode: "closest",
      hoverlabel: { font: { family: theme.font, size: 12 } },
      separators: ". ",
      margin: { t: 30, r: 16 },
    },
  };
  const page = figurePage({ figure, summary: "", provenance: [], theme, script, madeWith: "the benchmark" });
  await writeFile(join(folder, `${kind}-${count}.html`), page);
}

async function drawSeconds(browser: Browser, path: string): Promise<number> {
  const page = await browser.newPage();
  try {
    await page.goto(`file://${path}`, { waitUntil: "commit" });
    await page.waitForFunction(() => performance.getEntriesByName("figure bench").length > 0, null, {
      timeout: 120_000,
    });
    return await page.evaluate(
      () => (performance.getEntriesByName("figure bench")[0]?.duration ?? Number.NaN) / 1000,
    );
  } finally {
    await page.close();
  }
}

async function wholeSeconds(browser: Browser, kind: (typeof kinds)[number]): Promise<number> {
  const page = await browser.newPage();
  try {
    await page.addScriptTag({ path: join(rootFolder, "node_modules/plotly.js/dist/plotly-basic.min.js") });
    const { line, marker, mode, type, x, y } = traceOf(kind, sizes.many);
    return await page.evaluate(
      async (trace) => {
        const { Plotly } = globalThis as unknown as {
          Plotly: { newPlot(element: Element, data: unknown[]): Promise<unknown> };
        };
        const from = performance.now();
        await Plotly.newPlot(document.body, [trace]);
        return (performance.now() - from) / 1000;
      },
      { line, marker, mode, type, x, y },
    );
  } finally {
    await page.close();
  }
}
