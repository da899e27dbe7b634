// The suites beyond the checks: what each needs on this machine, and how it is run or why it is left out.
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { demoLabAvailability } from "#main/demo-lab/availability.ts";
import {
  ensurePackages,
  findProgram,
  labPackages,
  type SystemPackage,
} from "#main/demo-lab/system-packages.ts";
import { electronReadiness } from "#main/shells.ts";
import { rootFolder } from "#main/installation.ts";
import { toFailure } from "#shared/model/error.ts";
import { runPlaywright } from "./run-playwright.ts";
import { runVitest, type VitestTally } from "./run-vitest.ts";
import type { Tally } from "./tally.ts";

export interface Suite {
  readonly name: string;
  /** Installs what is missing where that is possible; the reason why the suite is left out, or null. */
  obstacle(): Promise<string | null>;
  run(): Promise<Tally & Partial<Pick<VitestTally, "secondTries">>>;
}

const root = process.platform === "linux" && process.getuid?.() === 0;

const sshPackages: readonly SystemPackage[] = [
  { programs: ["sshd"], package: "openssh-server" },
  { programs: ["ssh-keygen"], package: "openssh-client" },
  { programs: ["sudo"], package: "sudo" },
  { programs: ["perl"], package: "perl" },
];

export const suites: readonly Suite[] = [
  {
    name: "packages: the packed desktop application and the installed command line",
    obstacle: () =>
      Promise.resolve(process.platform === "linux" ? null : "the packing is tried on Linux only"),
    run: () => runVitest("package"),
  },
  {
    name: "ssh: a real sshd on loopback",
    obstacle: () =>
      root
        ? install(sshPackages)
        : Promise.resolve("it needs root on Linux, to give its sshd accounts of its own"),
    run: () => runVitest("ssh"),
  },
  {
    name: "lab: two hosts on this machine, with Docker and libvirt",
    async obstacle() {
      const { available, reason } = demoLabAvailability();
      if (!available) return reason;
      // Before the files, of which several start at once. Where it fails, the tests say so.
      await install(labPackages);
      return null;
    },
    run: () => runVitest("lab*"),
  },
  {
    name: "window: Chromium over the browser host",
    obstacle: chromiumObstacle,
    run: () => runPlaywright("browser", { CHROMIUM_PATH: chromiumPath() ?? "" }),
  },
  {
    name: "journey: the whole program on the lab, through the window",
    async obstacle() {
      const { available, reason } = demoLabAvailability();
      return available ? chromiumObstacle() : reason;
    },
    run: () => runPlaywright("lab", { CHROMIUM_PATH: chromiumPath() ?? "" }),
  },
  {
    name: "window: the same specs in Electron",
    obstacle() {
      const ready = electronReadiness(rootFolder);
      return Promise.resolve("reason" in ready ? ready.reason : null);
    },
    run: () => runPlaywright("electron", { TARE_E2E_SHELL: "electron" }),
  },
];

async function chromiumObstacle(): Promise<string | null> {
  await install([{ programs: ["strace"], package: "strace" }]);
  if (chromiumPath() !== null) return null;
  const failure = await install([{ programs: ["chromium"], package: "chromium" }]);
  return chromiumPath() === null ? (failure ?? "there is no Chromium") : null;
}

/** The Chromium of CHROMIUM_PATH, of the system, or of Playwright. */
function chromiumPath(): string | null {
  const candidates = [process.env["CHROMIUM_PATH"], findProgram("chromium"), chromium.executablePath()];
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null;
}

/** Null when all is there; else why not. */
async function install(packages: readonly SystemPackage[]): Promise<string | null> {
  const onProgress = stageLines();
  try {
    await ensurePackages(packages, { onProgress, signal: AbortSignal.timeout(300_000) });
    return null;
  } catch (error) {
    return toFailure(error).message;
  }
}

/** Each stage once. */
function stageLines(): (stage: string) => void {
  let last = "";
  return (stage) => {
    if (stage !== last) process.stdout.write(`${stage}\n`);
    last = stage;
  };
}
