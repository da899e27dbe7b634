// Runs a program of the tool chain to its end; what it prints goes on, or is kept until it is known to matter.
import { spawn } from "node:child_process";

export interface Ended {
  readonly status: number;
  readonly seconds: number;
  /** Empty where the output went on to the terminal. */
  readonly output: string;
}

export async function runProgram(
  argv: readonly string[],
  options: { readonly quiet: boolean; readonly environment?: Readonly<Record<string, string>> },
): Promise<Ended> {
  const [program = "", ...rest] = argv;
  const begun = performance.now();
  const child = spawn(program, rest, {
    stdio: options.quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...options.environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
  const status = await new Promise<number>((resolve) => {
    child.once("error", (error) => {
      output += `${error.message}\n`;
      resolve(127);
    });
    child.once("close", (code) => resolve(code ?? 1));
  });
  return { status, seconds: (performance.now() - begun) / 1000, output };
}
