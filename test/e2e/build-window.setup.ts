// Builds the window once before its tests.
import { test as setup } from "@playwright/test";
import { build } from "vite";

setup("the window builds", async () => {
  await build({ configFile: "vite.config.ts", logLevel: "warn" });
});
