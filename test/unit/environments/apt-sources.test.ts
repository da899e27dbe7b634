// apt-sources.sh with the real apt, on repositories of the test's own: nothing of this machine's sources is read or changed.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { choosePackages, extraComponent, userlandPackages } from "#shared/environments/userland-recipe.ts";
import { installed, runLocally } from "../workloads/local.ts";

const hasApt = installed("package sources", "apt-get", "apt-ftparchive");
const script = new URL("../../../assets/host/apt-sources.sh", import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), "tare-sources-"));
const repository = join(scratch, "repository");
const sources = join(scratch, "etc/sources.list.d");
const run = (...argv: readonly string[]) =>
  runLocally(["env", `APT_CONFIG=${join(scratch, "apt.conf")}`, "sh", script, ...argv]);

const entry = (name: string, depends: string) =>
  `Package: ${name}\nVersion: 1\nArchitecture: all\nFilename: pool/${name}.deb\nSize: 1\nDepends: ${depends}\nMD5sum: ${"0".repeat(32)}\n\n`;

beforeAll(async () => {
  if (!hasApt) return;
  const lists = {
    // netperf is known here by name alone: another package depends on it.
    main: entry("mariadb-server-core", "netperf") + entry("mariadb-client-core", "netperf"),
    "non-free": entry("netperf", "mariadb-server-core"),
  };
  const architecture = (await runLocally(["dpkg", "--print-architecture"])).stdout.trim();
  for (const [component, text] of Object.entries(lists)) {
    const folder = join(repository, "dists/tested", component, `binary-${architecture}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "Packages"), text);
  }
  const names = [
    "Codename=tested",
    "Suite=tested",
    "Components=main non-free",
    `Architectures=${architecture}`,
  ];
  const argv = ["apt-ftparchive", ...names.flatMap((name) => ["-o", `APT::FTPArchive::Release::${name}`])];
  const release = await runLocally([...argv, "release", join(repository, "dists/tested")]);
  expect(release.status, release.stderr).toBe(0);
  writeFileSync(join(repository, "dists/tested/Release"), release.stdout);
  mkdirSync(sources, { recursive: true });
  writeFileSync(
    join(scratch, "apt.conf"),
    `Dir::Etc::sourcelist "/dev/null";\nDir::Etc::sourceparts "${sources}";\n`,
  );
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function sourcesAre(files: Readonly<Record<string, string>>): void {
  rmSync(sources, { recursive: true, force: true });
  mkdirSync(sources);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(sources, name), text);
}

test.skipIf(!hasApt)("what only the further component has is found there, in private", async () => {
  sourcesAre({ "a.list": `deb [trusted=yes] file:${repository} tested main # ours\n` });
  const before = readFileSync(join(sources, "a.list"), "utf8");
  const wanted = ["netperf", "mariadb-server-core", "mariadb-client-core", "mariadb-server-core-10.6"];
  const { status, stdout, stderr } = await run("offered", "tested", extraComponent("debian"), ...wanted);
  expect(status, stderr).toBe(0);
  expect(stdout.split("\n")).toEqual(["mariadb-server-core", "mariadb-client-core", "netperf non-free", ""]);
  expect(readFileSync(join(sources, "a.list"), "utf8")).toBe(before);
  expect(choosePackages(stdout)).toEqual({
    packages: [...userlandPackages, "mariadb-server-core", "mariadb-client-core", "netperf"],
    component: "non-free",
    missing: [],
  });
});

test.skipIf(!hasApt)(
  "without the component nothing more is found, and a whole userland but for netperf is chosen",
  async () => {
    sourcesAre({ "a.list": `deb [trusted=yes] file:${repository} tested main\n` });
    const { stdout } = await run("offered", "tested", "", "netperf", "mariadb-server-core");
    expect(stdout).toBe("mariadb-server-core\n");
    expect(choosePackages("mariadb-server-core-10.6\nmariadb-client-core-10.6\n")).toEqual({
      packages: [...userlandPackages, "mariadb-server-core-10.6", "mariadb-client-core-10.6"],
      component: "",
      missing: ["netperf"],
    });
    expect(choosePackages("mariadb-server-core\n").missing).toEqual(["mariadb-server-core", "netperf"]);
  },
);

test.skipIf(!hasApt)(
  "only sources of the release are copied, in both formats, with the component where main is",
  async () => {
    sourcesAre({
      "a.list": `deb http://deb.example/debian tested main contrib # ours\ndeb-src http://deb.example/debian tested main\n`,
      "b.sources": `Types: deb\nURIs: http://deb.example/debian\nSuites: tested-updates\nComponents: main\nSigned-By: /usr/share/keyrings/a.gpg\n`,
      "c.list": "deb http://other.example/debian elsewhere main\n",
      "d.list": "deb [trusted=yes] copy:/srv/packages ./\n",
    });
    const folder = join(scratch, "copy");
    expect((await run("copy", folder, "tested", "non-free")).status).toBe(0);
    expect(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")])).toEqual([
      [
        "1-a.list",
        "deb http://deb.example/debian tested main contrib non-free\ndeb-src http://deb.example/debian tested main\n",
      ],
      [
        "2-b.sources",
        "Types: deb\nURIs: http://deb.example/debian\nSuites: tested-updates\nComponents: main non-free\nSigned-By: /usr/share/keyrings/a.gpg\n",
      ],
      ["3-d.list", "deb [trusted=yes] copy:/srv/packages ./\n"],
    ]);
  },
);

test.skipIf(!hasApt)("a release that no source carries is told with status 22", async () => {
  sourcesAre({ "a.list": "deb http://deb.example/debian other main\n" });
  expect(await run("copy", join(scratch, "none"), "tested", "")).toMatchObject({
    status: 22,
    stderr: "no package source of this host in /etc/apt offers tested\n",
  });
});
