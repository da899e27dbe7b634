// Numbers as text.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  bytesText,
  durationText,
  meanText,
  ratioText,
  ratioWithInterval,
  shareText,
  significant,
} from "#shared/report/number.ts";

const space = "\u00A0";

test("significant digits are kept, whole digits never lost", () => {
  const texts = [12.345, 0.0012345, 9.996, 1234.5, 123456.7, -4.5678, 0, Number.NaN].map((value) =>
    significant(value),
  );
  expect(texts).toEqual(["12.3", "0.00123", "10.0", "1235", `123${space}457`, "-4.57", "0", "–"]);
});

test("what is written differs from the value by at most half of its last digit", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
      fc.integer({ min: 1, max: 6 }),
      (value, digits) => {
        const read = Number(significant(value, digits).replaceAll(space, ""));
        expect(Math.abs(read - value) / value).toBeLessThanOrEqual(0.5 * 10 ** (1 - digits) * (1 + 1e-9));
      },
    ),
  );
});

test("a mean has as many decimals as its deviation makes sensible", () => {
  expect(meanText(12.3456, 0.0234)).toBe("12.346 ± 0.023");
  expect(meanText(123456.7, 2345.6)).toBe(`123${space}457 ± 2346`);
  expect(meanText(12.3456, null)).toBe("12.35");
  expect(meanText(5, 0)).toBe("5.000");
  expect(meanText(null, null)).toBe("–");
});

test("ratios have three decimals near 1, and their interval beside them", () => {
  expect([0.87, 12.345, 0.01234].map(ratioText)).toEqual(["0.870", "12.3", "0.0123"]);
  expect(ratioWithInterval({ value: 0.87, interval: [0.85, 0.8904] })).toBe("0.870 (0.850 to 0.890)");
  expect(ratioWithInterval({ value: 0.87, interval: null })).toBe("0.870");
});

test("durations have two units, and carry over where rounding fills one", () => {
  const texts = [0.44, 9.96, 59.6, 200, 240, 3599.7, 7500, 86_399, 100_000].map(durationText);
  expect(texts).toEqual([
    "0.4 s",
    "10 s",
    "1 min",
    "3 min 20 s",
    "4 min",
    "1 h",
    "2 h 5 min",
    "1 d",
    "1 d 4 h",
  ]);
});

test("bytes are powers of 1024", () => {
  expect([0, 1023, 1536, 2 ** 30, 1024 ** 2 - 1, 123.4 * 2 ** 20].map(bytesText)).toEqual([
    "0 B",
    "1023 B",
    "1.5 KiB",
    "1 GiB",
    "1 MiB",
    "123 MiB",
  ]);
});

test("a share is told as per cent, with a decimal where it is small", () => {
  expect([0.339, 0.0214, -0.04, -0.0000195, 1, 0.0995, Number.NaN].map(shareText)).toEqual([
    "34 %",
    "2.1 %",
    "-4.0 %",
    "0.0 %",
    "100 %",
    "10 %",
    "–",
  ]);
});
