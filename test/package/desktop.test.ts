// Packages the desktop application around a stand-in for Electron's binary and looks at what went in.
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { createPackage, extractFile, listPackage } from "@electron/asar";
import { FuseV1Options, FuseVersion, getCurrentFuseWire } from "@electron/fuses";
import { expect, test } from "vitest";
import { bin, root, run, temporaryFolder, withBuild } from "./built.ts";

withBuild();

test("a package has the built parts, the assets and production packages, and nothing else", async () => {
  const { files, read, fuses } = await packed();
  const own = files.filter((file) => !file.startsWith("node_modules/"));

  expect(
    own.filter((file) => !/^(package\.json|out\/|assets\/(host|kernels|lab|reference)\/)/.test(file)),
  ).toEqual([]);
  expect(own).toEqual(
    expect.arrayContaining([
      "package.json",
      "out/main/electron.js",
      "out/main/index-worker.js",
      "out/preload/preload.cjs",
      "out/renderer/index.html",
      "assets/host/job.sh",
      "assets/kernels/stream.c",
      "assets/reference/felter2014.json",
    ]),
  );
  // No source of Tare's, no test, no source map, no configuration, no second Node.
  expect(
    files.filter((file) =>
      /\.(tsx?|map)$|(^|\/)\.env|^test\/|(^|\/)[a-z.]+\.config\.|node_modules\/node-/.test(file),
    ),
  ).toEqual([]);

  const { main } = JSON.parse(read("package.json")) as { main: string };
  expect(files).toContain(main);
  expect(packagesOf(files, own.filter((file) => /^out\/main\/.*\.js$/.test(file)).map(read))).toEqual([]);
  // A page below a path is loaded again with addresses that begin at the top.
  expect(read("out/renderer/index.html")).toMatch(/src="\/assets\//);
  expect(read("out/preload/preload.cjs")).not.toMatch(/require\((?!"electron"\))/);

  expect(fuses).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    GrantFileProtocolExtraPrivileges: false,
  });
}, 180_000);

/** Packages that the bundle imports and that are not in the package. */
function packagesOf(files: readonly string[], bundles: readonly string[]): string[] {
  const imported = bundles.flatMap((text) =>
    [...text.matchAll(/^import .*?"([^."][^"]*)";$/gm)].map(([, name = ""]) => name),
  );
  const names = imported
    .filter((name) => name !== "electron" && !name.startsWith("node:") && !builtinModules.includes(name))
    .map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
  return [...new Set(names)].filter((name) => !files.includes(`node_modules/${name}/package.json`));
}

interface Packed {
  readonly files: readonly string[];
  read(file: string): string;
  readonly fuses: Readonly<Record<string, boolean>>;
}

async function packed(): Promise<Packed> {
  const folder = await temporaryFolder();
  const { status, output } = await run(
    process.execPath,
    [
      bin("electron-builder"),
      "--linux",
      "--dir",
      "--publish",
      "never",
      `-c.electronDist=${await standIn(join(folder, "electron"))}`,
      `-c.directories.output=${join(folder, "dist")}`,
    ],
    root,
  );
  expect(status, output).toBe(0);
  const archive = join(folder, "dist/linux-unpacked/resources/app.asar");
  // Folders are listed too.
  const entries = listPackage(archive, { isPack: false }).map((file) => file.slice(1));
  const wire = await getCurrentFuseWire(join(folder, "dist/linux-unpacked/tare"));
  return {
    files: entries.filter((file) => !entries.some((other) => other.startsWith(`${file}/`))),
    read: (file) => extractFile(archive, file).toString("utf8"),
    fuses: Object.fromEntries(decided.map((fuse) => [FuseV1Options[fuse], Number(wire[fuse]) === fuseOn])),
  };
}

/** A fuse that is on is the character 1. */
const fuseOn = 0x31;

const decided = [
  FuseV1Options.RunAsNode,
  FuseV1Options.EnableCookieEncryption,
  FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  FuseV1Options.EnableNodeCliInspectArguments,
  FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  FuseV1Options.OnlyLoadAppFromAsar,
  FuseV1Options.GrantFileProtocolExtraPrivileges,
] as const;

/** A folder that looks like Electron's distribution; its "binary" is little more than a fuse wire with every fuse wrong. */
async function standIn(folder: string): Promise<string> {
  const { version } = JSON.parse(
    await readFile(join(root, "node_modules/electron/package.json"), "utf8"),
  ) as {
    version: string;
  };
  const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
  const fuses = "101100011";
  await mkdir(join(folder, "locales"), { recursive: true });
  await mkdir(join(folder, "resources"));
  await mkdir(join(folder, "default-app"));
  await writeFile(
    join(folder, "electron"),
    `${sentinel}${String.fromCodePoint(Number(FuseVersion.V1), fuses.length)}${fuses}`,
  );
  await chmod(join(folder, "electron"), 0o755);
  const empty = [
    "LICENSE",
    "LICENSES.chromium.html",
    "chrome-sandbox",
    "chrome_crashpad_handler",
    "locales/en-US.pak",
  ];
  for (const name of empty) await writeFile(join(folder, name), "");
  await writeFile(join(folder, "version"), version);
  await writeFile(join(folder, "default-app/package.json"), "{}");
  await createPackage(join(folder, "default-app"), join(folder, "resources/default_app.asar"));
  return folder;
}
