// How the journey goes through the window: by keyboard where it can, by names as a person reads them.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Change } from "#shared/model/change.ts";
import type { CampaignEvent } from "#shared/model/event.ts";
import type { HostRole } from "#shared/model/lab.ts";

const titles: Readonly<Record<HostRole, string>> = { sut: "System under test", loadgen: "Load generator" };

/** `page`: the page that is open now; `fingerprint`: of a host's key. */
export function walkOf(page: () => Page, fingerprint: (role: HostRole) => Promise<string>) {
  /** A step of the wizard that is shown. */
  async function toStep(title: string): Promise<void> {
    await press(
      page()
        .getByRole("navigation", { name: "Steps" })
        .getByRole("link", { name: new RegExp(`\\d ?${title}`) }),
    );
  }

  async function pointTo(title: string): Promise<void> {
    await page()
      .getByRole("navigation", { name: "Steps" })
      .getByRole("link", { name: new RegExp(`\\d ?${title}`) })
      .click();
  }

  /** From the list of configurations into the wizard of one. */
  async function edit(label: string): Promise<void> {
    await press(page().getByRole("link", { name: `Edit ${label}`, exact: true }));
  }

  async function toConfigurations(): Promise<void> {
    await press(page().getByRole("link", { name: "All configurations of the campaign" }));
  }

  /** Parts of the results are drawn when they come close. */
  async function toSection(name: string): Promise<void> {
    await page().getByRole("navigation", { name: "Sections" }).getByRole("link", { name }).click();
  }

  function section(role: HostRole): Locator {
    return page().getByRole("region", { name: titles[role], exact: true });
  }

  function field(role: HostRole, label: string): Locator {
    return section(role).getByLabel(label, { exact: true });
  }

  /** The steps of the connection's test on one host. */
  function steps(role: HostRole): Locator {
    const heading = page().getByRole("heading", { level: 3, name: titles[role] });
    return page().getByRole("region", { name: "Connection" }).locator("div").filter({ has: heading }).last();
  }

  async function answerHostKey(role: HostRole, answer: "Accept the key" | "Refuse"): Promise<void> {
    const dialog = page().getByRole("dialog", { name: "Is this the right machine?" });
    await expect(dialog).toContainText(await fingerprint(role));
    await press(dialog.getByRole("button", { name: answer }));
    await expect(dialog).toHaveCount(0);
  }

  /** Native only, long enough to be met under way. */
  async function startSmall(name: string): Promise<void> {
    await page()
      .getByRole("navigation", { name: "Places" })
      .getByRole("link", { name: "New campaign" })
      .click();
    await page().getByLabel("Name", { exact: true }).fill(name);
    await toStep("Configurations");
    for (const label of ["KVM", "Docker NAT", "Docker host network"]) {
      await press(page().getByRole("button", { name: `Acts on ${label}` }));
      await press(page().getByRole("menuitem", { name: "Remove" }));
    }
    await toStep("Repeats");
    await page().getByLabel("Blocks", { exact: true }).fill("20");
    await press(page().getByRole("button", { name: "Plan now" }));
    await press(page().getByRole("button", { name: "Start" }));
    await expect(page().getByRole("heading", { level: 1, name })).toBeVisible();
  }

  return {
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
  };
}

/** Changes that were made for the first session of a slot, in order; dropped caches are the campaign's. */
export function changesOfSession(events: readonly CampaignEvent[], slot: string): readonly Change[] {
  const made: Change[] = [];
  for (const event of events) {
    if (event.type === "equipped" || event.type === "environment-stopped") made.length = 0;
    if (event.type === "change" && event.record.status === "applied") made.push(event.record.change);
    if (event.type === "environment-started" && event.slot === slot)
      return made.filter(({ kind }) => kind !== "drop-caches");
  }
  return [];
}

/** Commands of a part of the window, those included that are cut at first. */
export async function wholeTexts(part: Locator): Promise<readonly string[]> {
  const long = part.getByRole("button", { name: /^Show all/ });
  while ((await long.count()) > 0) await press(long.first());
  return part.locator("pre").allTextContents();
}

export async function wholeTextsOf(parts: Locator): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const part of await parts.all()) texts.push(...(await wholeTexts(part)));
  return texts;
}

/** By keyboard, as anything must be reachable. */
export async function press(control: Locator): Promise<void> {
  await expect(control).toBeEnabled();
  await control.press("Enter");
}
