// `tare export` and `tare import` as they are run: files, what is printed, and the status.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recordedId, recordedLibrary } from "../../fixtures/tare-files.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { runLocally } from "../workloads/local.ts";

const cli = new URL("../../../main/cli.ts", import.meta.url).pathname;
const tare = (data: string, ...argv: readonly string[]) =>
  runLocally(["env", `TARE_DATA=${data}`, process.execPath, cli, ...argv]);

test("a campaign is exported, with and without names, and imported elsewhere; a second time it is a duplicate", async () => {
  const data = join(await recordedLibrary(), "..");
  const folder = await temporaryFolder();
  const [plain, hidden, other] = [join(folder, "a.tare"), join(folder, "b.tare"), join(folder, "other")];
  expect(await tare(data, "export", recordedId, plain)).toEqual({
    status: 0,
    stdout: `${plain}\n`,
    stderr: "",
  });
  const bytes = await readFile(plain);
  const again = await tare(data, "export", recordedId, plain);
  expect(again).toMatchObject({ status: 2, stdout: "" });
  expect(again.stderr).toContain(`${plain} is there already and is not overwritten`);
  expect((await readFile(plain)).equals(bytes)).toBe(true);

  const anonymous = await tare(data, "export", recordedId, hidden, "--anonymous");
  expect(anonymous).toMatchObject({ status: 0, stderr: "" });
  expect(anonymous.stdout).toContain("Replaced: 6 IP addresses, 3 names of labs and campaigns.");
  expect((await readdir(folder)).sort()).toEqual(["a.tare", "b.tare"]);

  await writeFile(join(folder, "c.tare"), "nothing");
  const mixed = await tare(other, "import", plain, join(folder, "c.tare"), hidden, plain, "--json");
  expect(mixed.status).toBe(2);
  expect(mixed.stderr).toContain('"c.tare" is no .tare file');
  const told = JSON.parse(mixed.stdout) as { outcome: string }[];
  expect(told.map(({ outcome }) => outcome)).toEqual(["imported", "failed", "imported", "duplicate"]);
  expect((await readdir(join(other, "campaigns"))).length).toBe(2);
  // Four processes, on a machine that may be busy.
}, 60_000);

test("the paper has no file, and a place that cannot be written is said to be so", async () => {
  const data = join(await recordedLibrary(), "..");
  const paper = await tare(data, "export", "felter-2014", "--json");
  expect(paper).toMatchObject({ status: 4, stdout: "" });
  expect(paper.stderr).toContain("in every library already");
  const nowhere = await tare(data, "export", recordedId, join(data, "none/x.tare"));
  expect(nowhere).toMatchObject({ status: 2, stdout: "" });
  expect(nowhere.stderr).toContain("cannot be written");
});
