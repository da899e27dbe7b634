// The fixture of the lab tests: one demo lab for a test file, with real OpenSSH to reach its hosts.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { HostRole } from "#shared/model/lab.ts";
import { type DemoLab, type DemoLabOptions, startDemoLab } from "#main/demo-lab/demo-lab.ts";
import { installSystemPackages } from "#main/demo-lab/system-packages.ts";
import { cleanDemoLabs } from "#main/demo-lab/teardown.ts";
import { defaultCacheFolder } from "#main/demo-lab/trees.ts";
import { cleanKilledTests, removeKeys, testFolders } from "./killed-tests.ts";

export interface Printed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TestLab {
  readonly id: string;
  readonly stateFolder: string;
  readonly demo: DemoLab;
  /** Path of a known_hosts file that has the keys of both hosts. */
  readonly knownHosts: string;
  /** Path of a program that prints the variable TYPED, for SSH_ASKPASS. */
  readonly askPass: string;
  /** Runs a shell line on a host with the OpenSSH client, as root unless told otherwise. */
  ssh(host: HostRole, line: string, options?: { user?: string; stdin?: string }): Promise<Printed>;
  stop(): Promise<void>;
}

let count = 0;

/** Brings a lab up for the test file, and down after it, also where a test failed. Call at the top; the lab is there inside tests. */
export function withDemoLab(options: DemoLabOptions = {}): { readonly lab: TestLab } {
  let lab: TestLab | undefined;
  beforeAll(async () => {
    lab = await startTestLab(options);
  }, 600_000);
  afterAll(async () => {
    await lab?.stop();
  }, 60_000);
  return {
    get lab() {
      if (lab === undefined) throw new Error("The demo lab is there inside tests and hooks only.");
      return lab;
    },
  };
}

/** A lab of a test's own; with an id and a folder of its own unless `place` names them. */
export async function startTestLab(
  options: DemoLabOptions = {},
  place?: { readonly id: string; readonly stateFolder: string },
): Promise<TestLab> {
  const signal = new AbortController().signal;
  await installSystemPackages({ onProgress: silent, signal });
  await cleanKilledTests(signal);
  count += 1;
  const id = place?.id ?? `test-${process.pid}-${count}`;
  const stateFolder = place?.stateFolder ?? (await newStateFolder());
  const cacheFolder = defaultCacheFolder;
  const demo = await startDemoLab({
    id,
    cacheFolder,
    stateFolder,
    signal,
    onProgress: silent,
    options,
  }).catch(async (error: unknown) => {
    await rm(stateFolder, { recursive: true, force: true });
    throw error;
  });
  const knownHosts = join(stateFolder, id, "known_hosts");
  await writeFile(knownHosts, `${demo.hostKeys.join("\n")}\n`);
  const askPass = join(stateFolder, id, "ask-pass");
  await writeFile(askPass, `#!/bin/sh\nprintf '%s\\n' "$TYPED"\n`, { mode: 0o700 });
  return {
    id,
    stateFolder,
    demo,
    knownHosts,
    askPass,
    ssh: (host, line, { user = "root", stdin = "" } = {}) => {
      const { address, auth } = demo.lab[host];
      const key = auth.kind === "key" ? auth.path : "";
      const settings = [
        `IdentityFile=${key}`,
        `UserKnownHostsFile=${knownHosts}`,
        "BatchMode=yes",
        "LogLevel=ERROR",
      ];
      const argv = [...settings.flatMap((setting) => ["-o", setting]), `${user}@${address}`, line];
      return run("ssh", argv, stdin);
    },
    stop: async () => {
      await demo.stop();
      await removeKeys(id);
      await cleanDemoLabs({ stateFolder, signal });
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}

/** An empty folder for the state of labs, on a real file system. */
export async function newStateFolder(): Promise<string> {
  return mkdtemp(testFolders);
}

export async function run(program: string, argv: readonly string[], stdin = ""): Promise<Printed> {
  const child = spawn(program, argv, { stdio: ["pipe", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.on("error", () => undefined);
  child.stdin.end(stdin);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ status: code ?? -1, stdout, stderr }));
  });
}

function silent(): void {
  // Nobody waits in front of a test.
}
