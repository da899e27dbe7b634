// Docker's daemon.json: the editing without a JSON program, and what becomes of its bytes, which may hold passwords.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { assert, constantFrom, dictionary, integer, jsonValue, property, tuple } from "fast-check";
import { afterAll, expect, test } from "vitest";
import { canMakeNamespaces } from "../../fixtures/local-machine.ts";

const script = fileURLToPath(new URL("../../../assets/host/docker-daemon.sh", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tare-test-"));
const file = join(folder, "daemon.json");
afterAll(() => rmSync(folder, { recursive: true }));

function edited(text: string, mode: "on" | "off") {
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync("sh", [script, "proxy-edit", mode, file], {
    encoding: "utf8",
  });
  return status === 0 ? { text: stdout } : { refused: stderr.trim() };
}

test("any object of JSON gets the key, and keeps the rest", () => {
  const key = "userland-proxy";
  assert(
    property(
      // A key with an escape is refused: it might be the one that is looked for.
      dictionary(constantFrom("a", "b c", "userland", "{", "}", ",", ":", "log-opts"), jsonValue()),
      constantFrom(undefined, true, false),
      constantFrom("on" as const, "off" as const),
      tuple(integer({ min: 0, max: 4 }), constantFrom("", "\n", " \r\n\t")),
      (object, before, mode, [indent, end]) => {
        const value = before === undefined ? object : { ...object, [key]: before, last: [object] };
        // JSON has no -0.
        const whole = JSON.parse(JSON.stringify(value)) as object;
        const { text = "{}" } = edited(JSON.stringify(whole, null, indent) + end, mode);
        expect(JSON.parse(text)).toEqual({ ...whole, [key]: mode === "on" });
      },
    ),
    { numRuns: 60 },
  );
});

test("layout stays: only the value is replaced, or the key put first", () => {
  expect(edited(`{\n\t"userland-proxy" : true,\n\t"debug":false}`, "off")).toEqual({
    text: `{\n\t"userland-proxy" : false,\n\t"debug":false}\n`,
  });
  expect(edited(`{"labels": ["\\"userland-proxy\\": true"]}\n`, "off")).toEqual({
    text: `{\n  "userland-proxy": false,"labels": ["\\"userland-proxy\\": true"]}\n`,
  });
  expect(edited("{}", "on")).toEqual({ text: `{\n  "userland-proxy": true\n}\n` });
});

test.each([
  ["", "it is not a JSON object"],
  ["[]", "it is not a JSON object"],
  [`{"a": 1`, "it does not end"],
  [`{"a": "1}`, "a string does not end"],
  [`{} {}`, "something follows the object"],
  [`{"userland-proxy": "false"}`, "userland-proxy is neither true nor false"],
  [`{"userland-proxy": trueish}`, "userland-proxy is neither true nor false"],
  [`{"userland-proxy": true, "userland-proxy": false}`, "userland-proxy stands in it twice"],
  [`{"userland\\u002dproxy": true}`, "a key has an escape"],
])("what it cannot edit it refuses: %s", (text, refused) => {
  expect(edited(text, "off")).toEqual({ refused });
});

const host = fileURLToPath(new URL("../../fixtures/docker-daemon-host.sh", import.meta.url));
const namespaces = "--mount --pid --fork --kill-child --mount-proc --propagation private";

/** What docker-daemon-host.sh saw, by name; the outer shell reaps the daemons. */
function turnedOff(...how: string[]): Record<string, string> {
  const inner = ["sh", "-c", 'sh "$@" & wait $!', "sh", host, dirname(script), ...how];
  const { stdout, stderr } = spawnSync("unshare", [...namespaces.split(" "), ...inner], { encoding: "utf8" });
  expect(stderr).toBe("");
  return Object.fromEntries(
    stdout.split("\n").map((line) => [line.split(" ", 1).join(), line.replace(/^\S+ ?/, "").trim()]),
  );
}

/** The file's mode, owner and bytes, all files of Tare and the daemon. */
const asBefore = { as: "before", left: "", daemon: "runs" };

test.skipIf(!canMakeNamespaces)(
  "the file's bytes are nowhere but in one copy, which undo takes along",
  () => {
    const hash = "87d6251410d227371323605d393a1b4a1f5ac55296ecd7f8b35e2eaa59cce573";
    expect(turnedOff("apply", "0")).toMatchObject({
      state: `on file ${hash}`,
      set: "off",
      copy: "600 0",
      passwords: hash,
      undone: "undone: proxy",
      ...asBefore,
    });
  },
);

test.skipIf(!canMakeNamespaces)("putting an edited file back by hand takes the copy along too", () => {
  expect(turnedOff("apply", "0", "edited")).toMatchObject({
    again: expect.stringContaining("was edited since Tare set userland-proxy in it") as string,
    undone: "as before already: proxy",
    ...asBefore,
  });
});

test.skipIf(!canMakeNamespaces).each(["apply", "undo"] as const)(
  "at whatever moment %s is cut short, the script on the host brings the file back and leaves nothing",
  (purpose) => {
    let moments = 0;
    for (let ended = ""; !ended.startsWith("0"); moments += 1) {
      const seen = turnedOff(purpose, String(moments + 1));
      ended = seen[purpose] ?? "";
      expect({ moments, ...seen }).toMatchObject(asBefore);
    }
    expect(moments).toBeGreaterThan(4);
  },
  120_000,
);
