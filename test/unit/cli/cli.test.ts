// The command line as it is run: what it prints, on which stream, and the status it ends with.
import { mkdtempSync, rmSync } from "node:fs";
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createCampaignFolder, openCampaignFolder } from "#main/library/campaign-folder.ts";
import { createLabStore } from "#main/library/lab-store.ts";
import { claimFileSchema } from "#shared/claims/claim-file.ts";
import { hostRoles } from "#shared/model/lab.ts";
import { presetDraft } from "#shared/plan/campaign-presets.ts";
import { sampleFacts, sampleLab } from "../../fixtures/sample-sut.ts";
import { sampleCampaign } from "../sample-campaign.ts";
import { runLocally } from "../workloads/local.ts";

const root = new URL("../../..", import.meta.url).pathname;
const data = mkdtempSync(join(tmpdir(), "tare-cli-"));
const labs = createLabStore(join(data, "labs"));
const campaigns = join(data, "campaigns");
await mkdir(campaigns, { recursive: true });
await labs.save(sampleLab);
afterAll(() => rmSync(data, { recursive: true }));

function tare(...argv: readonly string[]) {
  return runLocally(["env", `TARE_DATA=${data}`, process.execPath, join(root, "main/cli.ts"), ...argv]);
}

describe("help and mistakes", () => {
  test("help names every command and goes to standard output", async () => {
    const { status, stdout, stderr } = await tare("--help");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const command of [
      "probe",
      "device",
      "changes",
      "plan",
      "run",
      "resume",
      "report",
      "claims",
      "parse",
      "export",
      "import",
      "demo",
      "open",
    ])
      expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
    expect(stdout).toContain("Exit status");
  });

  test.each([
    [["nonsense"], /unknown command 'nonsense'/],
    [["plan", "--nonsense"], /unknown option '--nonsense'/],
    [["parse", "stream"], /missing required argument 'file'/],
    [["report", "felter-2014", "--parquet"], /name a file with --output/],
    [["report", "felter-2014", "--csv", "--json"], /one format at a time/],
    [["report", "felter-2014", "--summary"], /--summary goes with --csv/],
    [["report", "felter-2014", "--csv", "--samples"], /--samples goes with --parquet/],
    [["plan"], /Name a draft file, or a lab with --lab/],
    [["plan", "--lab", "nowhere"], /There is no lab nowhere/],
    [["plan", "--lab", sampleLab.id, "--preset", "fast"], /There is no preset fast\. Known are: /],
    [["plan", "--lab", sampleLab.id, "--blocks", "many"], /blocks: /],
    [["plan", "--lab", sampleLab.id, "--blocks", "1.5"], /blocks: /],
    [["plan", "--lab", sampleLab.id, "--blocks", ""], /blocks: /],
    [["plan", "--lab", sampleLab.id, "--seed", "-1"], /seed: /],
    [["plan", "--lab", sampleLab.id, "--name", "a\nb"], /name: /],
    [
      ["plan", "--lab", sampleLab.id, "--campaign", "felter"],
      /There is no campaign preset felter\. Known are: /,
    ],
    [["plan", "draft.json", "--campaign", "basic"], /The draft draft\.json says by itself what --campaign/],
    [["plan", "no-such-file.json"], /no-such-file\.json cannot be read/],
    [["probe", "nowhere"], /There is no lab nowhere/],
    [["device", "nowhere", "/dev/sdb"], /There is no lab nowhere/],
    [["device", "nowhere", "/dev/../etc/passwd"], /must be the path of a block device/],
    [["changes"], /Name a lab with --lab/],
    [["changes", "--lab", "nowhere"], /There is no lab nowhere/],
    [["resume", "nothing"], /There is no campaign nothing/],
    [["export", "nothing"], /There is no campaign nothing/],
    [["import"], /missing required argument 'file'/],
    [["import", "no-such-file.tare"], /no-such-file\.tare cannot be read/],
    [["import", "package.json"], /"package\.json" is no \.tare file/],
    [["report", "../../etc"], /There is no campaign/],
    [["claims", "nothing"], /There is no campaign nothing/],
    [
      ["claims", "felter-2014", "--labelling", "theirs"],
      /There is no labelling theirs\. Known are: measured, paper/,
    ],
    [["parse", "linpock", "x"], /There is no workload linpock\. Known are: .*stream/],
    [["parse", "fio", "no-such-file"], /The file no-such-file cannot be read/],
  ])("tare %j ends with 2 and a sentence on standard error", async (argv, sentence) => {
    const { status, stdout, stderr } = await tare(...argv);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/ {4}at /);
  });
});

describe("parse", () => {
  test.each([
    ["stream", "stream/tare.txt", "triad", "GB/s"],
    ["nuttcp", "nuttcp/transmit-parse.txt", "throughput", "Gb/s"],
    ["fio", "fio/randrw-json-plus.txt", "iops", "1/s"],
    ["redis", "redis/redis-load.txt", "throughput", "1/s"],
  ])("%s's output becomes measurements with units", async (workload, file, metric, unit) => {
    const path = join(root, "test/fixtures", file);
    const table = await tare("parse", workload, path);
    expect(table).toMatchObject({ status: 0, stderr: "" });
    expect(table.stdout).toMatch(/\n$/);
    const json = await tare("parse", workload, path, "--json");
    const readings = JSON.parse(json.stdout) as {
      measurements: { metric: string; value: number; unit: string }[];
    }[];
    const found = readings.flatMap(({ measurements }) => measurements);
    expect(found.every(({ value }) => Number.isFinite(value))).toBe(true);
    const one = found.find((each) => each.metric.includes(metric) && each.unit === unit);
    expect(one, found.map((each) => `${each.metric} ${each.unit}`).join()).toBeDefined();
    expect(table.stdout).toContain(one?.metric);
  });

  test("output that is not the tool's is refused with 4", async () => {
    const { status, stdout, stderr } = await tare("parse", "fio", join(root, "package.json"));
    expect({ status, stdout }).toEqual({ status: 4, stdout: "" });
    expect(stderr).toMatch(/fio/);
  });
});

describe("plan", () => {
  const planned = ["plan", "--lab", sampleLab.id, "--seed", "7", "--blocks", "1"];

  test("a lab that was never probed is said to be so; the steps are printed all the same", async () => {
    const { status, stdout, stderr } = await tare(...planned);
    expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
    expect(stdout).toContain("The lab was never probed");
    expect(stdout).toMatch(/^error: Probe both hosts first/m);
  });

  test("every step is printed with its commands, and nothing is touched", async () => {
    for (const role of hostRoles) await labs.saveFacts(sampleLab.id, role, sampleFacts());
    const { status, stdout, stderr } = await tare(...planned);
    expect(stdout).not.toMatch(/^error: /m);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^\d+ runs, about .*, seed 7$/m);
    expect(stdout).toMatch(/^ {4}\S/m);
    expect(await readdir(campaigns)).toEqual([]);
    const again = await tare(...planned, "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({ seed: 7, factsTakenAt: sampleFacts().takenAt });
  });

  test("a reader that stops early ends it quietly", async () => {
    const line = 'node "$0" plan --lab "$1" | head -n 1';
    const argv = [`TARE_DATA=${data}`, "sh", "-c", line, join(root, "main/cli.ts"), sampleLab.id];
    const { status, stdout, stderr } = await runLocally(["env", ...argv]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^\d+ runs/);
  });

  test.each([
    ["JSON that is torn", '{"name": "x",', /draft.*JSON/s],
    ["a list", "[]", /draft: /],
    ["a field of the wrong type", { blocks: "3" }, /blocks: /],
    ["a field that nobody knows", { repeats: 3 }, /repeats/],
    ["a lab that is not there", { labId: "gone" }, /There is no lab gone/],
    ["no configuration", { configurations: [] }, /configurations: /],
    [
      "a shell line in a sysctl's name",
      { host: { dropCaches: false, sysctls: { "a.b; reboot": "1" } } },
      /host\.sysctls/,
    ],
  ])("a draft with %s is refused naming it", async (_what, change, message) => {
    const file = join(data, "draft.json");
    const draft = presetDraft(sampleLab, "quick", null);
    await writeFile(file, typeof change === "string" ? change : JSON.stringify({ ...draft, ...change }));
    const { status, stdout, stderr } = await tare("plan", file);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });
});

test("changes of a lab that cannot be reached: each host is told of, and the status is 3", async () => {
  const nobody = { ...sampleLab.sut, address: "127.0.0.1", port: 1 };
  await labs.save({ ...sampleLab, id: "away", sut: nobody, loadgen: { ...nobody, user: "bench" } });
  const { status, stdout, stderr } = await tare("changes", "--lab", "away", "--undo");
  await labs.remove("away");
  expect({ status, stderr }).toEqual({ status: 3, stderr: "" });
  expect(stdout).toMatch(/^root@127\.0\.0\.1\n {2}.*127\.0\.0\.1:1.*\nbench@127\.0\.0\.1\n {2}/);
});

describe("report", () => {
  test("a campaign is reported as table, JSON and Markdown; one that is damaged ends with 4", async () => {
    const path = await createCampaignFolder(campaigns, sampleCampaign({ id: "reported", name: "Reported" }));
    const folder = await openCampaignFolder(path);
    await folder.append({ type: "campaign-created", name: "Reported", plannedRuns: 8 });
    await folder.close();
    expect(await tare("report", "reported")).toMatchObject({ status: 0, stderr: "" });
    const json = await tare("report", "reported", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({ campaign: { id: "reported" }, status: "ready" });
    expect((await tare("report", "reported", "--markdown")).stdout).toMatch(/^# .*Reported/);

    expect(JSON.parse(json.stdout)).toMatchObject({ schema: "tare-export/1", measurements: [] });
    expect((await tare("report", "reported", "--csv")).stdout).toMatch(
      /^campaign,run,block,order,[^\n]*\r\n$/,
    );
    expect((await tare("report", "reported", "--bibtex")).stdout).toContain("@techreport{felter2014,");

    await writeFile(join(path, "campaign.json"), "{");
    const damaged = await tare("report", "reported");
    expect({ status: damaged.status, stdout: damaged.stdout }).toEqual({ status: 4, stdout: "" });
    expect(damaged.stderr).toMatch(/reported cannot be read/);
  });

  test("the paper is reported as well; what is not text needs a file, which is not overwritten", async () => {
    expect((await tare("report", "felter-2014")).stdout).toMatch(/Figure 1, linpack/);
    expect((await tare("report", "felter-2014", "--markdown")).stdout).toMatch(/^# Felter et al\. 2014\n/);
    const file = join(data, "paper.parquet");
    const written = await tare("report", "felter-2014", "--parquet", "--output", file);
    expect(written).toMatchObject({ status: 0, stdout: `${file}\n`, stderr: "" });
    expect((await readFile(file)).subarray(0, 4).toString()).toBe("PAR1");
    const again = await tare("report", "felter-2014", "--parquet", "--output", file);
    expect(again.stderr).toMatch(/is there already and is not overwritten/);
    expect(again.status).toBe(2);
  });
});

describe("claims", () => {
  test.each(["measured", "paper"] as const)(
    "on the paper's own data: every recorded result under the labels %s, as JSON and nothing else",
    async (labelling) => {
      const { status, stdout, stderr } = await tare(
        "claims",
        "felter-2014",
        "--json",
        "--labelling",
        labelling,
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      const file = await readFile(join(root, "assets/reference/felter2014-claims.json"), "utf8");
      const { claims } = claimFileSchema.parse(JSON.parse(file));
      const verdicts = { pass: "holds", fail: "does-not-hold", "no-data": "cannot-tell" };
      expect(JSON.parse(stdout)).toEqual(
        claims.map(({ id, reference }) => {
          const own = labelling === "paper" ? reference.paper_labels : undefined;
          const { result, values } = own ?? reference.measured_labels;
          return { id, verdict: verdicts[result], values };
        }),
      );
    },
  );

  test("on a measured campaign, as text: counts, each claim with what is missing", async () => {
    const folder = "2026-11-24-demo-229c51";
    await cp(join(root, "test/fixtures/campaigns", folder), join(campaigns, folder), { recursive: true });
    const { status, stdout, stderr } = await tare("claims", "demo-229c51");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^98 claims: \d+ hold, \d+ do not, \d+ cannot be told/);
    expect(stdout).toContain("Another workload: MySQL was not measured.");
    expect(stdout).toContain("this says nothing about hardware");
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});
