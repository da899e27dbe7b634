import { describe, expect, test } from "vitest";
import {
  countFilters,
  filterChoices,
  noFilters,
  passes,
  readFilters,
  withFilters,
} from "#renderer/pages/library/library-filters.ts";
import { library } from "../../e2e/fixtures/sample-library.ts";

const entries = library(60);
const shown = (filters: Partial<typeof noFilters>) =>
  entries.filter((entry) => passes(entry, { ...noFilters, ...filters }));

describe("filters of the library", () => {
  test("come back from the address as they were, and leave the rest of it", () => {
    const filters = {
      ...noFilters,
      status: ["failed", "paused"],
      tag: ["a, b & c"],
      from: "2026-11-01",
      archived: "only",
      damaged: true,
    } as const;
    const search = withFilters(new URLSearchParams("q=redis&status=ready"), filters);
    expect(readFilters(search)).toEqual(filters);
    expect(search.get("q")).toBe("redis");
    expect(withFilters(search, noFilters).toString()).toBe("q=redis");
    expect(countFilters(filters)).toBe(5);
  });

  test("what is not understood is no condition", () => {
    expect(readFilters(new URLSearchParams("from=yesterday&archived=maybe&damaged=1"))).toEqual(noFilters);
  });

  test("any of a list, all of the lists; archived ones only where asked for", () => {
    expect(shown({}).some(({ archived }) => archived)).toBe(false);
    expect(shown({ archived: "only" }).length + shown({}).length).toBe(entries.length);
    const some = shown({ status: ["complete", "failed"], tag: ["nightly"] });
    expect(some.length).toBeGreaterThan(0);
    for (const entry of some) {
      expect(["complete", "failed"]).toContain(entry.status);
      expect(entry.tags).toContain("nightly");
    }
    expect(shown({ damaged: true }).map(({ name }) => name)).toEqual(["Memory bandwidth 1"]);
  });

  test("both days of a range belong to it", () => {
    const [newest] = entries;
    const at = new Date(newest?.createdAt ?? "");
    const two = (value: number) => String(value).padStart(2, "0");
    const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
    expect(shown({ from: day, to: day })).toContain(newest);
    expect(shown({ to: "2000-01-01" })).toEqual([]);
  });

  test("a filter offers what some campaign has, once and in order", () => {
    expect(filterChoices(entries, "origin")).toEqual(["demo", "here", "imported"]);
    expect(filterChoices(entries, "tag")).toEqual(["after BIOS 2.4", "nightly"]);
  });
});
