// Any argument list must arrive unchanged, whatever shell the host has.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeArguments } from "#main/ssh/arguments.ts";

const execPath = fileURLToPath(new URL("../../assets/host/exec.sh", import.meta.url));
const shells = [["dash"], ["bash", "--posix"], ["busybox", "sh"]].filter(
  ([program = ""]) => spawnSync(program, ["-c", ":"]).error === undefined || program === "dash",
);

/** Prints its arguments, each ended by a NUL, then its standard input. */
const echoScript = 'for a in "$@"; do printf "%s\\0" "$a"; done; cat';

function arrived(shell: readonly string[], argv: readonly string[], stdin: string) {
  const [program = "", ...options] = shell;
  const input = encodeArguments(["sh", "-c", echoScript, "sh", ...argv]) + stdin;
  const { stdout } = spawnSync(program, [...options, execPath], { input });
  const text = stdout.toString("utf8").replace(/^\ntare-begin \d+\n/, "");
  const parts = text.split("\0");
  return { argv: parts.slice(0, -1), stdin: parts.at(-1) };
}

const unkind = fc.constantFrom(
  "", " ", "-", "--", "-n", "-e x", "$(reboot)", "`id`", "'", '"', "\\", "\\\\n", "\\c", "\\0101", "%s", "a\nb", "\n", "\n\n",
  "trailing\n", "\t", "\r", "*", "~", "$HOME", "${x}", "; rm -rf /", "é", "日本語", "🜁", "\u0081\u0088", "\u007f", "\u0001", "!", "#", "a=b",
); // prettier-ignore
const argument = fc.oneof(
  unkind,
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.array(unkind, { maxLength: 6 }).map((parts) => parts.join("")),
);
/** What can be an argument: no NUL, and characters that UTF-8 can write. */
const argvs = fc.array(
  argument.map((text) => text.replaceAll("\0", "").toWellFormed()),
  { maxLength: 8 },
);

describe.each(shells)("through %s", (...shell) => {
  test("every argument and the input arrive unchanged", () => {
    fc.assert(
      fc.property(argvs, fc.constantFrom("", "one line", "two\nlines\n", "1\nid\n"), (argv, stdin) => {
        expect(arrived(shell, argv, stdin)).toEqual({ argv, stdin });
      }),
      { numRuns: 60 },
    );
  });
});

test("a thousand arguments arrive", () => {
  const argv = Array.from({ length: 1000 }, (_, index) => `${index} '$(x)'`);
  expect(arrived(["sh"], argv, "")).toEqual({ argv, stdin: "" });
});

test.each([[[]], [["-x"]], [[""]], [["echo", "a\0b"]]])("%j cannot be run and is refused", (argv) => {
  expect(() => encodeArguments(argv)).toThrow(/cannot be the name of a program|NUL/);
});
