// Files that are replaced whole: the old content or the new, never a part, and no traces of a failure.
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asDiskError, writeFileAtomic } from "#main/library/atomic-file.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";

test("writers at once leave the content of one of them, and nothing else", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "deep/er/file.json");
  const contents = Array.from({ length: 20 }, (_, index) => String(index).repeat(100_000));
  await Promise.all(contents.map((content) => writeFileAtomic(path, content)));
  expect(contents).toContain(await readFile(path, "utf8"));
  expect(await readdir(join(folder, "deep/er"))).toEqual(["file.json"]);
});

test("the mode is kept from the first moment", async () => {
  const path = join(await temporaryFolder(), "lab.json");
  await writeFileAtomic(path, "x", 0o600);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("what cannot be written leaves the folder as it was", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "taken/by-a-folder"), { recursive: true });
  await expect(writeFileAtomic(join(folder, "taken"), "x")).rejects.toThrow();
  await writeFile(join(folder, "file"), "");
  await expect(writeFileAtomic(join(folder, "file/below"), "x")).rejects.toThrow();
  expect((await readdir(folder)).sort()).toEqual(["file", "taken"]);
});

test("only a full disk and a quota become DISK_FULL", () => {
  const failed = (code: string) => Object.assign(new Error(code), { code });
  expect(asDiskError(failed("ENOSPC"), "/x")).toMatchObject({ code: "DISK_FULL" });
  expect(asDiskError(failed("EDQUOT"), "/x")).toMatchObject({ code: "DISK_FULL" });
  const other = failed("EACCES");
  expect(asDiskError(other, "/x")).toBe(other);
});
