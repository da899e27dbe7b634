// Names and addresses of demo labs: whatever the id, labs never meet and the kernel takes every name.
import { assert, integer, pre, property, stringMatching } from "fast-check";
import { expect, test } from "vitest";
import { interfaceNameSchema, cidrSchema } from "#shared/model/text.ts";
import { linkCommands } from "#main/demo-lab/links.ts";
import { labNames, preferredSlot, slotCount, slotRange } from "#main/demo-lab/names.ts";

const ids = stringMatching(/^[a-z0-9][a-z0-9.-]{0,79}$/);
const slots = integer({ min: 0, max: slotCount - 1 });

test("the slots part the benchmark range among themselves", () => {
  const ranges = Array.from({ length: slotCount }, (_, slot) => slotRange(slot));
  expect(new Set(ranges).size).toBe(slotCount);
  expect([ranges[0], ranges[127], ranges[128], ranges[255]]).toEqual([
    "198.18.0.0/23",
    "198.18.254.0/23",
    "198.19.0.0/23",
    "198.19.254.0/23",
  ]);
});

test("every id has a slot to try first, always the same", () => {
  assert(
    property(ids, (id) => {
      expect(preferredSlot(id)).toBe(preferredSlot(id));
      expect(preferredSlot(id)).toBeGreaterThanOrEqual(0);
      expect(preferredSlot(id)).toBeLessThan(slotCount);
    }),
  );
});

test("the kernel takes all interface and host names", () => {
  assert(
    property(ids, slots, (id, slot) => {
      const { hosts, guestAddress } = labNames("/state", id, slot);
      for (const host of Object.values(hosts)) {
        expect(interfaceNameSchema.safeParse(host.outerInterface).success).toBe(true);
        expect(host.hostname).toMatch(/^[a-z0-9][a-z0-9-]{0,62}$/);
      }
      expect(cidrSchema.safeParse(guestAddress).success).toBe(true);
    }),
  );
});

test("labs in different slots share no address and no interface of this machine", () => {
  assert(
    property(ids, slots, slots, (id, one, other) => {
      pre(one !== other);
      const partsOf = (slot: number) =>
        Object.values(labNames("/state", id, slot).hosts).flatMap((host) => [
          host.outerInterface,
          host.outerAddress,
          host.managementAddress,
          host.dataAddress,
        ]);
      const parts = [...partsOf(one), ...partsOf(other)];
      expect(new Set(parts).size).toBe(parts.length);
    }),
  );
});

test("the links are made so that no host has a way out", () => {
  const commands = linkCommands(labNames("/state", "demo", 3)).map((argv) => argv.join(" "));
  expect(commands).toMatchInlineSnapshot(`
    [
      "ip link add data0 netns tare-demo-sut type veth peer name data0 netns tare-demo-loadgen",
      "ip link add tare-3-sut type veth peer name mgmt0 netns tare-demo-sut",
      "ip -n tare-demo-sut link set lo up",
      "ip -n tare-demo-sut address add 198.18.7.2/30 dev mgmt0",
      "ip -n tare-demo-sut address add 198.18.6.1/24 dev data0",
      "ip -n tare-demo-sut link set mgmt0 up",
      "ip -n tare-demo-sut link set data0 up",
      "ip address add 198.18.7.1/30 dev tare-3-sut",
      "ip link set tare-3-sut up",
      "ip link add tare-3-load type veth peer name mgmt0 netns tare-demo-loadgen",
      "ip -n tare-demo-loadgen link set lo up",
      "ip -n tare-demo-loadgen address add 198.18.7.6/30 dev mgmt0",
      "ip -n tare-demo-loadgen address add 198.18.6.2/24 dev data0",
      "ip -n tare-demo-loadgen link set mgmt0 up",
      "ip -n tare-demo-loadgen link set data0 up",
      "ip address add 198.18.7.5/30 dev tare-3-load",
      "ip link set tare-3-load up",
    ]
  `);
});
