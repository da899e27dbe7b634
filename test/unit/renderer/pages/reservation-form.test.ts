// The reservation's fields: whole host and single nodes, quick choices, and the way to the model and back.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  byNode,
  countText,
  forWholeHost,
  nothingReserved,
  toPages,
  toReservationForm,
  withCount,
} from "#renderer/wizards/configuration/pages/reservation-form.ts";
import { quickPicks } from "#renderer/wizards/configuration/pages/quick-picks.ts";
import { reservationsOf } from "#shared/environments/huge-page-pools.ts";
import { anyConfiguration } from "../../../fixtures/any-configuration.ts";
import { fourNodesServer, serverFacts } from "../../../fixtures/servers.ts";

test("a node's numbers are rows in order, and a row without any goes", () => {
  const both = withCount(withCount(nothingReserved, 2048, 3, "5"), 1_048_576, 0, "1");
  expect(both.perNode).toEqual([
    { node: "0", hugePages2M: "", hugePages1G: "1" },
    { node: "3", hugePages2M: "5", hugePages1G: "" },
  ]);
  expect(countText(both, 2048, 3)).toBe("5");
  expect(withCount(both, 2048, 3, "").perNode.map(({ node }) => node)).toEqual(["0"]);
  expect(withCount(nothingReserved, 2048, null, "7").hugePages2M).toBe("7");
});

test("numbers of the whole host are shared out, and are the same ones when they are put together again", () => {
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.option(fc.nat(20)),
      fc.integer({ min: 1, max: 8 }),
      (small, large, nodes) => {
        const form = {
          ...nothingReserved,
          hugePages2M: String(small),
          hugePages1G: large === null ? "" : String(large),
        };
        const shared = byNode(
          form,
          Array.from({ length: nodes }, (_, node) => node),
        );
        const counts = shared.perNode.map(({ hugePages2M }) => Number(hugePages2M));
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        expect(forWholeHost(shared)).toEqual(form);
      },
    ),
  );
  const named = { ...nothingReserved, hugePages2M: "9", hugePagesNode: "2" };
  expect(byNode(named, [0, 1, 2]).perNode).toEqual([{ node: "2", hugePages2M: "9", hugePages1G: "" }]);
});

test("what pages reserve comes back from the fields", () => {
  fc.assert(
    fc.property(anyConfiguration, ({ pages }) => {
      expect(reservationsOf(toPages(toReservationForm(pages)))).toEqual(reservationsOf(pages));
    }),
  );
  expect(toPages({ ...nothingReserved, hugePages2M: "many", hugePages1G: " 3 " })).toEqual({
    hugePages1G: 3,
  });
});

test("quick choices are whole pages of what is free on a node, or on all", () => {
  const facts = serverFacts(fourNodesServer, "sut");
  const texts = (size: 2048 | 1_048_576, node: number | null) =>
    quickPicks(size, facts).map(({ text }) => text(node));
  // 62 of 64 GiB of each node are free.
  expect(texts(2048, 1)).toEqual(["", "0", "7936", "15872"]);
  expect(texts(1_048_576, 1)).toEqual(["", "0", "15", "31"]);
  expect(texts(1_048_576, null)).toEqual(["", "0", "62", "124"]);
  expect(quickPicks(2048, null).map(({ label }) => label)).toEqual(["As it is", "None"]);
});
