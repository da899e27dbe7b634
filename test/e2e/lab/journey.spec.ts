// The whole program as a newcomer meets it, in Chromium on a real core and a real lab: from an empty library to results.
import { existsSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { demoLabAvailability } from "#main/demo-lab/availability.ts";
import { commandText } from "#shared/model/command.ts";
import { hostRoles } from "#shared/model/lab.ts";
import { rowKey } from "#shared/model/result.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { meanText, ratioWithInterval } from "#shared/report/number.ts";
import { reduceAll } from "#shared/state/campaign-state.ts";
import { results } from "#shared/stats/results.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { comparedAndHandedOn, judged, overThePaper } from "./journey-paper.ts";
import { changesOfSession, press, walkOf, wholeTexts, wholeTextsOf } from "./journey-walk.ts";
import { startWorld, type World } from "./journey-world.ts";

const { available, reason } = demoLabAvailability();
test.skip(!available, reason);
test.describe.configure({ mode: "serial", timeout: 300_000 });

const trap = `/tmp/pwned-${process.pid}`;
const labName = `Bench "A" 'b' $(touch ${trap}-lab) <b>bold</b> \`touch ${trap}-tick\``;
const campaignName = `First; $(touch ${trap}-campaign) "look" <b>x</b>`;
const dockerLabel = `Docker $(touch ${trap}-label) '"<i>`;

let world: World;
let page: Page;
let campaignId: string;
const {
  startSmall,
  toStep,
  pointTo,
  edit,
  toConfigurations,
  toSection,
  section,
  field,
  steps,
  answerHostKey,
} = walkOf(
  () => page,
  (role) => world.fingerprint(role),
);
/** What the plan showed for each run. */
const previewed = new Map<string, readonly string[]>();
/** What the wizard of a configuration showed, by slot. */
const reviewed = new Map<string, readonly string[]>();

test.beforeAll(async ({ browser }) => {
  test.setTimeout(600_000);
  world = await startWorld();
  page = await world.open(browser, world.server.url);
});
test.afterAll(async () => {
  test.setTimeout(120_000);
  await world?.stop();
});
test.afterEach(() => expect(world.complaints).toEqual([]));

test("an empty library leads to a lab; wrong fields are named where they are and nothing typed is lost", async () => {
  await expect(page.getByRole("heading", { name: "No campaigns yet" })).toBeVisible();
  await press(page.getByRole("link", { name: "Add a lab" }));
  const { sut, loadgen, guest } = world.lab.demo.lab;
  await page.getByLabel("Name", { exact: true }).fill(labName);
  for (const [role, host] of [["sut", sut] as const, ["loadgen", loadgen] as const]) {
    await field(role, "Address").fill(role === "sut" ? "-oProxyCommand=reboot" : host.address);
    await field(role, "Port").fill(role === "sut" ? "23" : "22");
    await section(role).getByRole("combobox", { name: "Log in with" }).click();
    await page.getByRole("option", { name: "Private key file" }).click();
    await field(role, "Private key file").fill(`/tmp/no key $(touch ${trap}-key)`);
    await field(role, "Data address").fill(host.dataAddress);
  }
  await toStep("Guests and userland");
  await page.getByLabel("Guest address").fill(guest.address);
  await press(page.getByRole("button", { name: "Save" }));
  await expect(section("sut").getByText("must be a host name or an IP address")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(labName);
  await expect(field("sut", "Address")).toHaveValue("-oProxyCommand=reboot");

  await field("sut", "Address").fill(sut.address);
  await press(page.getByRole("button", { name: "Save" }));
  await expect(page.getByRole("heading", { level: 1, name: labName })).toBeVisible();
});

test("a missing key file and a closed port fail at their step", async () => {
  await toStep("Connect");
  await press(page.getByRole("button", { name: "Test connection" }));
  for (const role of hostRoles) {
    const failed = steps(role).getByRole("listitem").filter({ hasText: "log in" });
    await expect(failed).toContainText(`The key file /tmp/no key $(touch ${trap}-key), for root@`);
    await expect(failed).toContainText("does not exist");
  }
  await toStep("Machines");
  for (const role of hostRoles) {
    const { auth } = world.lab.demo.lab[role];
    await field(role, "Private key file").fill(auth.kind === "key" ? auth.path : "");
  }
  await toStep("Connect");
  await press(page.getByRole("button", { name: "Test connection" }));
  await answerHostKey("loadgen", "Accept the key");
  await expect(steps("sut").getByRole("listitem").filter({ hasText: "reach" })).toContainText("refused");
  await expect(steps("loadgen")).toContainText("Nobody measures on the host.");
  await toStep("Machines");
  await field("sut", "Port").fill("22");
  await toStep("Connect");
});

test("a host's key is asked for with its fingerprint: refused it ends the test, accepted both hosts pass", async () => {
  await press(page.getByRole("button", { name: "Test connection" }));
  await answerHostKey("sut", "Refuse");
  await expect(steps("sut").getByText("was not accepted")).toBeVisible();
  await expect(steps("loadgen").getByText("Nobody measures on the host.")).toBeVisible();

  await press(page.getByRole("button", { name: "Test connection" }));
  await answerHostKey("sut", "Accept the key");
  for (const role of hostRoles)
    await expect(steps(role).getByText("Nobody measures on the host.")).toBeVisible();
  await expect(page.getByLabel("failed")).toHaveCount(0);
});

test("a plan that needs facts asks for them first, and a probe shows them", async () => {
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "New campaign" }).click();
  await page.getByLabel("Name", { exact: true }).fill(campaignName);
  await press(page.getByRole("button", { name: "Plan now" }));
  await expect(page.getByText("Probe both hosts first")).toBeVisible();
  await expect(page.getByRole("button", { name: "Start" })).toBeDisabled();
  await press(page.getByRole("button", { name: "Probe now" }));
  await expect(page.getByText(/checked against facts of/)).toBeVisible();

  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Labs" }).click();
  await page.getByRole("link", { name: labName }).click();
  await toStep("Facts");
  await expect(page.getByText("probed just now").or(page.getByText(/probed .* ago/))).toBeVisible();
  await expect(page.getByText(/Linux version|^\d+\.\d+\.\d+/).first()).toBeVisible();
});

test("a setting is tried on the host by pointer, checked there and undone; the way to a container's ports is tried", async () => {
  const places = page.getByRole("navigation", { name: "Places" });
  await places.getByRole("link", { name: "New campaign" }).click();
  await pointTo("Configurations");
  await page.getByRole("link", { name: "Edit Native", exact: true }).click();
  await pointTo("Huge pages");
  const modes = page.getByRole("radiogroup", { name: "Mode during the runs" });
  await modes.getByRole("radio", { name: /^never/ }).check();
  await page.getByRole("button", { name: "Apply now on the SUT" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Apply 1 setting" }).click();
  await expect(page.getByText(/In force by hand since/)).toBeVisible();
  const mode = async () =>
    (await world.lab.ssh("sut", "cat /sys/kernel/mm/transparent_hugepage/enabled")).stdout.trim();
  expect(await mode()).toBe("always madvise [never]");
  // Whatever is tried, the campaign that is designed below leaves the pages as they are.
  await modes.getByRole("radio", { name: /^As it is/ }).check();
  await page.getByRole("link", { name: "All configurations of the campaign" }).click();

  await page.getByRole("link", { name: "Edit Docker NAT", exact: true }).click();
  await pointTo("Network");
  await page.getByRole("button", { name: "Test reachability" }).click();
  await expect(page.getByText(/^Reachable, as far as it can be tried/)).toBeVisible({ timeout: 60_000 });

  await places.getByRole("link", { name: "Hosts" }).click();
  await page.getByRole("button", { name: "Look at both hosts" }).click();
  await section("sut").getByRole("button", { name: "Undo all" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Undo 1 change" }).click();
  await expect(section("sut").getByText("Identical to before")).toBeVisible({ timeout: 30_000 });
  expect(await mode()).not.toContain("[never]");
});

test("a campaign is designed by leaving out workloads, conditions and cells, and its plan has no error", async () => {
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "New campaign" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(campaignName);
  await toStep("Repeats");
  await page.getByLabel("Blocks", { exact: true }).fill("1");
  await page.getByLabel("A/A control").press("Space");
  await toStep("Workloads");
  for (const name of ["LINPACK", "RandomAccess", "netperf"])
    await page
      .getByRole("radiogroup", { name: `${name}: preset` })
      .getByText("off")
      .click();
  for (const name of ["fio", "nuttcp", "Redis", "MySQL"]) {
    const conditions = page.getByRole("group", { name: `${name}: conditions` }).getByRole("checkbox");
    for (let index = (await conditions.count()) - 1; index > 0; index -= 1)
      await conditions.nth(index).press("Space");
  }
  await toStep("Configurations");
  await edit("Docker NAT");
  await page.getByLabel("Label").fill(dockerLabel);
  await toConfigurations();
  await edit("KVM");
  await page.getByLabel("Memory", { exact: true }).fill("1024");
  await toStep("Pinning");
  await page.getByLabel("vCPUs", { exact: true }).fill("1");
  await toConfigurations();
  await toStep("Cells");
  for (const name of ["fio", "nuttcp", "Redis", "MySQL"])
    await page.getByRole("checkbox", { name: `KVM with ${name}` }).press("Space");
  await expect(page.getByText("16 of 20 cells × 1 block = 16 runs")).toBeVisible();
  for (const [slot, label] of [
    ["native", "Native"],
    ["docker-nat", dockerLabel],
    ["kvm", "KVM"],
  ] as const) {
    await toStep("Configurations");
    await edit(label);
    await toStep("Review");
    const changes = page.getByRole("listitem").filter({ hasText: "change · system under test" });
    await expect(changes.first()).toBeVisible();
    await expect(page.getByText("being made anew")).toHaveCount(0);
    reviewed.set(slot, await wholeTextsOf(changes));
    await toConfigurations();
  }
  await press(page.getByRole("button", { name: "Plan now" }));
  await expect(page.getByRole("heading", { level: 1, name: `Plan: ${campaignName}` })).toBeVisible();
  await expect(page.getByText("16 runs")).toBeVisible();
  await expect(page.getByText("Stands in the way")).toHaveCount(0);
  await expect(page.getByText(dockerLabel).first()).toBeVisible();
});

test("started, it shows its progress, what its programs print and the time left", async () => {
  const list = page.getByRole("region", { name: "List of steps" });
  const conditionIds = ["stream", "nuttcp-transmit", "fio-read-d2", "redis-c1", "mysql-ro-t1"];
  for (const slot of ["native", "docker-host", "docker-nat", "kvm"])
    for (const condition of slot === "kvm" ? ["stream"] : conditionIds) {
      const runId = `b01-${slot}-${condition}`;
      await page.getByLabel("Filter the steps by text").fill(runId);
      previewed.set(runId, await wholeTexts(list));
    }
  await press(page.getByRole("button", { name: "Start" }));
  await expect(page).toHaveURL(/\/campaigns\//);
  campaignId = decodeURIComponent(/campaigns\/([^/?#]+)/.exec(page.url())?.[1] ?? "");
  await expect(page.getByRole("heading", { level: 1, name: campaignName })).toBeVisible();
  await expect(page.getByText("Time left")).toBeVisible();
  await expect(page.getByRole("region", { name: "Run under way" })).toBeVisible({ timeout: 240_000 });
  await expect(page.getByRole("region", { name: "Hosts, last 2 minutes" })).toContainText(/user \d+ %/);
});

test("paused it ends its run and puts both hosts back; after a reload it is resumed and completes", async () => {
  await page.keyboard.press("Shift+P");
  await expect(page.getByRole("heading", { name: "Paused" })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText("identical to before the campaign.")).toHaveCount(2);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Paused" })).toBeVisible();
  await page.keyboard.press("Shift+S");
  await expect(page.getByText("ends about")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Complete" })).toBeVisible({ timeout: 280_000 });
  await expect(page.getByText("16 of 16 runs succeeded")).toBeVisible();
  await expect(page.getByText("identical to before the campaign.")).toHaveCount(2);
});

test("what was executed is what the plan showed", async () => {
  const { events, campaign } = await world.content(campaignId);
  const userland = /userland\/(\w+)/.exec(
    JSON.stringify(events.find(({ type }) => type === "equipped")),
  )?.[1];
  // A plan has an id of its own, and cannot know the hash of a userland that is not there yet.
  const ids = new RegExp(`${campaignId.slice(0, -6)}[0-9a-f]{6}`, "g");
  const plain = (command: string) => command.replaceAll(ids, "ID").replaceAll(userland ?? "none", "HASH");
  const executed = new Map<string, string[]>();
  for (const event of events)
    if (event.type === "run-phase")
      executed.set(event.runId, [...(executed.get(event.runId) ?? []), plain(event.command)]);
  expect([...executed.keys()]).toHaveLength(16);
  for (const [runId, commands] of executed)
    expect({ runId, commands }).toEqual({ runId, commands: previewed.get(runId)?.map(plain) });
  for (const [slot, texts] of reviewed) {
    const executedChanges = changesOfSession(events, slot).flatMap(({ probe, apply, undo, lasting }) =>
      [[probe, ...apply], ...(lasting ? [undo] : [])].map((commands) =>
        plain(commands.map(commandText).join("\n")),
      ),
    );
    const shown = texts.map((text) => plain(text.replaceAll("CAMPAIGN", "ID")));
    expect({ slot, changes: executedChanges }).toEqual({ slot, changes: shown });
    expect(shown.length).toBeGreaterThan(1);
  }
  expect(planSessions(campaign).flatMap(({ runs }) => runs.map(({ runId }) => runId))).toEqual(
    events.flatMap((event) => (event.type === "run-ended" ? [event.runId] : [])),
  );
});

test("results have a figure and a table for each workload, with the journal's values and their raw output", async () => {
  await page.getByRole("link", { name: "Results", exact: true }).click();
  const { events, campaign } = await world.content(campaignId);
  const { rows } = results(campaign, reduceAll(events), workloads);
  for (const name of new Set(campaign.conditions.map(({ workload }) => workload))) {
    const { title } = workloads[name];
    await toSection(title);
    const region = page.getByRole("region", { name: title, exact: true });
    await expect(region.locator("svg.main-svg").first()).toBeVisible();
    for (const row of rows.filter(({ workload, metric }) => workload === name && metric.primary)) {
      const line = region.locator(`[data-row="${rowKey(row)}"]`);
      await expect(line.locator("td").first()).toHaveText(meanText(row.mean, row.deviation));
      await expect(line.locator("td").nth(3)).toHaveText(
        row.ratio === null ? "" : ratioWithInterval(row.ratio),
      );
    }
  }
  await toSection("STREAM");
  const table = page.getByRole("region", { name: "Results of STREAM" });
  await press(table.getByRole("button", { name: dockerLabel }).first());
  await press(table.getByRole("list", { name: `Runs of ${dockerLabel} by block` }).getByRole("button"));
  const drawer = page.getByRole("dialog", { name: "b01-docker-nat-stream" });
  await expect(drawer.getByRole("region", { name: /measure-0\.stdout/ })).toContainText("triad", {
    ignoreCase: true,
  });
  await page.keyboard.press("Escape");
});

test("facts, changes and the library tell of it", async () => {
  await page.getByRole("link", { name: "Facts", exact: true }).click();
  await expect(page.getByText("After", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Changes", exact: true }).click();
  await expect(page.getByText("identical to before", { exact: false }).first()).toBeVisible();
  await expect(page.getByText("undone").first()).toBeVisible();
  await expect(page.getByText("not proven undone")).toHaveCount(0);
  await page
    .getByRole("navigation", { name: "Places" })
    .getByRole("link", { name: "Library" })
    .first()
    .click();
  const entry = page.getByRole("row", { name: /First;/ });
  await expect(entry).toContainText("complete");
  await expect(entry).toContainText(labName);
});

test("the same campaign stands in figures over the paper, is judged by its claims, compared, and handed on", async () => {
  await page
    .getByRole("navigation", { name: "Places" })
    .getByRole("link", { name: "Library" })
    .first()
    .click();
  await page.getByRole("link", { name: campaignName }).click();
  await overThePaper(page);
  await judged(page);
  await comparedAndHandedOn(page, campaignId);
});

test("a changed host key stops the test of the connection and a campaign, with the reason", async () => {
  const restore = await world.changeKnownKey("sut");
  const changed = /The key of .* has changed, so Tare did not log in/;
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Labs" }).click();
  await page.getByRole("link", { name: labName }).click();
  await toStep("Connect");
  await press(page.getByRole("button", { name: "Test connection" }));
  await expect(steps("sut").getByText(changed)).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await startSmall("Behind a changed key");
  await expect(page.getByRole("heading", { name: "Stopped by a failure" })).toBeVisible();
  await expect(page.getByText(changed).first()).toBeVisible();
  await restore();
});

test("a campaign goes on without a browser and without its lab's entry, is shown live when one comes, and can be cancelled", async ({
  browser,
}) => {
  await startSmall("Left alone");
  await expect(page.getByRole("region", { name: "Run under way" })).toBeVisible({ timeout: 120_000 });
  const { pathname } = new URL(page.url());
  await page.context().close();

  const stranger = await browser.newPage();
  await stranger.goto(world.server.url);
  await expect(
    stranger.getByRole("heading", { name: "This browser is not signed in to Tare" }),
  ).toBeVisible();
  await stranger.close();
  page = await world.open(browser, world.server.newUrl());
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Labs" }).click();
  await page.getByRole("link", { name: labName }).click();
  await press(page.getByRole("button", { name: "Remove" }));
  await press(page.getByRole("dialog").getByRole("button", { name: "Remove the lab" }));
  await expect(page.getByRole("heading", { name: "No labs yet" })).toBeVisible();

  await page
    .getByRole("navigation", { name: "Places" })
    .getByRole("link", { name: "Library" })
    .first()
    .click();
  await page.getByRole("link", { name: "Left alone" }).click();
  expect(new URL(page.url()).pathname).toBe(pathname);
  await expect(page.getByText("ends about")).toBeVisible();
  await expect(page.getByRole("region", { name: "Run under way" })).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press("Shift+X");
  await press(page.getByRole("dialog").getByRole("button", { name: "Cancel the campaign" }));
  await expect(page.getByRole("heading", { name: "Cancelled" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("identical to before the campaign.")).toHaveCount(2);
});

test("nothing that was typed was executed anywhere", async () => {
  for (const end of ["lab", "tick", "campaign", "label", "key"])
    expect(existsSync(`${trap}-${end}`)).toBe(false);
  for (const role of hostRoles)
    expect((await world.lab.ssh(role, "ls / /tmp /root /var/lib/tare | grep -c pwned")).stdout.trim()).toBe(
      "0",
    );
});
