// What the packaging tests share: one build of all parts, folders that go away, programs run to their end.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, onTestFinished } from "vitest";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Builds out/ once for the test file. */
export function withBuild(): void {
  beforeAll(async () => {
    const { status, output } = await run(process.execPath, [bin("electron-vite"), "build"], root);
    if (status !== 0) throw new Error(output);
  }, 120_000);
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tare-package-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Path of the JavaScript file behind a program of the development dependencies. */
export function bin(name: string): string {
  return join(root, "node_modules/.bin", name);
}

export async function run(
  program: string,
  argv: readonly string[],
  cwd: string,
): Promise<{ status: number; output: string }> {
  const child = spawn(program, argv, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ status: code ?? -1, output }));
  });
}
