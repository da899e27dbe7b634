import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/suite/longest-first.ts";

/** Where Node keeps what it made of the sources: halves the time in which the many processes of the command line start. */
const env = { NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache") };

const project = (name: string, order: number, testTimeout: number) => ({
  name,
  include: [`test/${name}/**/*.test.ts`],
  testTimeout,
  hookTimeout: testTimeout,
  // Numbers of workers differ, so each project is a group of its own: they run one after the other.
  sequence: { groupOrder: order },
});

/**
 * Lab tests that look at or change what all labs of a machine share (huge pages, loop devices, settings of the kernel,
 * leftovers), or that kill whole labs.
 */
const alone = [
  "by-hand",
  "changes-crash",
  "demo-lab-end",
  "device",
  "device-storage",
  "environments-pages",
  "irq-affinity",
  "pages",
  "campaign/demo-killed",
  "campaign/evidence",
].map((name) => `test/lab/${name}.test.ts`);

// Two real hosts on a shared machine: a second try is allowed, and `npm test` names who needed it.
const lab = (name: string, order: number) => ({ ...project(name, order, 600_000), retry: 1, env });

// unit: pure code and files. package: what is built and shipped, one file at a time as out/ is one. ssh: real sshd on
// loopback. lab: the demo lab; each file has a lab of its own, and much of its time is waiting, so two files run at once.
// lab-alone: those of them that must have the machine to themselves.
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...project("unit", 0, 20_000), maxWorkers: 2, env } },
      { test: { ...project("package", 1, 60_000), maxWorkers: 1 } },
      { test: { ...project("ssh", 2, 60_000), maxWorkers: 2 } },
      { test: { ...lab("lab", 3), exclude: alone, maxWorkers: 2 } },
      { test: { ...lab("lab-alone", 4), include: alone, maxWorkers: 1 } },
    ],
  },
});
