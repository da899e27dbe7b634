// Very many points: what is drawn of them loses no extreme, no look and no gap, and changes no value.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Figure, LineTrace } from "#shared/figures/figure.ts";
import { seenOf } from "#shared/figures/seen.ts";
import { drawnWhole, pointCount, thinned, thinnedText } from "#shared/figures/thin.ts";

const size = { width: 600, height: 300 };

function trace(
  mode: "lines" | "markers",
  ys: readonly (number | null)[],
  xs = ys.map((_, index) => index),
): LineTrace {
  return {
    type: "scatter",
    mode,
    name: "a",
    legendgroup: "a",
    showlegend: true,
    x: xs,
    y: ys,
    hovertext: ys.map((_, index) => `point ${index}`),
    hoverinfo: "text",
    customdata: ys.map((_, index) => `k${index}`),
    marker: {
      color: ys.map((_, index) => (index % 2 === 0 ? "#000" : "#b4bac0")),
      symbol: "circle",
      size: 8,
      line: { color: "#000", width: 1 },
    },
  };
}

const thin = (...data: LineTrace[]) => {
  const layout = {} as Figure["layout"];
  return thinned(data, seenOf({ data, layout }, size));
};

test("few points are drawn as they are", () => {
  const few = trace("markers", [1, 2, 3]);
  expect(thin(few)).toEqual({ data: [few], points: 3, drawn: 3 });
  expect(thinnedText({ points: 3, drawn: 3 })).toBe("");
});

test("a line keeps the lowest and highest value of each pixel column, its ends and its gaps, in order", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 50, maxLength: 200 }),
      (some) => {
        const ys = Array.from({ length: 12_000 }, (_, index) =>
          index === 6000 ? null : (some[(index * 7919) % some.length] ?? 0) + index / 1000,
        );
        const whole = trace("lines", ys);
        const { data, points, drawn } = thin(whole);
        const [line] = data as [LineTrace];
        expect(points).toBe(11_999);
        expect(drawn).toBeLessThan(4 * size.width + 10);
        expect(line.y).toContain(null);
        const column = (x: number | string | null) => Math.floor((Number(x) / 11_999) * size.width);
        const extremes = ({ x, y }: LineTrace) => {
          const ends = new Map<number, [number, number]>();
          for (const [index, value] of y.entries()) {
            if (typeof value !== "number") continue;
            const own = Math.min(size.width, column(x[index] ?? 0));
            const [low, high] = ends.get(own) ?? [Infinity, -Infinity];
            ends.set(own, [Math.min(low, value), Math.max(high, value)]);
          }
          return ends;
        };
        expect(extremes(line)).toEqual(extremes(whole));
        expect([line.x[0], line.x.at(-1)]).toEqual([0, 11_999]);
        expect(line.x).toEqual(line.x.toSorted((a, b) => Number(a) - Number(b)));
        // Each point that is left is one of the points, with all that belongs to it.
        for (const [index, x] of line.x.entries()) {
          expect(line.y[index]).toBe(ys[Number(x)]);
          expect(line.customdata?.[index]).toBe(`k${x}`);
          expect((line.marker.color as readonly string[])[index]).toBe(
            (whole.marker.color as readonly string[])[Number(x)],
          );
        }
      },
    ),
    { numRuns: 5 },
  );
});

test("of a cloud one point of each look stands at a place, and says how many it covers", () => {
  const xs = Array.from({ length: 10_000 }, (_, index) => (index < 9998 ? 0 : 1));
  const { data, drawn } = thin(
    trace(
      "markers",
      xs.map((x) => x),
      xs,
    ),
  );
  const [cloud] = data as [LineTrace];
  expect(drawn).toBe(4);
  expect(cloud.hovertext?.[0]).toBe("point 0<br>4998 more points at this place");
  expect(new Set(cloud.marker.color as readonly string[]).size).toBe(2);
});

test("a line that turns back keeps the points where it enters and leaves a pixel", () => {
  const angles = Array.from({ length: 20_000 }, (_, index) => (index / 20_000) * 2 * Math.PI);
  const { data, drawn } = thin(trace("lines", angles.map(Math.sin), angles.map(Math.cos)));
  expect(drawn).toBeLessThan(drawnWhole);
  const [circle] = data as [LineTrace];
  expect(Math.max(...circle.y.map(Number))).toBeCloseTo(1, 3);
});

test("zoomed in, more of the points in view are drawn", () => {
  const ys = Array.from({ length: 50_000 }, (_, index) => Math.sin(index));
  const line = trace("lines", ys);
  const layout = {} as Figure["layout"];
  const near = thinned([line], seenOf({ data: [line], layout }, size, { xaxis: [1000, 1100] }));
  const shown = (near.data[0] as LineTrace).x.filter((x) => Number(x) >= 1000 && Number(x) <= 1100);
  expect(shown).toHaveLength(101);
  expect(pointCount(near.data)).toBeLessThan(120);
  expect(thinnedText(near)).toContain("50\u00A0000 points, drawn as");
});
