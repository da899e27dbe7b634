// What is said of a serial number while it is typed.
import { assert, constantFrom, property, string } from "fast-check";
import { expect, test } from "vitest";
import { compareSerial } from "#renderer/wizards/configuration/storage/typed-serial.ts";

test("a beginning is no mistake, a slip is named by its place, and blanks around do not count", () => {
  const serial = "S5XBNE0R305678";
  const state = (typed: string) => compareSerial(typed, serial).state;
  expect([
    state(""),
    state("  "),
    state("S5X"),
    state(` ${serial} `),
    state("S6"),
    state(`${serial}9`),
  ]).toEqual(["empty", "empty", "begun", "right", "wrong", "wrong"]);
  expect(compareSerial("S5XBNE0R000000", serial).text).toContain("character 9 differs");
  expect(compareSerial("S5", null).state).toBe("unknown");
});

test("only the serial number itself is right", () => {
  const text = string({ minLength: 1, unit: constantFrom("A", "B", "1") });
  assert(
    property(text, text, (typed, serial) => {
      expect(compareSerial(typed, serial).state === "right").toBe(typed === serial);
    }),
  );
});
