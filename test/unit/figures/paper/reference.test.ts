// The paper's figures drawn of the reference data, number by number against the file, and against what its authors wrote.
import { describe, expect, test } from "vitest";
import { studentQuantile } from "#shared/stats/student.ts";
import { draw, file, filePoints, inputs, marks, paper } from "./drawn.ts";

const bars = [1, 2, 3, 4, 5, 7, 8, 10, 11] as const;
/** Swept term of the curves over load. */
const curves = { 13: "clients", 14: "clients", 16: "users", 18: "users" } as const;

describe("bars", () => {
  test.each(bars)(
    "figure %i: every height and every interval is that of the file, and no other",
    (number) => {
      const drawn = marks(draw(number, inputs([paper])));
      const points = filePoints(number);
      expect(drawn.map(({ point }) => point).toSorted()).toEqual(points.map(({ id }) => id).toSorted());
      for (const { id, mean, ...repeats } of points) {
        const mark = drawn.find(({ point }) => point === id);
        expect(mark?.y).toBe(mean);
        const ends = intervalOf({ mean, ...repeats });
        expect(mean + (mark?.up ?? 0)).toBeCloseTo(ends[1], 9);
        expect(mean - (mark?.down ?? 0)).toBeCloseTo(ends[0], 9);
      }
    },
  );

  test("what was run once or not stated has no interval, not one of no width", () => {
    for (const number of [7, 8, 10, 11])
      for (const { error_y: errors } of draw(number, inputs([paper])).data) expect(errors).toBeUndefined();
    const [read] = marks(draw(10, inputs([paper])));
    expect(read?.hover).toContain("no interval");
    expect(read?.hover).toContain("within-run stdev");
    expect(marks(draw(7, inputs([paper])))[0]?.hover).toContain("number of repeats not stated");
  });

  test("groups are named in words and stand in the paper's order", () => {
    const named = (number: number) => [
      ...new Set(marks(draw(number, inputs([paper]))).map(({ place }) => place)),
    ];
    expect(named(1)).toEqual(["45\u00A0000 equations, 2 sockets"]);
    expect(named(2)).toEqual(["Copy", "Scale", "Add", "Triad"]);
    expect(named(7)).toEqual(["The system under test transmits", "The system under test receives"]);
    expect(named(11)).toEqual([
      "Random read, 4 KiB, 128 under way",
      "Random write, 4 KiB, 128 under way",
      "Random, 70 % reads, 4 KiB, 256 under way",
    ]);
  });
});

describe("curves", () => {
  test.each([13, 14, 16, 18] as const)("figure %i: every x, y and interval is that of the file", (number) => {
    const drawn = marks(draw(number, inputs([paper]))).filter(({ axis }) => axis === "y");
    const points = filePoints(number);
    expect(drawn.map(({ point }) => point).toSorted()).toEqual(points.map(({ id }) => id).toSorted());
    for (const { id, mean, terms, ...repeats } of points) {
      const mark = drawn.find(({ point }) => point === id);
      expect([mark?.x, mark?.y]).toEqual([terms[curves[number]], mean]);
      expect(mean + (mark?.up ?? 0)).toBeCloseTo(intervalOf({ mean, ...repeats })[1], 9);
    }
  });

  test("figures 13 and 16: below, what is lost against native at the same load, %", () => {
    for (const number of [13, 16]) {
      const figure = draw(number, inputs([paper]));
      const lost = marks(figure).filter(({ axis }) => axis === "y2");
      const points = new Map(filePoints(number).map((each) => [each.id, each]));
      expect(lost).toHaveLength([...points.values()].filter(({ env }) => env !== "native").length);
      for (const { point, y } of lost) {
        const own = points.get(point);
        const native = [...points.values()].find(
          (each) =>
            each.env === "native" &&
            each.terms["op"] === own?.terms["op"] &&
            JSON.stringify(each.x) === JSON.stringify(own?.x),
        );
        expect(y).toBeCloseTo(100 * (1 - (own?.mean ?? 0) / (native?.mean ?? 0)), 9);
      }
      expect(figure.layout.yaxis2?.title.text).toBe("loss against<br>native, %");
    }
  });

  test("figures 17 and 19: throughput over CPU use and over latency of the same load", () => {
    for (const [number, xFigure] of [
      [17, 17],
      [19, 18],
    ] as const) {
      const drawn = marks(draw(number, inputs([paper])));
      const xs = filePoints(xFigure);
      const ys = filePoints(16);
      expect(drawn).toHaveLength(ys.length);
      for (const { id, mean, env, x } of ys) {
        const mark = drawn.find(({ point }) => point === id);
        const other = xs.find((each) => each.env === env && each.x["users"] === x["users"]);
        expect([mark?.x, mark?.y]).toEqual([other?.mean, mean]);
      }
    }
  });
});

test("figure 12: the percentiles that fio printed, on a logarithmic axis; the re-run is not drawn", () => {
  const figure = draw(12, inputs([paper]));
  const shown = file.cdfs.filter(({ figure: of, primary }) => of === 12 && primary);
  expect(shown).toHaveLength(3);
  expect(figure.data.map(({ name, x, y }) => [name, x, y])).toEqual(
    ["native", "docker", "kvm"].map((env) => {
      const cdf = shown.find((each) => each.env === env);
      return [
        { native: "Native", docker: "Docker", kvm: "KVM" }[env],
        cdf?.value_us,
        cdf?.percentile.map((percent) => 100 * (percent / 100)),
      ];
    }),
  );
  expect(figure.layout.xaxis.type).toBe("log");
  expect(figure.layout.xaxis.ticktext).toContain("500");
});

describe("the authors' numbers, as felter2014.md (section 5) has them", () => {
  const ratio = (number: number, env: string, accepts: (id: string, place: string) => boolean = () => true) =>
    marks(draw(number, inputs([paper], { scale: "relative" })))
      .filter(({ point, place }) => point.includes(`.${env}`) && accepts(point, place))
      .map(({ y }) => y);

  test("LINPACK: Docker 1.000 and KVM 0.448 of native; 130.3 against 290.8 GFLOP/s", () => {
    expect(ratio(1, "docker")[0]).toBeCloseTo(1, 3);
    expect(ratio(1, "kvm")[0]).toBeCloseTo(0.448, 3);
    const heights = marks(draw(1, inputs([paper]))).map(({ y }) => Number(y.toFixed(1)));
    expect(heights).toEqual([290.8, 290.9, 130.3]);
  });

  test("RandomAccess: KVM 0.860 and Docker 0.999 on one socket; 0.989 and 0.983 on two", () => {
    expect([ratio(4, "kvm")[0], ratio(4, "docker")[0]].map((each) => each?.toFixed(3))).toEqual([
      "0.860",
      "0.999",
    ]);
    expect([ratio(5, "kvm")[0], ratio(5, "docker")[0]].map((each) => each?.toFixed(3))).toEqual([
      "0.989",
      "0.983",
    ]);
  });

  test("netperf: KVM adds 80.8 % to a TCP round trip and 77.6 % to one over UDP", () => {
    const [tcp, udp] = ratio(8, "kvm.latency");
    expect([tcp?.toFixed(3), udp?.toFixed(3)]).toEqual(["1.808", "1.776"]);
  });

  test("fio: random reads, writes and the mix in KVM are 0.549, 0.529 and 0.485 of native; Docker 1.000", () => {
    expect(ratio(11, "kvm").map((each) => each.toFixed(3))).toEqual(["0.549", "0.529", "0.485"]);
    for (const each of ratio(11, "docker")) expect(each).toBeCloseTo(1, 2);
  });

  test("MySQL: KVM loses 40.1 to 62.9 %; Docker with the host's network and a volume has 0.982 to 0.991 from 190 threads on", () => {
    const lost = marks(draw(16, inputs([paper])))
      .filter(({ axis, point }) => axis === "y2" && point.includes(".kvm/"))
      .map(({ y }) => y);
    expect([Math.min(...lost).toFixed(1), Math.max(...lost).toFixed(1)]).toEqual(["40.1", "62.9"]);
    const docker = marks(draw(16, inputs([paper], { scale: "relative" })))
      .filter(({ point, x }) => point.includes(".docker-host/") && x >= 190)
      .map(({ y }) => y);
    expect([Math.min(...docker).toFixed(3), Math.max(...docker).toFixed(3)]).toEqual(["0.982", "0.991"]);
  });
});

interface Repeats {
  readonly mean: number;
  readonly n: number | null;
  readonly stdev: number | null;
  readonly samples?: readonly number[] | undefined;
}

/** Student's t about the mean of the repeats, which the file rounds; about the mean itself where only their number and deviation were kept. */
function intervalOf({ mean, n, stdev, samples }: Repeats): [number, number] {
  if (samples === undefined) {
    if (n === null || n < 2 || stdev === null) return [mean, mean];
    const half = (studentQuantile(0.975, n - 1) * stdev) / Math.sqrt(n);
    return [mean - half, mean + half];
  }
  const middle = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  const squares = samples.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  const half =
    (studentQuantile(0.975, samples.length - 1) * Math.sqrt(squares / (samples.length - 1))) /
    Math.sqrt(samples.length);
  return [middle - half, middle + half];
}
