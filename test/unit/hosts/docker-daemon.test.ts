// The editing of Docker's daemon.json without a JSON program: the key is set, everything else stays as it was.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assert, constantFrom, dictionary, integer, jsonValue, property, tuple } from "fast-check";
import { afterAll, expect, test } from "vitest";

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
