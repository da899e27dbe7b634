// The probe guest, for real: QEMU's own emulation proves that the guest works, KVM is whatever this machine offers.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TareError } from "#shared/model/error.ts";
import { readKvmOutcome } from "#shared/facts/kvm-outcome.ts";
import { probeKvm } from "#main/hosts/kvm-probe.ts";
import { localMachine, scriptFolder } from "./local-machine.ts";

const signal = new AbortController().signal;
const here = (program: string) => spawnSync("which", [program]).status === 0;
const canEmulate = process.arch === "x64" && here("qemu-system-x86_64");

test.skipIf(!canEmulate)("the probe guest runs to its end under emulation, and leaves no file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tare-probe-"));
  const outcome = await probeKvm(localMachine({ TMPDIR: folder }), { signal, accelerator: "tcg" });
  expect(outcome).toMatchObject({ usable: true, reason: "A probe guest ran with -accel tcg -cpu max." });
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});

test.skipIf(!canEmulate)("under KVM the outcome has a reason, and no file stays behind", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tare-probe-"));
  const outcome = await probeKvm(localMachine({ TMPDIR: folder }), { signal });
  if (outcome.usable === true) expect(outcome.reason).toBe("A probe guest ran with -accel kvm -cpu host.");
  else expect(outcome.reason).toMatch(/does not exist|did not end within|ended with status \d+ before/);
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});

test.skipIf(!here("gcc") || !here("objcopy") || process.arch !== "x64")(
  "the bytes in the script are the assembled source",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "tare-probe-"));
    const object = join(folder, "probe.o");
    const binary = join(folder, "probe.bin");
    spawnSync("gcc", ["-c", join(scriptFolder, "kvm-probe.S"), "-o", object]);
    spawnSync("objcopy", ["-O", "binary", "-j", ".text", object, binary]);
    const script = readFileSync(join(scriptFolder, "kvm-probe.sh"), "utf8");
    const octal = /^code\(\) \{\n([^}]*)\}/m.exec(script)?.[1]?.matchAll(/\\([0-7]{3})/g) ?? [];
    expect([...octal].map((match) => Number.parseInt(match[1] ?? "", 8))).toEqual([...readFileSync(binary)]);
    rmSync(folder, { recursive: true });
  },
);

test.each([
  ["absent\n", { present: false, usable: false, reason: "/dev/kvm does not exist on this machine." }],
  ["no-qemu\n", { usable: null, reason: "QEMU is not installed, so no probe guest could run." }],
  ["ended 85\nqemu: warning: x\n", { usable: true }],
  [
    "ended 124\n",
    { usable: false, reason: "A probe guest with -accel kvm -cpu host did not end within 10 s" },
  ],
  [
    "ended 134\nqemu: error: failed to set MSR\nAborted\n",
    {
      usable: false,
      reason:
        "QEMU with -accel kvm -cpu host ended with status 134 before the probe guest had run: qemu: error: failed to set MSR Aborted",
    },
  ],
])("%j is understood", (text, expected) => {
  expect(readKvmOutcome(text, { accelerator: "kvm", model: "host", limitSeconds: 10 })).toMatchObject(
    expected,
  );
});

test("anything else is unreadable", () => {
  const probe = { accelerator: "kvm", model: "host", limitSeconds: 10 } as const;
  for (const text of ["", "ended\n", "ended 85x\n", "toString\n"])
    expect(() => readKvmOutcome(text, probe)).toThrow(TareError);
});
