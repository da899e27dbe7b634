// Changes in force as they are judged and told: their state, their order, whose they are.
import { array, assert, constantFrom, date, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { foreignChangesText } from "#main/campaign/foreign-changes.ts";
import { byHandId, isByHand } from "#shared/changes/by-hand.ts";
import {
  changeState,
  coveredAlone,
  coveringChange,
  isSameList,
  keyOf,
} from "#shared/changes/host-changes.ts";
import { hugePagesChange } from "#shared/changes/huge-pages.ts";
import { byOwner } from "#shared/changes/owner-text.ts";
import { settingCheck } from "#shared/changes/setting-checks.ts";
import { thpChange } from "#shared/changes/thp.ts";
import type { Change, ChangeRecord } from "#shared/model/change.ts";
import { idSchema } from "#shared/model/text.ts";
import { sampleFacts } from "../../fixtures/sample-sut.ts";

const scripts = { "settings.sh": "/s/settings.sh" };
const thp = thpChange("enabled", "never", scripts);
const container: Change = { ...thp, kind: "container", target: "container tare-x", wanted: null };

function record(id: string, change: Partial<ChangeRecord> = {}): ChangeRecord {
  return {
    id,
    campaignId: "c",
    machine: "sut",
    change: thp,
    before: "madvise",
    status: "applied",
    at: "2026-11-24T06:00:00.000Z",
    ...change,
  };
}

test("two looks at a host are the same while they list the same changes in order, whatever state these are in", () => {
  const [one, two] = [record("c0001"), record("c0002")];
  expect(isSameList([], [])).toBe(true);
  expect(isSameList([one, two], [{ ...one, status: "undo-failed" }, two])).toBe(true);
  expect(isSameList([one, two], [two, one])).toBe(false);
  expect(isSameList([one], [one, two])).toBe(false);
  expect(isSameList([one], [{ ...one, campaignId: "d" }])).toBe(false);
});

describe("the state of a change in force", () => {
  const made = { change: container, before: "absent" };
  test.each([
    ["as Tare set it", {}, "never", "holds"],
    ["as somebody else set it since", {}, "always", "drifted"],
    ["as before", {}, "madvise", "back"],
    ["another one, and applying was cut short", { status: "journalled" }, "always", "unfinished"],
    ["not offered any more", {}, null, "gone"],
    ["not to be read", {}, undefined, "unread"],
    ["an object that is there", made, "present 12ab", "holds"],
    ["an object that somebody removed", made, "absent", "back"],
  ] as const)("that is %s", (_what, change, now, state) => {
    expect(changeState(record("c0001-thp", change), now, null)).toBe(state);
  });

  test("is not drift where a later change of Tare's set the same thing", () => {
    const records = [
      record("c0001-thp"),
      record("c0001-thp", { campaignId: "d", before: "never" }),
      record("c0002-x", { change: container }),
    ];
    const [first, second, third] = records.map((each) => coveringChange(each, records));
    expect([first, second, third]).toEqual([{ campaignId: "d", id: "c0001-thp" }, null, null]);
    expect(changeState(records[0] ?? record("x"), "always", first ?? null)).toBe("covered");
  });
});

test("whatever is chosen, no change is undone from under a later one that stays", () => {
  const targets = ["a", "b", "c"].map((target) => ({ ...thp, target }));
  assert(
    property(
      array(constantFrom(...targets), { maxLength: 8 }),
      array(constantFrom(true, false)),
      (changes, picks) => {
        const records = changes.map((change, index) => record(`c${index}`, { change }));
        const chosen = records.filter((_each, index) => picks[index] === true);
        const left = records.filter((each) => !chosen.includes(each));
        const wrong = chosen.some((each) =>
          left.some(
            (other) =>
              other.change.target === each.change.target && records.indexOf(other) > records.indexOf(each),
          ),
        );
        expect(coveredAlone(chosen, records) !== null).toBe(wrong);
      },
    ),
  );
});

test("an id of changes by hand is an id, is known as one and sorts by time, for any lab", () => {
  const time = { min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true };
  assert(
    property(
      string({ unit: constantFrom("a", "0", ".", "-"), minLength: 1, maxLength: 80 }),
      date(time),
      date(time),
      (lab, a, b) => {
        const [first, second] = [byHandId(lab, a), byHandId(lab, b)];
        expect(idSchema.safeParse(first).success && isByHand(first)).toBe(true);
        expect(first < second).toBe(a < b);
      },
    ),
  );
  expect(isByHand("by-hand-3f9a01")).toBe(false);
});

test("owners are named", () => {
  const owner = { campaignId: "redis-1a", name: null, status: null } as const;
  expect(byOwner({ ...owner, kind: "by-hand" })).toBe("by hand");
  expect(byOwner({ ...owner, kind: "unknown" })).toBe("by a campaign that is not in this library (redis-1a)");
  expect(byOwner({ ...owner, kind: "campaign", name: "Redis", status: "interrupted" })).toBe(
    "by campaign “Redis” (interrupted)",
  );
});

test("a campaign's remark names what is not its own, and nothing else", () => {
  const own = record("c0001-thp", { campaignId: "mine" });
  expect(foreignChangesText("root@sut", "mine", [own])).toBeNull();
  const byHand = record("c0001-thp", { campaignId: byHandId("lab", new Date()) });
  expect(foreignChangesText("root@sut", "mine", [own, byHand, record("c2", { campaignId: "other" })])).toBe(
    "2 changes of Tare's that are not this campaign's are in force on root@sut: Set transparent huge pages to never (by hand); Set transparent huge pages to never (campaign other). What is measured is the host with them.",
  );
});

test("after applying, each node's pages are told with those that are free", () => {
  const { memory } = sampleFacts();
  const mebibyte = 2 ** 20;
  const pool = { sizeBytes: 2 * mebibyte, node: null, total: 12, free: 7 };
  const facts = sampleFacts({
    memory: {
      ...memory,
      hugePages: [
        pool,
        { ...pool, node: 0, total: 8, free: 8 },
        { ...pool, node: 1, total: 4, free: 1 },
        { ...pool, sizeBytes: 1024 * mebibyte, total: 0, free: 0 },
      ],
    },
  });
  const change = hugePagesChange({ sizeKiB: 2048, node: null, count: 12 }, scripts);
  const check = settingCheck(record("c0001-huge-pages", { change }), "12\nnode0 8\nnode1 4", facts);
  expect(check).toMatchObject({ wanted: "12", now: "12", holds: true });
  expect(check.remarks).toEqual([
    "node 0: 8 pages of 2 MiB reserved, 8 free",
    "node 1: 4 pages of 2 MiB reserved, 1 free",
  ]);
  expect(settingCheck(record("c0001-thp"), "madvise", facts)).toMatchObject({ holds: false, remarks: [] });
  expect(keyOf(record("c0001-thp"))).toEqual({ campaignId: "c", id: "c0001-thp" });
});
