// The window's frame: signing in, losing the core, going places, colours, questions.
import { expect, test } from "./fixtures/window.ts";

test("the token leaves the address bar and opens the session once", async ({ open, core }) => {
  const page = await open("/");
  expect(page.url()).not.toContain("token");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Library" })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(new URL(core.url).origin);
});

test("a browser without a session is told how to open Tare again", async ({ page, core }) => {
  await page.goto(new URL("/", core.url).href);
  await expect(page.getByRole("heading", { name: "This browser is not signed in to Tare" })).toBeVisible();
  await expect(page.getByText("npm start")).toBeVisible();
  // The new address, pasted into the same window.
  await page.goto(core.url);
  await expect(page.getByRole("heading", { name: "Library" })).toBeVisible();
});

test("after a dropped connection the window says so, reconnects and goes on", async ({ open, core }) => {
  const page = await open("/");
  await page.route("**/session", (route) => route.abort());
  core.cut();
  const bar = page.getByText("Connection to the core lost, reconnecting.");
  await expect(bar).toBeVisible();
  await page.unroute("**/session");
  await expect(bar).toBeHidden();
  await page.getByRole("link", { name: "Labs" }).click();
  await expect(page.getByRole("link", { name: "Bench pair, rack 4" })).toBeVisible();
});

test("Ctrl+K goes to a campaign by its name", async ({ open }) => {
  const page = await open("/");
  // What comes in after the typing is listed, and not chosen.
  await expect(page.getByRole("link", { name: "Redis and storage, quick" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog").getByLabel("Go to")).toBeFocused();
  await page.keyboard.type("Redis and storage");
  await expect(page.getByRole("dialog").getByText("Redis and storage, quick")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Redis and storage, quick" })).toBeVisible();
  await expect(page).toHaveTitle("Redis and storage, quick · Tare");
});

test("the keyboard reaches the page past the rail", async ({ open }) => {
  const page = await open("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the page" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("colours follow the system until they are switched, and the choice stays", async ({ open }) => {
  const page = await open("/");
  const root = page.locator("html");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(root).toHaveAttribute("data-mantine-color-scheme", "dark");
  await page.getByRole("button", { name: /^Colors: as the system/ }).click();
  await expect(root).toHaveAttribute("data-mantine-color-scheme", "light");
  await page.reload();
  await expect(root).toHaveAttribute("data-mantine-color-scheme", "light");
});

test.describe("questions of the core", () => {
  test.use({
    asked: {
      prompts: [
        {
          kind: "host-key",
          id: "1",
          host: "root@198.18.1.2",
          keyType: "ssh-ed25519",
          fingerprint: "SHA256:n7yQJjCk0Yt0v6Y2mX3xq3lqkG3yQk8k0o1N2p3Q4r5",
        },
        { kind: "passphrase", id: "2", host: "bench@198.18.2.2", keyPath: "~/.ssh/id_ed25519", retry: true },
      ],
    },
  });

  test("appear over any page, one after the other", async ({ open }) => {
    const page = await open("/labs");
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("SHA256:n7yQJjCk0Yt0v6Y2mX3xq3lqkG3yQk8k0o1N2p3Q4r5")).toBeVisible();
    await expect(dialog.getByRole("button", { name: "Refuse" })).toBeFocused();
    await dialog.getByRole("button", { name: "Accept the key" }).click();
    await expect(dialog.getByText("The last one was not accepted.")).toBeVisible();
    await page.keyboard.type("not a real one");
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
  });
});
