// One start of a core on a library, in a process of its own: what it takes until it answers, and what answering takes.
// Arguments: `build` or `warm`, and the data folder. Prints the figures as JSON.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { WebSocket } from "ws";
import { createCore } from "#main/core.ts";
import { rootFolder } from "#main/installation.ts";
import { pathsOf } from "#main/paths.ts";
import { startBrowserServer } from "#main/web/browser-server.ts";
import type { Contract } from "#shared/contract/contract.ts";
import { figureDefinitions } from "#shared/figures/definitions.ts";
import type { Dataset } from "#shared/model/dataset.ts";
import type { BuildFigures, WarmFigures } from "./library-figures.ts";

/** Each of them finds something, some everything. */
const searches = [
  "sample",
  "sample 7",
  "redis nat",
  "198.18",
  "kvm 16 vcpus stream",
  "docker macvl",
  "fio rand",
];
const times = 10;

const [what = "", dataFolder = ""] = process.argv.slice(2);
const core = createCore({ paths: pathsOf({ TARE_DATA: dataFolder }, rootFolder), version: "bench" });
const loop = monitorEventLoopDelay({ resolution: 5 });
loop.enable();
let peakBytes = 0;
const sampling = setInterval(() => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
}, 50);
process.stdout.write(`${JSON.stringify(what === "build" ? await build() : await warm())}\n`);
clearInterval(sampling);
await core.close();

/** With a window beside it that asks for the list once a second. */
async function build(): Promise<BuildFigures> {
  const startedAt = performance.now();
  const first = await core.library.list();
  const firstMs = performance.now() - startedAt;
  let built = false;
  const whole = core.library.list({ whole: true }).finally(() => (built = true));
  const lists: number[] = [];
  while (!built) {
    lists.push(await msOf(() => core.library.list()));
    await Promise.race([whole, sleep(1000)]);
  }
  await whole;
  return {
    firstMs,
    firstCampaigns: first.campaigns.length,
    buildMs: performance.now() - startedAt,
    listMs: medianOf(lists),
    ...(await memory()),
  };
}

async function warm(): Promise<WarmFigures> {
  const firstMs = await msOf(() => core.library.list({ whole: true }));
  const { campaigns } = await core.library.list();
  const ids = campaigns.filter(({ origin }) => origin === "measured").map(({ id }) => id);
  const some = ids.slice(0, 100);
  const listMs = medianOf(await each(() => core.library.list()));
  const searchMs: number[] = [];
  for (let round = 0; round < times; round += 1)
    for (const text of searches) searchMs.push(await msOf(() => core.library.find(text)));
  const filterMs = medianOf(
    await each(async () => campaigns.filter(({ workloads, lab }) => workloads.includes("fio") && lab !== "")),
  );
  const datasetsMs = medianOf(await each(() => core.library.datasets(some, ["redis"]), 3));
  const bytes = await core.library.datasets(some, ["redis"]);
  const idle = await memory();
  return {
    firstMs,
    listMs,
    searchMs: medianOf(searchMs),
    slowestSearchMs: Math.max(...searchMs),
    filterMs,
    datasetsMs,
    datasetsBytes: bytes.length,
    ...(await overTheWire(some)),
    ...figures(JSON.parse(new TextDecoder().decode(bytes)) as Dataset[]),
    ...idle,
  };
}

/** The same datasets as a window gets them: by the API's socket, and by a request. */
async function overTheWire(ids: readonly string[]) {
  const server = await startBrowserServer(core, { port: 0, shellReason: null, openCampaign: null });
  const { origin, hash } = new URL(server.url);
  const token = new URLSearchParams(hash.slice(1)).get("token") ?? "";
  const signedIn = await fetch(`${origin}/session`, { method: "POST", headers: { origin }, body: token });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const websocket = new WebSocket(`${origin.replace("http", "ws")}/rpc`, { headers: { origin, cookie } });
  const api: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ websocket }));
  try {
    const listByRpcMs = medianOf(await each(() => api.library.list(), 3));
    const byRpcMs = medianOf(
      await each(() => api.library.datasets({ campaignIds: [...ids], subjects: ["redis"] }), 3),
    );
    const address = `${origin}/data/datasets?campaigns=${ids.join(",")}&subjects=redis`;
    const byHttpMs = medianOf(
      await each(async () => (await fetch(address, { headers: { cookie } })).json(), 3),
    );
    return { listByRpcMs, byRpcMs, byHttpMs };
  } finally {
    websocket.terminate();
    await server.stop();
  }
}

/** The slowest of the figures that show Redis. */
function figures(datasets: readonly Dataset[]): Pick<WarmFigures, "figureMs" | "figure"> {
  const inputs = {
    datasets,
    distributions: new Map(),
    scale: "absolute",
    labelling: "measured",
    theme: { scheme: "light", text: "#1a1e23", grid: "#dde1e5", paper: "#ffffff", font: "sans-serif" },
  } as const;
  const drawn = figureDefinitions
    .filter(({ subjects, distributions }) => !distributions && (subjects?.includes("redis") ?? true))
    .map((definition) => {
      const startedAt = performance.now();
      definition.draw(inputs);
      return { figure: definition.title, figureMs: performance.now() - startedAt };
    })
    .toSorted((a, b) => b.figureMs - a.figureMs);
  return drawn[0] ?? { figure: "none", figureMs: 0 };
}

async function memory() {
  const { heapBytes } = await core.library.memory();
  return {
    loopP99Ms: loop.percentile(99) / 1e6,
    loopMaxMs: loop.max / 1e6,
    rssBytes: process.memoryUsage.rss(),
    peakRssBytes: Math.max(peakBytes, process.memoryUsage.rss()),
    workerHeapBytes: heapBytes,
  };
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function each(work: () => Promise<unknown>, count = times): Promise<number[]> {
  const ms: number[] = [];
  for (let index = 0; index < count; index += 1) ms.push(await msOf(work));
  return ms;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
