// Snapshots: real ones read to values, damaged ones become a reason and never an error; counters over the window.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { hostCounters, stealShare } from "#shared/evidence/host-counters.ts";
import { judge } from "#shared/evidence/judge.ts";
import { failedSnapshot, readSnapshot } from "#shared/evidence/snapshot.ts";
import { inputsOf, recordedText, snapshotOf } from "./seen.ts";

const during = recordedText("kvm-redis", "sut-during");

test("a snapshot that is cut off anywhere is missing, with the reason", () => {
  fc.assert(
    fc.property(fc.nat(during.length - 12), (end) => {
      expect(readSnapshot(during.slice(0, end))).toHaveProperty("missing");
    }),
  );
});

test("whatever stands in a snapshot, it is read and judged without an error", () => {
  const lines = during.split("\n");
  const number = fc.constantFrom(
    "",
    "-1",
    "0",
    "999999999999999999999",
    "1e9",
    "x",
    "\u0000",
    "0-",
    "3-1",
    "∞",
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(lines.length - 3), number), { maxLength: 40 }),
      fc.array(fc.nat(lines.length - 3), { maxLength: 20 }),
      (spoiled, dropped) => {
        const text = lines
          .map((line, index) => {
            const by = spoiled.find(([at]) => at === index)?.[1];
            return by === undefined || index === 0 ? line : line.replaceAll(/\d+/g, by);
          })
          .filter((_, index) => index === 0 || !dropped.includes(index))
          .join("\n");
        const seen = readSnapshot(text);
        const inputs = inputsOf("kvm-redis");
        const items = judge({ ...inputs, sut: { before: seen, during: seen, after: seen }, guest: seen });
        expect(items.length).toBeGreaterThan(5);
      },
    ),
  );
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void readSnapshot(text)));
});

test("columns that run together are read in no time", () => {
  const digits = "9".repeat(100_000);
  const text = during
    .replace(/^(file\t\/proc\/net\/dev\t\s*data0:).*$/m, `$1 ${digits}x`)
    .replace(/^(file\t\/proc\/stat\tcpu ).*$/m, `$1 ${digits}x`);
  expect(text.length).toBeGreaterThan(200_000);
  expect(readSnapshot(text)).toHaveProperty("missing");
});

test("a reason that stands in a snapshot's place is read back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (reason) => {
      expect(readSnapshot(failedSnapshot(`Lost:\n\t${reason}x`))).toHaveProperty("missing");
    }),
  );
  expect(readSnapshot(failedSnapshot("the link\nwas lost"))).toEqual({ missing: "the link was lost" });
});

test("the counters are those between the snapshots, and lo counts for nothing", () => {
  const { sut } = inputsOf("native-redis");
  const [before, after] = [snapshotOf(sut.before), snapshotOf(sut.after)];
  const counters = hostCounters({
    before: {
      ...before,
      uptimeSeconds: 100,
      cpu: [0, 0, 0, 0, 0, 0, 0, 0],
      interfaces: [
        { name: "lo", receivedPackets: 0, lost: 0, sentPackets: 0 },
        { name: "eth0", receivedPackets: 10, lost: 0, sentPackets: 20 },
      ],
    },
    during: sut.during,
    after: {
      ...after,
      uptimeSeconds: 102.5,
      cpu: [100, 0, 50, 200, 50, 0, 50, 50],
      interfaces: [
        { name: "lo", receivedPackets: 999, lost: 0, sentPackets: 999 },
        { name: "eth0", receivedPackets: 110, lost: 0, sentPackets: 220 },
        { name: "veth1", receivedPackets: 7, lost: 0, sentPackets: 8 },
      ],
    },
  });
  expect(counters).toEqual({ seconds: 2.5, cpuBusy: 0.5, receivedPackets: 107, sentPackets: 208 });
  expect(stealShare(sut)).toBeGreaterThanOrEqual(0);
  expect(hostCounters({ ...sut, before: { missing: "gone" } })).toBeNull();
  // A restart in between: the clock begins anew.
  expect(hostCounters({ ...sut, after: { ...after, uptimeSeconds: 1 } })).toBeNull();
});
