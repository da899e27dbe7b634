// Figures as data: what is drawn, and that Plotly accepts it.
import { expect, test } from "vitest";
import type { BarTrace, Figure, FigureInputs, LineTrace } from "#shared/figures/figure.ts";
import type { FigureTheme } from "#shared/figures/palette.ts";
import { configurationColor, environmentColors, indistinguishableColor } from "#shared/figures/palette.ts";
import { figures } from "#shared/figures/registry.ts";
import { ladderFigures } from "#shared/figures/ladder-figure.ts";
import { startUpFigures } from "#shared/figures/start-up-figure.ts";
import { shareText } from "#shared/report/number.ts";
import { dockerNat, sampleCampaign } from "../sample-campaign.ts";
import { emptyResults, finishedCampaign as campaign, finishedResults as results } from "../sample-results.ts";
import { walkCampaign, walkResults, wirePath } from "../sample-walk.ts";

const theme: FigureTheme = {
  scheme: "light",
  text: "#1a1e23",
  grid: "#dde1e5",
  paper: "#ffffff",
  font: "sans-serif",
};
const inputs: FigureInputs = { campaign, results, theme, networkPath: null };
const walked = { ...inputs, campaign: walkCampaign, results: walkResults, networkPath: wirePath };
const grey = indistinguishableColor.light;
const { native, docker, kvm } = environmentColors.light;

test("bars stand for means, with intervals; grey is not distinguishable, hatched is emulated", () => {
  const [figure, ...others] = figures.stream(inputs);
  expect(others).toEqual([]);
  const bars = barsOf(figure).filter(({ showlegend }) => !showlegend);
  expect(bars.map(({ name, marker }) => [name, marker.color, marker.pattern.shape])).toEqual([
    ["Native", [native, native], ["", ""]],
    ["Native (A/A control)", [grey, grey], ["", ""]],
    ["Docker, NAT", [grey, grey], ["", ""]],
    ["KVM", [kvm, kvm], ["/", "/"]],
  ]);
  expect(bars.map(({ marker }) => marker.line.color)).toEqual([
    native,
    configurationColor("light", "native", 1),
    docker,
    kvm,
  ]);
  expect(bars[0]?.x).toEqual(["TRIAD", "COPY"]);
  expect(bars[0]?.y[0]).toBeCloseTo(10.0125, 12);
  // t(0.975, 3) * s / sqrt(4) of 10, 10.1, 9.9, 10.05.
  expect(bars[0]?.error_y?.array[0]).toBeCloseTo(0.1358765, 5);
  expect(figure?.layout).toMatchObject({
    title: {
      text: "STREAM: memory bandwidth",
      subtitle: { text: "Two hosts (198.18.1.2), 2026-01-02, 4 blocks; mean with 95 % interval" },
    },
    yaxis: { title: { text: "GB/s (higher is better)" }, rangemode: "tozero" },
  });
});

test("the legend explains colours, grey and hatching, and takes no room among the bars", () => {
  const keys = barsOf(figures.stream(inputs)[0]).filter(({ showlegend }) => showlegend);
  expect(keys.map(({ name }) => name)).toEqual([
    "Native",
    "Native (A/A control)",
    "Docker, NAT",
    "KVM",
    "grey: not distinguishable from native",
    "hatched: not proven (emulated)",
  ]);
  expect(keys.every(({ y }) => y.every((value) => value === null))).toBe(true);
});

test("curves run over the number of clients, and metrics that were not measured have no figure", () => {
  const found = figures.redis(inputs);
  expect(found.map(({ id }) => id)).toEqual(["redis-throughput"]);
  const curves = linesOf(found[0]).filter(({ mode }) => mode === "lines+markers");
  expect(curves.map(({ name, x, line }) => [name, x, line?.color, line?.dash])).toEqual([
    ["Native", [50], native, "solid"],
    ["Native (A/A control)", [50], configurationColor("light", "native", 1), "dash"],
    ["Docker, NAT", [50], docker, "solid"],
    ["KVM", [50], kvm, "solid"],
  ]);
  expect(curves[3]?.marker.symbol).toEqual(["circle-x-open"]);
  expect(found[0]?.layout.xaxis.title.text).toBe("Clients");
});

test("what lacks evidence is hatched or crossed like what is emulated, and the legend tells the two apart", () => {
  const points = linesOf(figures.redis(walked)[0]);
  const nat = points.find(({ name }) => name === "Docker nat");
  expect(nat?.marker.symbol).toEqual(["circle-x-open"]);
  expect(nat?.hovertext?.[0]).toContain("<br>evidence: not held");
  expect(points.find(({ name }) => name === "Native")?.hovertext?.[0]).toContain("<br>evidence: held");
  expect(points.map(({ name }) => name)).toContain("crossed: evidence missing or not held");
  const rows = results.rows.map((row) => (row.emulated ? row : { ...row, evidence: "unknown" as const }));
  const bars = barsOf(figures.stream({ ...inputs, results: { ...results, rows } })[0]);
  expect(bars.slice(0, 4).map(({ marker }) => marker.pattern.shape)).toEqual(
    Array.from({ length: 4 }, () => ["/", "/"]),
  );
  expect(bars.slice(-2).map(({ name }) => name)).toEqual([
    "hatched: not proven (emulated)",
    "hatched: evidence missing or not held",
  ]);
});

test("figures of a network workload say over which path, and where no packet crosses a wire", () => {
  const subtitle = (change: Partial<typeof inputs>) =>
    figures.redis({ ...inputs, ...change })[0]?.layout.title.subtitle.text.split("<br>")[1];
  const demo = { ...campaign, lab: { ...campaign.lab, demo: true } };
  const same = { ...wirePath, loadgenInterface: "eth2" };
  expect(subtitle({ campaign: demo })).toBe("no wire: both hosts are one machine");
  expect(subtitle({ networkPath: { ...wirePath, sameMachine: true } })).toBe(
    "no wire: both hosts are one machine",
  );
  expect(subtitle({ networkPath: { ...wirePath, loopback: true } })).toBe("no wire: the path is loopback");
  expect(subtitle({ networkPath: same })).toBe("10 Gb/s path over eth2");
  expect(subtitle({ networkPath: { ...wirePath, via: "10.0.0.1", capacityMbps: 100 } })).toBe(
    "100 Mb/s path from eth1 to eth2 through 10.0.0.1",
  );
  expect(subtitle({ networkPath: { ...same, capacityMbps: null } })).toBe(
    "path of unknown capacity over eth2",
  );
  expect(subtitle({})).toBe("network path not recorded");
  expect(figures.stream({ ...inputs, networkPath: wirePath })[0]?.layout.title.subtitle.text).not.toContain(
    "path",
  );
});

test("a ladder is a waterfall: each bar reaches from the value before to the value after", () => {
  const found = ladderFigures(walked);
  expect(found.map(({ id, title }) => [id, title])).toEqual([
    ["ladder-walk-stream-quick-triad", "Docker's network: STREAM, TRIAD"],
    ["ladder-walk-redis-c50-throughput", "Docker's network: Redis, 50 clients, Throughput"],
  ]);
  const [bar, ...keys] = barsOf(found[1]);
  expect(bar?.x).toEqual(["Docker proxy", "1. Docker nat", "2. Docker host", "The whole way"]);
  expect(bar?.base).toEqual([0, 71_150, 91_200, 71_150]);
  expect(bar?.y).toEqual([71_150, 20_050, 15_700, 35_750]);
  expect(bar?.marker.pattern.shape).toEqual(["", "/", "/", ""]);
  expect(bar?.error_y?.array[3]).toBe(0);
  expect(bar?.customdata).toEqual([
    "docker-proxy/redis-c50/throughput",
    "docker-nat/redis-c50/throughput",
    "docker-host/redis-c50/throughput",
    "",
  ]);
  expect(keys.map(({ name }) => name)).toEqual(["hatched: evidence missing or not held"]);
  const ladder = walkResults.ladders.find(({ conditionId }) => conditionId === "redis-c50");
  expect(bar?.hovertext?.[1]).toContain(
    `<br>${shareText(ladder?.steps[1]?.share ?? 0)} of the whole way<br>`,
  );
  expect(bar?.hovertext?.[3]).toMatch(/^The whole way<br>from 71.150 to 106.900 1\/s<br>1\.502 \(/);
  const [stream, grey1] = barsOf(found[0]);
  expect(stream?.marker.color).toContain(grey);
  expect(grey1?.name).toBe("grey: not distinguishable from the step before");
});

test("start-up is a bar for each environment that started, on a logarithmic axis where they lie far apart", () => {
  const [figure] = startUpFigures(walked);
  const [bar] = barsOf(figure);
  expect(bar?.x).toEqual(["Native", "Native (A/A control)", "Docker proxy", "Docker nat"]);
  expect(bar?.y[2]).toBeCloseTo(0.625, 12);
  expect(figure?.layout.yaxis).toMatchObject({
    type: "log",
    range: [-2, 0],
    title: { text: "s (lower is better), logarithmic" },
  });
  const near = walkResults.startUp.filter(({ slot }) => slot.startsWith("docker"));
  const [linear] = startUpFigures({ ...walked, results: { ...walkResults, startUp: near } });
  expect(linear?.layout.yaxis).toMatchObject({ rangemode: "tozero", title: { text: "s (lower is better)" } });
  expect(linear?.workload).toBeNull();
});

test("nothing measured makes no figure", () => {
  const empty = { ...inputs, results: emptyResults };
  const every = [...Object.values(figures), ladderFigures, startUpFigures];
  expect(every.flatMap((make) => make(empty))).toEqual([]);
});

test("labels that people typed are shown as they stand", () => {
  const typed = sampleCampaign({
    configurations: [{ ...dockerNat, label: "<a href='x'>y</a> & z" }],
    blocks: 4,
  });
  const [figure] = figures.redis({ ...inputs, campaign: typed });
  expect(figure?.data[0]?.name).toBe("&lt;a href='x'&gt;y&lt;/a&gt; &amp; z");
});

test.each([
  ["light", "#ffffff"],
  ["dark", "#181c20"],
] as const)("every colour of the %s palette stands out 3 to 1 from its background", (scheme, paper) => {
  for (const environment of ["native", "docker", "kvm"] as const)
    for (const index of [0, 1, 2])
      expect(contrast(configurationColor(scheme, environment, index), paper)).toBeGreaterThan(3);
});

function barsOf(figure: Figure | undefined): BarTrace[] {
  return (figure?.data ?? []).filter((trace) => trace.type === "bar");
}

function linesOf(figure: Figure | undefined): LineTrace[] {
  return (figure?.data ?? []).filter((trace) => trace.type === "scatter");
}

/** Contrast ratio of WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [one, other].map(luminance).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
