// What a resumed campaign says of programs that are no longer those it began with.
import { expect, test } from "vitest";
import { type Equipment, equipmentRemark } from "#main/campaign/session-context.ts";

const equipment: Equipment = {
  userlandFolder: "/var/lib/tare/userland/a",
  kernelFolders: { sut: "/var/lib/tare/kernels/b", loadgen: "/var/lib/tare/kernels/b" },
  accelerator: "kvm",
};

test("a campaign that begins, and one that goes on with the same programs, have nothing to say", () => {
  expect(equipmentRemark(null, equipment)).toBeNull();
  expect(equipmentRemark(equipment, { ...equipment, accelerator: "tcg" })).toBeNull();
});

test("another userland and other kernels are named, each with both of its folders", () => {
  const kernelFolders = { ...equipment.kernelFolders, loadgen: "/var/lib/tare/kernels/c" };
  const other = { ...equipment, userlandFolder: "/var/lib/tare/userland/d", kernelFolders };
  expect(equipmentRemark(equipment, other)).toBe(
    "The campaign went on with other programs than it began with: the userland (/var/lib/tare/userland/a before, /var/lib/tare/userland/d now), Tare's kernels on the load generator (/var/lib/tare/kernels/b before, /var/lib/tare/kernels/c now). What was measured before cannot be compared with what was measured after; measure it again.",
  );
});
