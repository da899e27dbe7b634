// The pinning wizard on stored facts: pointer, keyboard and text choose the same CPUs, and nothing is lost on the way.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/stored-labs.ts";
import { violations } from "../fixtures/violations.ts";

const socket = "0-7,16-23";

const cpu = (page: Page, number: number) => page.locator(`[data-cpu="${number}"]`);
const list = (page: Page) => page.getByRole("textbox", { name: "CPUs", exact: true });
const chosen = (page: Page) => page.locator("[data-cpu][aria-pressed='true']");

test("one socket by a choice, by its head, by dragging, by keys and by its list is the same text", async ({
  open,
}) => {
  const page = await open("/new/configurations/native/pinning", "two-sockets");
  const clear = page.getByRole("button", { name: "Clear" });
  await page.getByRole("button", { name: /^One socket/ }).click();
  await expect(list(page)).toHaveValue(socket);
  await expect(page.getByRole("radio", { name: /^Local/ })).toBeChecked();

  await clear.click();
  await page.getByRole("button", { name: /^Socket 0,/ }).click();
  await expect(list(page)).toHaveValue(socket);

  await clear.click();
  await cpu(page, 0).hover();
  await page.mouse.down();
  await cpu(page, 9).hover();
  await cpu(page, 23).hover();
  await page.mouse.up();
  await expect(list(page)).toHaveValue(socket);

  // From the head of the map on, with the keyboard alone.
  await page.keyboard.press("Escape");
  await expect(list(page)).toHaveValue("");
  await cpu(page, 0).focus();
  for (const _ of Array.from({ length: 7 })) await page.keyboard.press("Shift+ArrowRight");
  await expect(list(page)).toHaveValue("0-7");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(list(page)).toHaveValue(socket);
  await page.keyboard.press("Control+z");
  await expect(list(page)).toHaveValue("");
  await page.keyboard.press("s");
  await expect(list(page)).toHaveValue(socket);

  await page.keyboard.press("Escape");
  await cpu(page, 8).click();
  await cpu(page, 27).click({ modifiers: ["Shift"] });
  await expect(list(page)).toHaveValue("8-11,24-27");

  await list(page).fill(socket);
  await list(page).fill("0-7,16-");
  await expect(page.getByText("The text is no CPU list; the map shows the last one that was.")).toBeVisible();
  await expect(chosen(page)).toHaveCount(16);
  await list(page).fill("8");
  await expect(chosen(page)).toHaveCount(1);
  await list(page).fill(socket);
  await expect(chosen(page)).toHaveCount(16);
});

test("vCPUs follow the chosen CPUs, are pinned by pointing, and stay while one looks elsewhere", async ({
  open,
}) => {
  const page = await open("/new/configurations/kvm/pinning", "two-sockets");
  const pins = page.getByRole("textbox", { name: "vCPU pins" });
  await list(page).fill("0-1,16-17");
  await page.getByRole("button", { name: /^vCPUs on these CPUs/ }).click();
  await expect(page.getByRole("textbox", { name: "vCPUs", exact: true })).toHaveValue("4");
  await expect(pins).toHaveValue("0 16 1 17");
  await expect(page.getByRole("textbox", { name: "Threads" })).toHaveValue("2");

  await expect(page.getByText(/hides from the guest .* AVX/).last()).toBeVisible();

  await page.getByRole("radio", { name: "Choose on the map: vCPU pins" }).check();
  await expect(
    page.getByRole("radio", { name: "vCPU 1, socket 0, core 0, thread 1: on CPU 16" }),
  ).toBeVisible();
  await page.getByRole("radio", { name: /^vCPU 2,/ }).click();
  // One click pins it and goes on to the next one.
  await cpu(page, 5).click();
  await cpu(page, 21).click();
  await expect(pins).toHaveValue("0 16 5 21");
  // The same by keyboard.
  await page.getByRole("radio", { name: /^vCPU 3,/ }).focus();
  await page.keyboard.press("Home");
  await cpu(page, 6).focus();
  await page.keyboard.press("Space");
  await expect(pins).toHaveValue("6 16 5 21");

  await page.getByRole("radio", { name: "Choose on the map: Emulator pin" }).check();
  await cpu(page, 9).click();
  await page.getByRole("button", { name: "Split by the host's nodes" }).click();
  expect(await violations(page)).toEqual([]);

  await page.getByRole("link", { name: /^Next/ }).click();
  await page.goBack();
  await expect(pins).toHaveValue("6 16 5 21");
  await expect(page.getByRole("textbox", { name: "Emulator pin" })).toHaveValue(/9/);
  await expect(page.getByRole("textbox", { name: "NUMA nodes of the guest" })).toHaveValue(/^0-3:\d+@0$/);
});
