// Labs: every field checked where it is, nothing lost, connection and facts shown.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures/window.ts";

async function fillHost(page: Page, title: string, address: string): Promise<void> {
  const host = page.getByRole("region", { name: title });
  await host.getByLabel("Address", { exact: true }).fill(address);
  await host.getByLabel("Data address").fill(address);
}

test.describe("with no lab yet", () => {
  test.use({ scene: "empty" });

  test("a lab is added once every field is right", async ({ open }) => {
    const page = await open("/labs/new");
    await page.getByLabel("Name").fill("Bench $(reboot) 'pair'");
    await fillHost(page, "System under test", "-oProxyCommand=reboot");
    await fillHost(page, "Load generator", "198.18.2.2");
    await page.getByRole("region", { name: "Load generator" }).getByLabel("Port").fill("99999");
    await page.getByRole("link", { name: "Next: Guests and userland" }).click();
    await page.getByLabel("Guest address").fill("198.18.0.65");
    await page.getByRole("button", { name: "Save" }).click();

    // The first wrong field is in the other step, which is gone to.
    const sut = page.getByRole("region", { name: "System under test" });
    await expect(sut.getByText("must be a host name or an IP address").first()).toBeVisible();
    await expect(page.getByText("must be 1 to 65535")).toBeVisible();
    await fillHost(page, "System under test", "198.18.1.2");
    await page.getByRole("region", { name: "Load generator" }).getByLabel("Port").fill("22");

    // Going on to connect saves; what cannot be saved is listed, and leads to its field.
    await page
      .getByRole("navigation", { name: "Steps" })
      .getByRole("link", { name: /Connect/ })
      .click();
    const wrong = page.getByRole("link", {
      name: "Guests, address: must be an IPv4 address with prefix length, like 198.18.0.65/24",
    });
    await wrong.click();
    await page.getByLabel("Guest address").fill("198.18.0.65/24");
    await page.getByRole("link", { name: "Next: Connect" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Bench $(reboot) 'pair'" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Test connection" })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe("/labs/bench-reboot-pair/connect");
  });

  test("what was typed is still there after leaving the page", async ({ open }) => {
    const page = await open("/labs/new");
    await page.getByLabel("Name").fill("Half done");
    await page.getByRole("link", { name: "Library", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Library" })).toBeVisible();
    await page.getByRole("link", { name: "Add a lab" }).click();
    await expect(page.getByLabel("Name")).toHaveValue("Half done");
    await expect(page.getByText("typed here before and not saved")).toBeVisible();
  });
});

test("an entry of ~/.ssh/config fills in a host", async ({ open }) => {
  const page = await open("/labs/new");
  const sut = page.getByRole("region", { name: "System under test" });
  await sut.getByRole("button", { name: "From ~/.ssh/config" }).click();
  await page.getByRole("menuitem", { name: /rack4-sut/ }).click();
  await expect(sut.getByLabel("Port").first()).toHaveValue("2222");
  await expect(sut.getByLabel("Private key file").first()).toHaveValue("~/.ssh/lab");
  await expect(sut.getByRole("group", { name: "Jump host" }).getByLabel("Address")).toHaveValue("198.18.9.1");
});

test("the connection test shows each step of both hosts", async ({ open }) => {
  const page = await open("/labs/bench-pair/connect");
  await page.getByRole("button", { name: "Test connection" }).click();
  const connection = page.getByRole("region", { name: "Connection" });
  await expect(connection.getByText("controller lock")).toHaveCount(2);
  await expect(connection.getByLabel("ok")).toHaveCount(14);
});

test("facts of both hosts are shown with their age", async ({ open }) => {
  const page = await open("/labs/bench-pair/facts");
  await expect(page.getByText(/probed \d+ days ago/)).toBeVisible();
  await expect(page.getByText("Intel(R) Xeon(R) Gold 6226R CPU @ 2.90GHz").first()).toBeVisible();
});

test("removing a lab asks first and says what stays", async ({ open }) => {
  const page = await open("/labs/bench-pair");
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("dialog")).toContainText("Campaigns that were measured on it stay");
  await page.getByRole("button", { name: "Remove the lab" }).click();
  await expect(page.getByRole("heading", { name: "No labs yet" })).toBeVisible();
});

test.describe("when the core fails", () => {
  test.use({ scene: "failing" });

  test("a lab that could not be saved keeps what was typed", async ({ open }) => {
    const page = await open("/labs/bench-pair");
    await page.getByLabel("Name").fill("Bench pair, rack 5");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("no space is left on the disk of this machine")).toBeVisible();
    await expect(page.getByLabel("Name")).toHaveValue("Bench pair, rack 5");
  });

  test("a refused log-in says on which host, and what to do", async ({ open }) => {
    const page = await open("/labs/bench-pair/connect");
    await page.getByRole("button", { name: "Test connection" }).click();
    await expect(page.getByRole("alert")).toContainText("bench@198.18.2.2 refused every way to log in");
    await expect(page.getByLabel("failed")).toHaveCount(1);
    await expect(page.getByText("ssh-copy-id -i ~/.ssh/id_ed25519.pub bench@198.18.2.2")).toBeVisible();
  });

  test("a host on which a campaign measures is not mended, and the window says who measures", async ({
    open,
  }) => {
    const page = await open("/labs/bench-pair/preflight");
    await page.getByRole("button", { name: "Install nuttcp" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Install nuttcp" }).click();
    await expect(page.getByRole("alert")).toContainText('"Night run" measures since');
  });
});

test("with the keyboard alone: from the machines to a tool that is missing, installed and seen again", async ({
  open,
}) => {
  const page = await open("/labs/bench-pair");
  // Read by an effect, so the page is alive.
  await expect(page.getByText("Addresses seen there").first()).toBeVisible();
  for (const title of ["Guests and userland", "Connect", "Facts", "Preflight"]) {
    await listening(page);
    await page.keyboard.press("Alt+PageDown");
    await expect(page.getByRole("region", { name: new RegExp(`^Step \\d: ${title}$`) })).toBeVisible();
  }
  const checks = page.getByRole("list", { name: "Preflight of the load generator" });
  const nuttcp = checks.getByRole("listitem").filter({ hasText: "for nuttcp" });
  await expect(nuttcp.getByText("missing")).toBeVisible();
  const install = nuttcp.getByRole("button", { name: "Install nuttcp" });
  await tabTo(page, install);
  await page.keyboard.press("Enter");
  const question = page.getByRole("dialog");
  await expect(question).toContainText("Tare does not undo it");
  await expect(question).toContainText("mend.sh install nuttcp");
  await tabTo(page, question.getByRole("button", { name: "Install nuttcp" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Done on loadgen.")).toBeInViewport();
  await expect(page.getByLabel("What the host printed")).toContainText("apt-get -q update");
  await expect(nuttcp.getByText("there", { exact: true })).toBeVisible();
  // The focus went to what is going on, not to the top of the page.
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Close", exact: true })).toBeFocused();
  await page.keyboard.press("Alt+PageUp");
  await expect(page.getByRole("region", { name: "Step 4: Facts" })).toBeVisible();
});

test("addresses that a probe saw are taken by a click, and another step keeps them", async ({ open }) => {
  const page = await open("/labs/bench-pair");
  const loadgen = page.getByRole("region", { name: "Load generator" });
  await loadgen
    .getByRole("button", { name: /^198\./ })
    .first()
    .click();
  const taken = await loadgen.getByLabel("Data address").inputValue();
  await expect(loadgen.getByLabel("Data interface")).not.toHaveValue("");
  await page.getByRole("link", { name: "Next: Guests and userland" }).click();
  await page
    .getByRole("group", { name: /In the network of the data address/ })
    .getByRole("button")
    .click();
  await expect(page.getByLabel("Guest address")).toHaveValue(/^198\.18\.0\.\d+\/\d+$/);
  await page.goBack();
  await expect(loadgen.getByLabel("Data address")).toHaveValue(taken);
});

/** A step listens for keys once it was painted: its effects run after that. */
async function listening(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))),
  );
}

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, element: Locator): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    if (await element.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab does not reach it.");
}
