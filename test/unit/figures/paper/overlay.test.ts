// Several campaigns in the paper's figures: beside the recorded one, relative to native, under both labellings, in
// grey and hatched, a hundred of them, and with hostile names.
import { describe, expect, test } from "vitest";
import type { Figure } from "#shared/figures/figure.ts";
import { indistinguishableColor } from "#shared/figures/palette.ts";
import type { DataDistribution } from "#shared/model/dataset.ts";
import {
  copyOf,
  draw,
  inputs,
  marks,
  paper,
  paperDistributions,
  paperFigures,
  recorded,
  withPoints,
} from "./drawn.ts";

const grey = indistinguishableColor.light;

test("all sixteen figures of the paper with data are there, once, and the paper has each of them", () => {
  expect(paperFigures.map(({ number }) => number)).toEqual([
    1, 2, 3, 4, 5, 7, 8, 10, 11, 12, 13, 14, 16, 17, 18, 19,
  ]);
  for (const { number } of paperFigures)
    expect(draw(number ?? 0, inputs([paper])).data.length).toBeGreaterThan(0);
});

describe("a measured campaign beside the paper", () => {
  test("each configuration of both is there, with its own values; fill, symbol and legend tell the campaigns apart", () => {
    const figure = draw(3, inputs([paper, recorded]));
    const drawn = marks(figure);
    const own = recorded.points.filter(
      ({ subject, quantity }) => subject === "stream" && quantity === "bandwidth",
    );
    expect(own.length).toBeGreaterThan(0);
    const found = drawn.filter(({ campaign }) => campaign === recorded.id);
    expect(new Map(found.map(({ point, y }) => [point, y]))).toEqual(
      new Map(own.map(({ id, mean }) => [id, mean])),
    );
    expect(drawn.filter(({ campaign }) => campaign === paper.id)).toHaveLength(12);
    expect(figure.data.flatMap(({ legendgrouptitle }) => legendgrouptitle?.text ?? [])).toEqual([
      "A: Felter et al. 2014",
      `B: ${recorded.name}`,
    ]);
    expect(figure.layout.title.subtitle.text.replaceAll("<br>", " ")).toContain("demo lab: not a result");
    const fills = (campaign: string) =>
      new Set(
        drawn.filter((each) => each.campaign === campaign && each.color !== grey).map(({ color }) => color),
      );
    expect([...fills(paper.id)].filter((color) => fills(recorded.id).has(color))).toEqual([]);
  });

  test("bars of one group stand side by side, none on another", () => {
    const places = marks(draw(3, inputs([paper, recorded])))
      .map(({ x }) => x)
      .toSorted((a, b) => a - b);
    for (const [index, x] of places.entries())
      if (index > 0) expect(x - (places[index - 1] ?? x)).toBeGreaterThanOrEqual(1 - 1e-9);
  });

  test("network figures say that no packet crosses a wire; others do not", () => {
    const subtitle = (number: number) => draw(number, inputs([recorded])).layout.title.subtitle.text;
    expect(subtitle(13).replaceAll("<br>", " ")).toContain(recorded.network ?? "nothing");
    expect(subtitle(3)).not.toContain("no wire");
  });

  test("conditions that differ are named", () => {
    const subtitle = draw(13, inputs([paper, recorded])).layout.title.subtitle.text.replaceAll("<br>", " ");
    expect(subtitle).toMatch(/The conditions differ: .*pipeline 1, 10/u);
  });
});

describe("relative to native", () => {
  test("each point is the dataset's ratio, native is 1, and the axis says so", () => {
    const figure = draw(16, inputs([paper], { scale: "relative" }));
    for (const { point, y } of marks(figure)) {
      const own = paper.points.find(({ id }) => id === point);
      expect(y).toBe(own?.slot === "native" ? 1 : own?.ratio?.value);
    }
    expect(figure.layout.yaxis.title.text).toBe("ratio to native (higher is better)");
    expect(figure.layout.yaxis2).toBeUndefined();
    expect(figure.layout.shapes?.[0]).toMatchObject({ y0: 1, y1: 1, yref: "y" });
  });

  test("what has no native is left out and named", () => {
    const alone = withPoints(
      copyOf("alone", { slots: paper.slots.filter(({ slot }) => slot !== "native") }),
      (point) => ({ ...point, ratio: null }),
    );
    const figure = draw(1, inputs([paper, alone], { scale: "relative" }));
    expect(new Set(marks(figure).map(({ campaign }) => campaign))).toEqual(new Set([paper.id]));
    expect(figure.layout.title.subtitle.text.replaceAll("<br>", " ")).toContain(
      "Not drawn, no native to compare with: B Docker, B KVM.",
    );
  });
});

describe("labels", () => {
  const subtitle = (figure: Figure) => figure.layout.title.subtitle.text.replaceAll("<br>", " ");

  test("as measured: the series that the paper calls NAT ran on the host's network, with the reason", () => {
    const figure = draw(16, inputs([paper]));
    const names = new Set(
      marks(figure)
        .filter(({ axis }) => axis === "y")
        .map(({ name }) => name),
    );
    expect([...names]).toEqual([
      "Native",
      "Docker, host network",
      "Docker, NAT, AUFS",
      "Docker, host network, AUFS",
      "KVM",
    ]);
    expect(subtitle(figure)).toContain("the paper's label is “Docker, NAT”. A request behind NAT crosses");
  });

  test("as the paper labels it: the same values under its name, and the reason too", () => {
    const [measured, labelled] = (["measured", "paper"] as const).map((labelling) =>
      draw(16, inputs([paper], { labelling })),
    );
    if (measured === undefined || labelled === undefined) throw new Error("not drawn");
    const values = (figure: Figure) => marks(figure).map(({ point, y }) => [point, y]);
    expect(values(labelled)).toEqual(values(measured));
    const names = new Set(
      marks(labelled)
        .filter(({ point }) => point.includes("docker-host-aufs"))
        .map(({ name }) => name),
    );
    expect(names).toContain("Docker, NAT");
    expect(subtitle(labelled)).toContain(
      "by its data it is “Docker, host network, AUFS”. A request behind NAT",
    );
  });
});

describe("verdicts", () => {
  test("grey is what cannot be told from native; hatched or crossed what is emulated or without evidence", () => {
    const judged = withPoints(copyOf("judged"), (point) => ({
      ...point,
      distinguishable: point.slot.startsWith("docker") ? false : point.ratio === null ? null : true,
      emulated: point.slot === "kvm",
    }));
    for (const [number, doubt] of [
      [2, "/"],
      [16, "diamond-x-open"],
    ] as const) {
      const figure = draw(number, inputs([judged]));
      for (const mark of marks(figure).filter(({ axis }) => axis === "y")) {
        const slot = judged.points.find(({ id }) => id === mark.point)?.slot ?? "";
        expect([mark.color === grey, mark.shape === doubt]).toEqual([
          slot.startsWith("docker"),
          slot === "kvm",
        ]);
      }
      const keys = figure.data.map(({ name }) => name).join("; ");
      expect(keys).toContain("grey: not distinguishable from native");
      expect(keys).toMatch(/(hatched|crossed): not proven \(emulated\)/u);
    }
  });

  test("no texture of a campaign is hatching, and no two of eight campaigns look alike", () => {
    const eight = Array.from({ length: 8 }, (_, index) => copyOf(`c${index}`));
    const seen = draw(1, inputs(eight)).data.flatMap(({ marker, name, type }) =>
      type === "bar" && name === "KVM"
        ? [`${String(marker.color[0])} ${String(marker.pattern.shape[0])}`]
        : [],
    );
    expect(new Set(seen).size).toBe(8);
    expect(seen.join("")).not.toContain("/");
  });
});

test("a hundred campaigns: every point can be pointed at, in few traces, with a legend of environments", () => {
  const many = [paper, ...Array.from({ length: 99 }, (_, index) => copyOf(`copy-${index}`))];
  for (const number of [2, 16]) {
    const alone = marks(draw(number, inputs([paper]))).filter(({ axis }) => axis === "y");
    const figure = draw(number, inputs(many));
    expect(marks(figure)).toHaveLength(100 * alone.length);
    expect(new Set(marks(figure).map(({ campaign }) => campaign)).size).toBe(100);
    expect(figure.data.length).toBeLessThan(40);
    expect(figure.data.filter(({ showlegend }) => showlegend).length).toBeLessThanOrEqual(5);
    expect(figure.layout.title.subtitle.text).toContain("100 campaigns");
  }
});

describe("any data", () => {
  const hostile = `<b onmouseover="x()">&amp;</b><script>`.repeat(3);
  const nasty = withPoints(
    copyOf("nasty", {
      name: hostile,
      place: hostile,
      slots: paper.slots.map((slot) => ({ ...slot, label: `${slot.label} ${hostile}` })),
    }),
    (point) => ({
      ...point,
      conditionLabel: hostile,
      title: hostile,
      terms: { ...point.terms, kernel: hostile },
    }),
  );
  const broken = withPoints(copyOf("broken"), (point) => ({
    ...point,
    mean: point.id.endsWith("1") ? Number.NaN : point.mean,
    interval: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    ratio: point.ratio === null ? null : { value: Number.NaN, interval: [Number.NaN, Number.NaN] },
  }));
  const empty = copyOf("empty", { points: [], slots: [] });
  const zero: DataDistribution[] = paperDistributions.map((each) => ({
    ...each,
    values: each.values.map(() => 0),
  }));
  const distributions = new Map([
    [paper.id, paperDistributions],
    ["nasty", paperDistributions.map((each) => ({ ...each, conditionLabel: hostile, title: hostile }))],
    ["broken", zero],
  ]);
  const sets = [[paper], [recorded], [nasty], [broken], [empty], [paper, recorded, nasty, broken, empty]];
  const drawn = sets.flatMap((datasets) =>
    (["absolute", "relative"] as const).flatMap((scale) =>
      paperFigures.flatMap((each) => each.draw(inputs(datasets, { scale, distributions })) ?? []),
    ),
  );

  test("no number is NaN or infinite, and every axis has a title", () => {
    expect(drawn.length).toBeGreaterThan(100);
    for (const { data, layout } of drawn) {
      expect(numbersIn(data).every(Number.isFinite)).toBe(true);
      for (const each of [layout.xaxis, layout.yaxis, layout.xaxis2, layout.yaxis2])
        if (each !== undefined) expect(each.title.text).not.toBe("");
      expect(layout.yaxis.title.text).toMatch(
        /GFLOP\/s|GB\/s|GUP\/s|Mb\/s|MB\/s|1\/s|µs|ms|%|ratio to native/u,
      );
      for (const { x, y, hovertext, customdata, error_y: errors, text, meta } of data) {
        expect(y).toHaveLength(x.length);
        for (const list of [hovertext, customdata, errors?.array, errors?.arrayminus, text, meta])
          if (list !== undefined) expect(list).toHaveLength(x.length);
      }
    }
  });

  test("what people typed is text: no tag but the line break, anywhere", () => {
    // Plotly shows neither keys nor the names that tables take.
    const texts = JSON.stringify(
      drawn.map(({ data, layout }) => [
        data.map((trace) => ({ ...trace, customdata: [], meta: [] })),
        layout,
      ]),
    );
    expect(texts).toContain("&lt;script");
    const shown = texts.replaceAll("<br>", " ");
    const tag = shown.search(/<[a-z/]/iu);
    expect(tag < 0 ? "" : shown.slice(Math.max(0, tag - 60), tag + 20)).toBe("");
  });
});

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
