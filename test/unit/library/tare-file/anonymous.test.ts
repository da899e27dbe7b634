// An export without names: nothing of what tells whose machines they were is in any byte, and the results are the same.
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { writeReport } from "#main/campaign/write-report.ts";
import { openCampaignFolder, readCampaignFolder } from "#main/library/campaign-folder.ts";
import { readRaw } from "#main/library/raw-store.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import { factsSchema } from "#shared/model/facts.ts";
import type { Host } from "#shared/model/lab.ts";
import { reduceAll } from "#shared/state/campaign-state.ts";
import { results } from "#shared/stats/results.ts";
import { workloads } from "#shared/workloads/registry.ts";
import {
  exported,
  imported,
  recordedId,
  recordedLibrary,
  smallLibrary,
  treeOf,
} from "../../../fixtures/tare-files.ts";
import { temporaryFolder } from "../../../fixtures/temporary-folder.ts";
import { sampleCampaign } from "../../sample-campaign.ts";
import { sampleFacts } from "../../sample-facts.ts";

/** Exports without names and imports elsewhere; all of the file as text, unpacked, with its paths. */
async function hidden(campaigns: string, campaignId: string) {
  const { path, made } = await exported(campaigns, campaignId, true);
  const other = join(await temporaryFolder(), "campaigns");
  const { campaignId: id } = await imported(other, path);
  const tree = await treeOf(other);
  const texts = Object.entries(tree).map(([name, text]) => {
    const bytes = Buffer.from(text, "latin1");
    return `${name}\n${(name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("latin1")}`;
  });
  const [folder = ""] = await readdir(other);
  const all = [made.fileName, JSON.stringify(made.manifest), ...texts].join("\n");
  return { id, all, made, tree, path: join(other, folder) };
}

async function resultsIn(path: string) {
  const { campaign, events } = await readCampaignFolder(path);
  return results(campaign, reduceAll(events), workloads);
}

test("the recorded campaign: no address and no name is left, results and measurements are the same", async () => {
  const campaigns = await recordedLibrary();
  const original = join(campaigns, "2026-11-24-demo-229c51");
  await writeReport(original);
  const { all, path, made, id } = await hidden(campaigns, recordedId);
  for (const text of ["198.19.", "229c51", "Demo lab on this machine"]) expect(all).not.toContain(text);
  expect(id).toMatch(/^campaign-[0-9a-f]{8}$/);
  expect(made.manifest.anonymous).toBe(true);
  expect(made.anonymous?.replaced).toEqual([
    { kind: "address", words: "IP addresses", count: 6 },
    { kind: "lab", words: "names of labs and campaigns", count: 3 },
  ]);
  expect(await resultsIn(path)).toEqual(await resultsIn(original));
  expect(Object.keys(await treeOf(path))).toContain("README.md");
});

test("it gives equal bytes each time, and says nothing about tags and notes", async () => {
  const campaigns = await recordedLibrary();
  await writeFile(
    join(campaigns, "2026-11-24-demo-229c51/library.json"),
    '{"tags":["secret"],"note":"on rack 7"}',
  );
  const [first, second] = [
    await exported(campaigns, recordedId, true),
    await exported(campaigns, recordedId, true),
  ];
  expect(first.bytes.equals(second.bytes)).toBe(true);
  expect(first.made.manifest.files.map(({ path }) => path)).not.toContain("library.json");
});

const host = (change: Partial<Host>): Host => ({ ...sampleCampaign().lab.sut, ...change });

interface Names {
  readonly host: string;
  readonly user: string;
  readonly address: string;
  readonly ipv6: string;
  readonly mac: string;
  readonly serial: string;
  readonly keyPath: string;
}

/** A campaign that is full of the names, in every file, in every way of writing them that Tare knows. */
async function namedLibrary(names: Names): Promise<{ campaigns: string; path: string }> {
  const { lab, configurations } = sampleCampaign();
  const [native, ...others] = configurations;
  if (native?.environment !== "native") throw new Error("the sample begins with native");
  const change: Partial<Campaign> = {
    name: `${names.host} against the paper`,
    lab: {
      ...lab,
      name: `Rack of ${names.user}`,
      sut: host({
        address: `${names.host}.corp.example.com`,
        dataAddress: names.address,
        user: names.user,
        auth: { kind: "key", path: names.keyPath },
      }),
      loadgen: host({
        address: names.ipv6,
        dataAddress: "10.77.0.2",
        jump: { address: "bastion-7", port: 22, user: "hopper", auth: { kind: "agent" } },
      }),
    },
    configurations: [
      {
        ...native,
        label: `Native on ${names.host}`,
        storage: { kind: "device", device: { path: "/dev/sdz", serial: names.serial } },
      },
      ...others,
    ],
  };
  const { campaigns, path } = await smallLibrary(change);
  const bare = names.mac.replaceAll(":", "");
  const facts = sampleFacts({
    hostname: names.host,
    bootId: "0b5c8d1e-1111-4222-8333-444455556666",
    root: { user: names.user, uid: 1000, sudo: true },
    nics: [
      {
        name: `enx${bare}`,
        driver: null,
        mac: names.mac,
        addresses: [`${names.address}/24`, `${names.ipv6}/64`],
        up: true,
        speedMbps: 10_000,
        duplex: null,
        mtu: 1500,
        queues: { rx: 1, tx: 1 },
        offloads: [],
        node: null,
        irqs: [],
        master: null,
      },
    ],
    blocks: [
      {
        name: "sdz",
        sizeBytes: 1,
        model: "Disk",
        serial: names.serial,
        rotational: false,
        scheduler: null,
        mounts: [`/home/${names.user}/data`],
        holders: [],
        partitions: [],
        fileSystem: null,
      },
    ],
    kernel: {
      release: "5.15.167.4-microsoft",
      version: "#1",
      commandLine: "root=UUID=0b5c8d1e-aaaa-4222-8333-444455556666",
    },
  });
  await writeFile(join(path, "facts/sut-before.json"), JSON.stringify(facts));
  const line = [
    `${names.user}@${names.host}:22 '${names.address}' "--host=${names.ipv6}" ${names.mac.toUpperCase()} ${names.mac.replaceAll(":", "-")}`,
    `/dev/disk/by-id/ata-Disk_${names.serial.replaceAll(" ", "_")} -i ${names.keyPath} /home/${names.user}/x`,
    `${names.host}.corp.example.com (${names.address.replaceAll(".", "-")}) enx${bare} SHA256:${"A".repeat(43)}`,
  ].join("\n");
  const folder = await openCampaignFolder(path);
  await folder.append({
    type: "run-phase",
    runId: "b01-native-stream-quick",
    phase: "measure",
    machine: "sut",
    job: `small-1/x`,
    command: `sh -c 'ssh ${line}'`,
  });
  await folder.append({ type: "remark", text: line });
  await folder.append({
    type: "run-ended",
    runId: "b01-native-stream-quick",
    attempt: 1,
    outcome: "ok",
    measurements: [{ metric: "triad", value: 12.5, unit: "GB/s" }],
    remarks: [],
    toolSeconds: 1,
    totalSeconds: 2,
    emulated: false,
  });
  await folder.close();
  await mkdir(join(path, `raw/b01-${names.host.toLowerCase()}-x`), { recursive: true });
  await writeFile(
    join(path, `raw/b01-${names.host.toLowerCase()}-x/1.txt`),
    `${line}\nlatency 12.5 usec\n\u00ff`,
    "latin1",
  );
  await writeFile(join(path, "raw/b01-native-x/2.stdout.gz"), gzipSync(`${line}\n`.repeat(3)));
  await writeReport(path);
  return { campaigns, path };
}

const names: Names = {
  host: "web01",
  user: "alice",
  address: "10.77.0.1",
  ipv6: "fd00:77::a1",
  mac: "52:54:00:aa:bb:cc",
  serial: "S4EW NX0N123456",
  keyPath: "/home/alice/.ssh/rack-key",
};

test("names in commands, quotes, paths, device names, packed files and names of files are replaced alike", async () => {
  const { campaigns, path: original } = await namedLibrary(names);
  const { all, path, made } = await hidden(campaigns, "small-1");
  const gone = [
    ...Object.values(names),
    "corp.example.com",
    "525400aabbcc",
    "52-54-00-aa-bb-cc",
    "10-77-0-1",
    "S4EW_NX0N123456",
  ];
  for (const text of [
    ...gone,
    "rack-key",
    "Rack of",
    "10.77.0.2",
    "bastion-7",
    "hopper",
    "444455556666",
    "A".repeat(43),
    "small-1",
  ])
    expect(all.toLowerCase(), text).not.toContain(text.toLowerCase());
  const facts = factsSchema.parse(JSON.parse((await treeOf(path))["facts/sut-before.json"] ?? ""));
  expect(facts).toMatchObject({
    hostname: "sut-2",
    root: { user: "user-1" },
    nics: [
      { name: "enx00005e005301", mac: "00:00:5e:00:53:01", addresses: ["198.51.100.1/24", "2001:db8::1/64"] },
    ],
    blocks: [{ serial: "SERIAL-1", mounts: ["/home/user-1/data"] }],
    // A version, though it looks like an address.
    kernel: { release: "5.15.167.4-microsoft" },
  });
  const run = (await readRaw(path, "b01-sut-2-x", "1.txt")).split("\n");
  expect(run[0]).toBe(
    "user-1@sut-2:22 '198.51.100.1' \"--host=2001:db8::1\" 00:00:5e:00:53:01 00:00:5e:00:53:01",
  );
  expect(run[1]).toBe("/dev/disk/by-id/ata-Disk_SERIAL-1 -i /key-1 /home/user-1/x");
  expect(run[3]).toBe("latency 12.5 usec");
  expect((await treeOf(path))["raw/b01-sut-2-x/1.txt"]?.endsWith("\u00ff")).toBe(true);
  const { campaign } = await readCampaignFolder(path);
  expect(campaign.name).toBe("sut-2 against the paper");
  expect((await resultsIn(path)).rows.map(({ label: _label, ...row }) => row)).toEqual(
    (await resultsIn(original)).rows.map(({ label: _label, ...row }) => row),
  );
  expect(
    Object.fromEntries((made.anonymous?.replaced ?? []).map(({ kind, count }) => [kind, count])),
  ).toMatchObject({
    user: 2,
    mac: 1,
    serial: 1,
  });
});

test("names that are words of the field are replaced where a name stands, kept elsewhere, and told", async () => {
  const { campaigns, path: original } = await namedLibrary({
    ...names,
    host: "docker",
    user: "redis",
    serial: "12",
    keyPath: "/keys/k",
  });
  const { path, made } = await hidden(campaigns, "small-1");
  const { campaign } = await readCampaignFolder(path);
  expect(campaign.configurations.map(({ environment }) => environment)).toEqual(["native", "docker", "kvm"]);
  expect(campaign.lab.sut).toMatchObject({
    user: "user-1",
    address: expect.not.stringContaining("docker") as string,
  });
  expect(campaign.configurations[0]?.storage).toMatchObject({ device: { serial: "SERIAL-1" } });
  expect(made.anonymous?.kept).toEqual(expect.arrayContaining(["docker", "redis", "12"]));
  expect((await readRaw(path, "b01-docker-x", "1.txt")).split("\n")[0]).toMatch(/^user-1@[a-z]+-\d:22 /);
  expect((await resultsIn(path)).rows.length).toBe((await resultsIn(original)).rows.length);
});

test("no placeholder is a name that somebody has", async () => {
  const taken = {
    ...names,
    host: "sut-1",
    user: "user-1",
    address: "198.51.100.1",
    mac: "00:00:5e:00:53:01",
    serial: "SERIAL-1",
    ipv6: "2001:db8::1",
  };
  const { campaigns } = await namedLibrary(taken);
  const { all } = await hidden(campaigns, "small-1");
  for (const value of Object.values(taken))
    expect(all.toLowerCase(), value).not.toMatch(
      new RegExp(`${value.toLowerCase().replaceAll(".", "\\.")}(?![0-9])`),
    );
});

test("a packed file that cannot be read, and facts that cannot, end it: nobody knows what is in them", async () => {
  const { campaigns, path } = await namedLibrary(names);
  await writeFile(join(path, "raw/b01-native-x/3.stdout.gz"), "no gzip");
  await expect(exported(campaigns, "small-1", true)).rejects.toMatchObject({ code: "CAMPAIGN_DAMAGED" });
  await exported(campaigns, "small-1");
});

test("names of any kind: none of them is left, and the file comes in", async () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9]{3,9}[0-9]{2}$/);
  const byte = fc.integer({ min: 16, max: 255 }).map((value) => value.toString(16));
  const any = fc.record({
    host: fc.oneof(
      word,
      fc.tuple(word, word).map(([a, b]) => `${a}-${b}`),
      word.map((text) => text.toUpperCase()),
    ),
    user: fc.oneof(
      word,
      word.map((text) => `${text}.x`),
      word.map((text) => `${text}$`),
    ),
    address: fc.ipV4().filter((text) => !/^(0|127|255)\.|\.0$/.test(text)),
    ipv6: fc.ipV6().filter((text) => /^[0-9a-f].*[0-9a-f]$/i.test(text) && !/^[0:]*1?$/.test(text)),
    mac: fc
      .array(byte, { minLength: 6, maxLength: 6 })
      .map((bytes) => bytes.join(":"))
      .filter((text) => /[a-f]/.test(text) && text !== "ff:ff:ff:ff:ff:ff"),
    serial: fc.stringMatching(/^[A-Z0-9]{4} ?[A-Z][A-Z0-9._-]{5}[A-Z0-9]$/),
    keyPath: word.map((text) => `/keys/${text}`),
  });
  await fc.assert(
    fc.asyncProperty(any, async (some) => {
      const { campaigns } = await namedLibrary(some);
      const { all } = await hidden(campaigns, "small-1");
      for (const value of Object.values(some)) expect(all.toLowerCase()).not.toContain(value.toLowerCase());
      expect(all).not.toContain(some.mac.replaceAll(":", ""));
    }),
    { numRuns: 25 },
  );
});
