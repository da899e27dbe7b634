import { defineConfig } from "vitest/config";

const project = (name: string, testTimeout: number) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: testTimeout },
});

// unit: pure code and files. package: what is built and shipped, one file at a time as out/ is one.
// ssh: real sshd on loopback. lab: the demo lab; one file at a time, the lab is one.
export default defineConfig({
  test: {
    projects: [
      project("unit", 20_000),
      { test: { ...project("package", 60_000).test, fileParallelism: false } },
      project("ssh", 60_000),
      // Two real hosts on a shared machine: a second try is allowed, and the report names who needed it.
      { test: { ...project("lab", 600_000).test, fileParallelism: false, retry: 1 } },
    ],
  },
});
