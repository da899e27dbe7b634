// Figures as data: what is drawn, and that Plotly accepts it.
import { expect, test } from "vitest";
import type { BarTrace, Figure, LineTrace } from "#shared/figures/figure.ts";
import type { FigureTheme } from "#shared/figures/palette.ts";
import { configurationColor, environmentColors, indistinguishableColor } from "#shared/figures/palette.ts";
import { figures } from "#shared/figures/registry.ts";
import { dockerNat, sampleCampaign } from "../sample-campaign.ts";
import { emptyResults, finishedCampaign as campaign, finishedResults as results } from "../sample-results.ts";

const theme: FigureTheme = {
  scheme: "light",
  text: "#1a1e23",
  grid: "#dde1e5",
  paper: "#ffffff",
  font: "sans-serif",
};
const inputs = { campaign, results, theme, networkPath: null };
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
    "hatched: emulated, not a result",
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

test("nothing measured makes no figure", () => {
  const empty = { ...inputs, results: emptyResults };
  expect(Object.values(figures).flatMap((make) => make(empty))).toEqual([]);
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
