// Builds the window once before its tests; for Electron all three parts.
import { test as setup } from "@playwright/test";
import { build as buildDesktop } from "electron-vite";
import { build } from "vite";
import { inElectron } from "./fixtures/electron-window.ts";

setup("the window builds", async () => {
  if (inElectron) await buildDesktop({ logLevel: "warn" });
  else await build({ configFile: "vite.config.ts", logLevel: "warn" });
});
