// The allow-list for root.
import { expect, test } from "vitest";
import { rootRefusal } from "#shared/model/root-programs.ts";

const scripts = "/root/.cache/tare/scripts/0123456789abcdef";

test.each([
  [["sh", `${scripts}/job.sh`, "list"]],
  [["docker", "ps"]],
  [["rm", "-rf", "/var/lib/tare/data/x"]],
  [["mkdir", "-p", "/var/lib/tare"]],
])("%j may run", (argv) => {
  expect(rootRefusal({ argv }, scripts)).toBeNull();
});

test.each([
  [["bash", "-c", "id"]],
  [["/usr/bin/docker", "ps"]],
  [["sh", "-c", "id"]],
  [["sh", "/tmp/job.sh"]],
  [["sh", `${scripts}/../other/job.sh`]],
  [["rm", "-rf", "/var/lib/tare/../../etc"]],
  [["rm", "-rf", "/var/lib/tare/data", "/etc"]],
  [["mkdir", "/etc/x"]],
  [["rm", "-rf", "relative"]],
])("%j is refused, in a sentence", (argv) => {
  expect(rootRefusal({ argv }, scripts)).toMatch(/\.$/);
});

test("a preview, which knows no paths of scripts, takes any script path", () => {
  expect(rootRefusal({ argv: ["sh", "/any/folder/job.sh"] }, null)).toBeNull();
  expect(rootRefusal({ argv: ["sh", "-c", "id"] }, null)).not.toBeNull();
});
