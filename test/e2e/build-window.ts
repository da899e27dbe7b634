// Builds the window once before its tests.
import { build } from "vite";

async function buildWindow(): Promise<void> {
  await build({ configFile: "vite.config.ts", logLevel: "warn" });
}

// Playwright takes the default export of its global set-up.
// oxlint-disable-next-line import/no-default-export
export default buildWindow;
