// End-to-end tests of the window: the system's Chromium against the built window and a real transport.
import { defineConfig } from "@playwright/test";

const chromium = {
  launchOptions: {
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  },
  viewport: { width: 1400, height: 900 },
  actionTimeout: 15_000,
};

export default defineConfig({
  testDir: "test/e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter:
    process.env["CI"] === undefined ? "list" : [["list"], ["junit", { outputFile: "test-results/e2e.xml" }]],
  projects: [
    { name: "build", testMatch: "build-window.setup.ts" },
    // Each test has a core and a page of its own.
    {
      name: "browser",
      testIgnore: "lab/**",
      dependencies: ["build"],
      use: chromium,
      fullyParallel: true,
    },
    // The whole program on the demo lab: minutes, and only where that lab can run.
    { name: "lab", testMatch: "lab/**/*.spec.ts", dependencies: ["build"], use: chromium },
    // The specs with a real core, on the desktop application; `npm test` says where they cannot run.
    {
      name: "electron",
      dependencies: ["build"],
      workers: 1,
      testMatch: ["run.spec.ts", "results.spec.ts"],
      grepInvert: /@browser/,
    },
  ],
});
