// Ladders and evidence of a campaign that walks from one configuration to another.
import { expect, test } from "vitest";
import { campaignDataset } from "#shared/dataset/campaign-dataset.ts";
import { evidenceFigure } from "#shared/figures/beyond/evidence.ts";
import { ladderDefinition } from "#shared/figures/beyond/ladder.ts";
import { ladderFigures } from "#shared/figures/ladder-figure.ts";
import type { BarTrace, LineTrace } from "#shared/figures/figure.ts";
import { pointOfKey, type OverlayInputs } from "#shared/figures/overlay.ts";
import { walkCampaign as campaign, walkResults as results, wirePath } from "../../sample-walk.ts";

const theme = {
  scheme: "light",
  text: "#111111",
  grid: "#dddddd",
  paper: "#ffffff",
  font: "sans-serif",
} as const;
const dataset = campaignDataset({
  campaign,
  status: "complete",
  results,
  networkPath: wirePath,
  startedAt: new Map(),
  facts: null,
  environmentFacts: {},
});
const inputs: OverlayInputs = {
  datasets: [dataset],
  distributions: new Map(),
  scale: "absolute",
  labelling: "measured",
  theme,
};

test("each ladder, condition and primary metric is one to choose; its bars are those of the results page", () => {
  const variants = ladderDefinition.variants?.(inputs) ?? [];
  const pages = ladderFigures({ campaign, results, networkPath: wirePath, theme });
  expect(variants.length).toBeGreaterThan(0);
  expect(variants.map(({ title }) => title)).toEqual(pages.map(({ title }) => title));
  for (const [index, { id }] of variants.entries()) {
    const [bars] = (ladderDefinition.draw({ ...inputs, variant: id })?.data ?? []) as BarTrace[];
    const [page] = (pages[index]?.data ?? []) as BarTrace[];
    expect(bars?.x).toEqual(page?.x);
    expect(bars?.base).toEqual(page?.base);
    expect(bars?.y).toEqual(page?.y);
    expect(bars?.hovertext).toEqual(page?.hovertext);
    for (const key of (bars?.customdata ?? []).filter((each) => each !== ""))
      expect(dataset.points.some(({ id: point }) => point === pointOfKey(key)?.pointId)).toBe(true);
  }
});

test("the evidence of a configuration and workload is the worst of its points", () => {
  const traces = (evidenceFigure.draw(inputs)?.data ?? []) as LineTrace[];
  expect(traces.length).toBeGreaterThan(0);
  const order = ["not-held", "unknown", "held"];
  for (const { legendgroup, customdata = [] } of traces)
    for (const key of customdata) {
      const point = dataset.points.find(({ id }) => id === pointOfKey(key)?.pointId);
      const own = dataset.points.filter(
        (each) =>
          each.slot === point?.slot &&
          each.subject === point.subject &&
          each.primary &&
          each.evidence !== null,
      );
      const worst = order.find((verdict) => own.some(({ evidence }) => evidence === verdict));
      expect(legendgroup).toBe(worst);
    }
  const judged = new Set(
    dataset.points
      .filter(({ primary, evidence }) => primary && evidence !== null)
      .map(({ slot, subject }) => `${slot} ${subject}`),
  );
  expect(traces.flatMap(({ customdata = [] }) => customdata)).toHaveLength(judged.size);
});
