// Configurations over stored facts and the core's own plan: what a lab does not offer, and the text as a difference.
import { expect, test } from "../fixtures/stored-labs.ts";

test("a preset that the lab does not offer is greyed with the reason and adds nothing", async ({ open }) => {
  const page = await open("/new/configurations", "arm");
  const before = await page.getByRole("link", { name: /^Edit / }).count();
  await page.getByRole("button", { name: "Add…" }).click();
  const option = page.getByRole("button", { name: /^KVM, default/ });
  await expect(option).toHaveAttribute("aria-disabled", "true");
  await expect(option).toContainText("x86");
  await option.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: /^Edit / })).toHaveCount(before);
});

test("the commands stand beside every step as a difference, and in the review with the undo", async ({
  open,
}) => {
  const page = await open("/new/configurations/kvm/environment", "two-sockets");
  const commands = page.getByRole("region", { name: /^Commands, against “KVM”/ });
  await expect(commands).toContainText("The same text.");
  const memory = page.getByLabel("Memory", { exact: true });
  const had = await memory.inputValue();
  await memory.fill("4096");
  await expect(commands.getByRole("deletion")).toHaveText(new RegExp(`<memory unit="MiB">${had}</memory>`));
  await expect(commands.getByRole("insertion")).toHaveText(/<memory unit="MiB">4096<\/memory>/);
  await commands.getByRole("link", { name: "The whole text" }).click();
  const review = page.getByRole("region", { name: "What will be executed" });
  await expect(review.getByText("Undo", { exact: true }).first()).toBeVisible();
  await review.getByText("Only what differs from “KVM”").click();
  await expect(review.getByRole("heading", { level: 3 })).toHaveText([
    "Define and start guest tare-CAMPAIGN-kvm",
  ]);

  await page.getByRole("link", { name: /Environment/ }).click();
  await page.getByRole("button", { name: "Start again from a preset" }).click();
  await page.getByRole("menuitem", { name: /KVM, untuned/ }).click();
  await expect(page.getByRole("link", { name: /Network/ })).toContainText("user-mode");
  await page.getByRole("button", { name: "Bring back what it was" }).click();
  await expect(memory).toHaveValue("4096");
  await expect(page.getByRole("link", { name: /Network/ })).toContainText("bridge");
});
