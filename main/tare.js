#!/usr/bin/env node
// The installed `tare`: a checkout runs its sources, a package its bundle, as Node runs no TypeScript below node_modules.
// Plain JavaScript that an old Node understands, so that it can say what is missing or hand over to the Node beside it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const oldestNode = 24;
const entry = ["./cli.ts", "../out/main/cli.js"]
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path));

if (entry === undefined) refuse("Tare is not built. Run: npm run build");
else if (Number(process.versions.node.split(".")[0]) >= oldestNode) await import(`file://${entry}`);
else handOver(entry);

/** Runs the command line on the Node that npm installed with Tare. */
function handOver(path) {
  const node = installedNode();
  if (node === null) {
    refuse(`Tare needs Node ${oldestNode} or newer; this is ${process.version}.`);
    return;
  }
  const child = spawn(node, [path, ...process.argv.slice(2)], { stdio: "inherit" });
  // Ctrl+C reaches the child from the terminal, and the child decides when it ends.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 143);
  });
}

function installedNode() {
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  try {
    const program = process.platform === "win32" ? "node.exe" : "node";
    return createRequire(import.meta.url).resolve(`${name}/bin/${program}`);
  } catch {
    // Not installed: optional, and there is none for every platform.
    return null;
  }
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
