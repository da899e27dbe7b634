// Nothing leaves the machine: the core and the command line under strace, the window by its requests.
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { signedIn } from "./fixtures/signed-in.ts";
import { startTraced } from "./fixtures/traced.ts";

const recorded = "2026-11-24-demo-229c51";
const id = "demo-229c51";
let folder = "";
let env: NodeJS.ProcessEnv = {};

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tare-offline-"));
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...rest } = process.env;
  env = { ...rest, TARE_DATA: join(folder, "data"), TARE_CACHE: join(folder, "cache") };
  const campaigns = join(folder, "data/campaigns", recorded);
  await cp(join(import.meta.dirname, "../fixtures/campaigns", recorded), campaigns, { recursive: true });
});
test.afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

test("the trace sees a connection that leaves: without that it would prove nothing", async () => {
  // 192.0.2.1 is for documentation (RFC 5737): no packet gets anywhere.
  const script =
    'require("net").connect(9, "192.0.2.1").on("error", () => 0).setTimeout(300, () => process.exit())';
  const traced = startTraced([process.execPath, "-e", script], { file: join(folder, "control.trace"), env });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await traced.destinations()).toEqual(["192.0.2.1"]);
});

test("the window over library, figures, claims, comparison, report and files reaches nothing but its own server", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const traced = startTraced([process.execPath, "main/serve.ts"], { file: join(folder, "serve.trace"), env });
  const url = await traced.printed(/http:\/\/127\.0\.0\.1:\d+\/#token=\S+/);
  const { origin } = new URL(url);
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    const address = request.url();
    if (!address.startsWith(`${origin}/`) && !/^(data|blob):/.test(address)) elsewhere.push(address);
  });
  await page.goto(signedIn(url, "/"));
  await expect(page.getByRole("row", { name: /Felter et al\. 2014/ })).toBeVisible();
  await page.goto(`${origin}/figures?campaigns=felter-2014,${id}&figure=figure-13`);
  await expect(
    page
      .getByRole("region", { name: /^Figure 13: / })
      .locator("svg.main-svg")
      .first(),
  ).toBeVisible();
  await page.goto(`${origin}/campaigns/${id}/claims`);
  await expect(page.getByText("A container starts in under one second.").first()).toBeVisible();
  await page.goto(`${origin}/compare?campaigns=${id},felter-2014`);
  await expect(page.getByRole("region", { name: "What they found" })).toBeVisible();
  const fetched = ["html", "csv", "json", "parquet", "samples.parquet", "bib", "tare"].map((ending) =>
    page.request.get(`${origin}/export/${id}.${ending}`).then((answer) => [ending, answer.status()]),
  );
  expect(Object.fromEntries(await Promise.all(fetched))).toEqual({
    html: 200,
    csv: 200,
    json: 200,
    parquet: 200,
    "samples.parquet": 200,
    bib: 200,
    tare: 200,
  });
  expect(elsewhere).toEqual([]);
  expect(await traced.destinations()).toEqual([]);
});

test("claims, report, export and import on the command line reach nothing at all", async () => {
  test.setTimeout(120_000);
  const file = join(folder, "campaign.tare");
  const commands = [
    ["claims", id, "--json"],
    ["report", id, "--html", "--output", join(folder, "report.html")],
    ["export", id, file, "--anonymous"],
    ["import", file],
  ];
  for (const command of commands) {
    const trace = join(folder, `${command[0] ?? ""}.trace`);
    const argv = [
      "sh",
      "-c",
      'node main/cli.ts "$@"; echo "ended with $?"; exec sleep 60',
      "tare",
      ...command,
    ];
    const traced = startTraced(argv, { file: trace, env });
    expect(await traced.printed(/ended with \d+/)).toBe("ended with 0");
    expect({ command, to: await traced.destinations() }).toEqual({ command, to: [] });
  }
});
