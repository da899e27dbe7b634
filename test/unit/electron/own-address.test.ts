// The window stays where it is, and only plain https links lead out: tricks as a table.
import { expect, test } from "vitest";
import { isOwnAddress, mayLeave, windowOrigin } from "#main/electron/own-address.ts";

test.each([`${windowOrigin}/`, `${windowOrigin}/campaigns/a.b?run=x#y`, windowOrigin])(
  "%s is the window's",
  (address) => {
    expect(isOwnAddress(address)).toBe(true);
  },
);

test.each([
  "app://tare.evil.example/",
  "app://tare@evil.example/",
  "app://evil@tare/",
  "app://evil.example/app://tare/",
  "app://tare:80/",
  "app:tare",
  "http://tare/",
  "https://tare/",
  "file:///tare/index.html",
  "data:text/html,app://tare/",
  "javascript:location='app://tare/'",
  "blob:app://tare/1",
  "about:blank",
  "//tare/",
  "",
])("%s is not", (address) => {
  expect(isOwnAddress(address)).toBe(false);
});

test("only https without a user opens outside", () => {
  expect(mayLeave("https://example.org/paper.pdf")).toBe(true);
  const kept = [
    "http://example.org",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https://user@example.org",
    "smb://x",
    "x",
  ];
  expect(kept.filter(mayLeave)).toEqual([]);
});
