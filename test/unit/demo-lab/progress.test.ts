// Progress of an installation, read from what dpkg prints.
import { expect, test } from "vitest";
import { installProgress } from "#main/demo-lab/progress.ts";

test("each package counts once unpacked and once set up", () => {
  const shares: (number | null)[] = [];
  const read = installProgress("Installing", (_, share) => shares.push(share));
  for (const line of [
    "0 upgraded, 2 newly installed, 0 to remove and 0 not upgraded.",
    "Selecting previously unselected package a.",
    "Unpacking a (1.0) ...",
    "Unpacking b (1.0) ...",
    "Setting up a (1.0) ...",
    "Setting up b (1.0) ...",
  ])
    read(line);
  expect(shares).toEqual([0.25, 0.5, 0.75, 1]);
});

test("without apt's count the share is unknown", () => {
  const shares: (number | null)[] = [];
  installProgress("Installing", (_, share) => shares.push(share))("Setting up a (1.0) ...");
  expect(shares).toEqual([null]);
});
