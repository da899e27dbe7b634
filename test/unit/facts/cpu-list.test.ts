import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatCpuList, parseCpuList } from "#shared/facts/cpu-list.ts";
import { cpuListSchema } from "#shared/model/text.ts";

test("ranges and single CPUs, in any order", () => {
  expect(parseCpuList("16-18,0-2,7\n")).toEqual([0, 1, 2, 7, 16, 17, 18]);
  expect(parseCpuList("")).toEqual([]);
  expect(formatCpuList([7, 0, 2, 1, 16, 17, 17])).toBe("0-2,7,16-17");
});

test.each(["a", "3-1", "1,,2", "-1", "0-", "0-9999999", "0-65536", "1;2"])("%s is no CPU list", (text) => {
  expect(parseCpuList(text)).toBeNull();
});

test("every set of CPUs survives being written and read, and is a list that a form accepts", () => {
  const cpus = fc.uniqueArray(fc.nat(1023), { minLength: 1 });
  fc.assert(
    fc.property(cpus, (set) => {
      const text = formatCpuList(set);
      expect(parseCpuList(text)).toEqual(set.toSorted((a, b) => a - b));
      expect(cpuListSchema.parse(text)).toBe(text);
    }),
  );
});
