// The proof that nothing uses a block device, on real loop devices of this machine: what is in use is refused with its use.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deviceProof, type DeviceProof } from "#shared/model/device-proof.ts";
import { canMakeLoops, type LoopDevices, loopDevices } from "../fixtures/loop-devices.ts";
import { luksHeader, lvmLabel, partitionTable, raidSuperblock } from "../fixtures/signatures.ts";
import { run } from "./lab.ts";

const asset = (path: string) => fileURLToPath(new URL(`../../assets/${path}`, import.meta.url));

describe.skipIf(!canMakeLoops)("a block device (needs root and loop devices)", () => {
  let loops: LoopDevices;
  let claim = "";

  beforeAll(async () => {
    loops = loopDevices();
    claim = loops.name("device-claim");
    const flags = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-O2"];
    expect(await run("gcc", [...flags, asset("kernels/device-claim.c"), "-o", claim])).toMatchObject({
      status: 0,
    });
  });
  afterAll(() => loops.remove());

  async function prove(
    path: string,
    serial: readonly string[] = [],
    roots: object = {},
  ): Promise<DeviceProof> {
    const settings = Object.entries(roots).map(([name, value]) => `${name}=${value}`);
    const argv = [...settings, "sh", asset("host/device.sh"), "prove", path, claim, ...serial];
    return deviceProof(path, await run("env", argv));
  }

  async function refusal(path: string, roots: object = {}): Promise<string> {
    return (await prove(path, [], roots)).refusal ?? "it passed";
  }

  async function mustRun(program: string, ...argv: string[]): Promise<void> {
    expect({ program, ...(await run(program, argv)) }).toMatchObject({ program, status: 0 });
  }

  test("that is free passes with what it is, also by a link to it, and is not written to", async () => {
    const { path, file } = loops.attach();
    const digest = () => createHash("sha256").update(readFileSync(file)).digest("hex");
    const before = digest();
    const found = {
      number: expect.stringMatching(/^7:\d+$/) as string,
      sizeBytes: 16 * 2 ** 20,
      model: null,
      serial: file,
      refusal: null,
    };
    expect(await prove(path)).toEqual({ path, ...found });
    expect(await prove(path, [file])).toEqual({ path, ...found });
    const link = loops.name("by-id");
    symlinkSync(path, link);
    expect(await prove(link, [file])).toEqual({ path: link, ...found });
    expect(digest()).toBe(before);
  });

  test("is refused where another serial number was typed, and both are said", async () => {
    const { path, file } = loops.attach();
    for (const typed of ["", "S1", `${file} `, ".*", "-"])
      expect((await prove(path, [typed])).refusal).toBe(
        `the serial number of ${path} is "${file}", and "${typed}" was typed: it is another device, and nothing is written to it`,
      );
  });

  test("that is mounted here, or in another mount namespace alone, is refused with the mount point", async () => {
    const { path } = loops.attach();
    await mustRun("mkfs.ext4", "-q", "-L", "results", path);
    expect(await refusal(path)).toBe(
      `${path} is not free, and nothing is written to it: it holds a file system (ext4, labelled results)`,
    );
    const point = loops.name("mount point");
    mkdirSync(point);
    await mustRun("mount", path, point);
    expect(await refusal(path)).toContain(`it is mounted at ${point.replace(" ", "\\040")}; it holds a file`);
    await mustRun("umount", point);
    const script = 'mount "$0" "$1" && echo ready && exec cat';
    const elsewhere = spawn(
      "unshare",
      ["--mount", "--propagation", "private", "sh", "-c", script, path, point],
      { stdio: ["pipe", "pipe", "inherit"] },
    );
    await once(elsewhere.stdout, "data");
    expect(await refusal(path)).toMatch(/it is mounted at .*the kernel says that it is in use/);
    // Processes that cannot be seen leave the kernel's own word.
    const blind = { TARE_PROC: loops.name("no such folder") };
    expect(await refusal(path, blind)).toContain("in use (O_EXCL: Device or resource busy)");
    elsewhere.stdin.end();
    await once(elsewhere, "exit");
    expect(await refusal(path)).not.toMatch(/mounted|in use/);
  });

  test.each([
    ["an LVM physical volume", lvmLabel(), "it is an LVM physical volume (LVM2_member)"],
    ["a member of a RAID", raidSuperblock(), "it is a member of a RAID (linux_raid_member)"],
    ["an encrypted volume", luksHeader(), "it holds data of the kind crypto_LUKS"],
    ["a partition table", partitionTable(), "it has a partition table (dos)"],
  ])("that holds %s is refused", async (_what, content, reason) => {
    expect(await refusal(loops.attach({ content }).path)).toContain(reason);
  });

  test("with partitions is refused, and so is each of them", async () => {
    const { path } = loops.attach({ content: partitionTable(), partition: true });
    const part = `${path}p1`;
    expect(await refusal(path)).toContain(`it has partitions (${basename(part)}); it has a partition table`);
    expect(await refusal(part)).toContain("it is a partition, and Tare uses whole devices only");
    await mustRun("mkfs.ext4", "-q", part);
    const point = loops.name("part");
    mkdirSync(point);
    await mustRun("mount", part, point);
    expect(await refusal(path)).toMatch(/it is mounted at .*part; .*the kernel says that it is in use/);
    await mustRun("umount", point);
  });

  test("that holds a swap area is refused, also where the area is in use", async () => {
    const { path } = loops.attach();
    await mustRun("mkswap", path);
    expect(await refusal(path)).toContain("it holds a swap area");
    const used = loops.name("proc");
    mkdirSync(used);
    writeFileSync(
      join(used, "swaps"),
      `Filename\tType\tSize\tUsed\tPriority\n${path} partition 16380 0 -2\n`,
    );
    expect(await refusal(path, { TARE_PROC: used })).toContain("it is used as swap");
  });

  test.each([
    ["dm-3", { "dm/uuid": "LVM-0123", "dm/name": "vg-data" }, "the LVM volume vg-data lies on it"],
    [
      "dm-4",
      { "dm/uuid": "CRYPT-LUKS2-1", "dm/name": "safe" },
      "the device-mapper device safe (dm-4) lies on it",
    ],
    ["md127", { "md/level": "raid1" }, "the MD RAID md127 lies on it"],
    ["bcache0", { dev: "251:0" }, "bcache0 lies on it"],
  ])(
    "that %s lies on is refused (from a recorded /sys: this kernel has no such driver)",
    async (name, files, reason) => {
      const { path } = loops.attach();
      const number = (await prove(path)).number ?? "";
      const sys = loops.name(`sys-${name}`);
      const device = join(sys, "dev/block", number);
      for (const [file, value] of [
        ["size", "32768"],
        ["ro", "0"],
        ["dev", number],
        ["serial", "S1"],
        ...Object.entries(files).map(([key, text]) => [`holders/${name}/${key}`, text] as const),
      ] as const) {
        mkdirSync(join(device, file, ".."), { recursive: true });
        writeFileSync(join(device, file), `${value}\n`);
      }
      expect(await refusal(path, { TARE_SYS: sys })).toBe(
        `${path} is not free, and nothing is written to it: ${reason}`,
      );
    },
  );

  test("that a program has open, with or without O_EXCL, is refused with its number and name", async () => {
    const { path } = loops.attach();
    const script = `exec 9<"$0" && echo ready && exec cat`;
    const holder = spawn("sh", ["-c", script, path], { stdio: ["pipe", "pipe", "inherit"] });
    await once(holder.stdout, "data");
    expect(await refusal(path)).toMatch(new RegExp(`: process ${holder.pid} \\(cat\\) has it open$`));
    holder.stdin.end();
    await once(holder, "exit");
    const claiming = `use Fcntl; sysopen(F, $ARGV[0], O_RDONLY | O_EXCL) or die; $| = 1; print "ready"; <STDIN>`;
    const owner = spawn("perl", ["-e", claiming, path], { stdio: ["pipe", "pipe", "inherit"] });
    await once(owner.stdout, "data");
    expect(await refusal(path)).toMatch(/\(perl\) has it open; the kernel says that it is in use \(O_EXCL/);
    owner.stdin.end();
    await once(owner, "exit");
    expect(await refusal(path)).toBe("it passed");
  });

  test("that another loop device lies on is refused", async () => {
    const { path } = loops.attach();
    const upper = loops.attach({ on: path });
    expect(await refusal(path)).toContain(`the loop device ${basename(upper.path)} lies on it`);
  });

  test("that is read-only, or has nothing in it, is refused", async () => {
    expect(await refusal(loops.attach({ readOnly: true }).path)).toMatch(/: it is read-only$/);
    expect(await refusal(loops.attach({ bytes: 0 }).path)).toMatch(/: it has no size$/);
  });

  test("that is none, or is not there, is refused", async () => {
    const { file } = loops.attach();
    expect(await refusal("/dev/tare-absent")).toBe("/dev/tare-absent does not exist");
    for (const path of [file, "/dev/null", "/"])
      expect(await refusal(path)).toBe(`${path} is not a block device`);
  });

  test("is refused where the kernel cannot be asked", async () => {
    const { path } = loops.attach();
    const { status, stderr } = await run("sh", [asset("host/device.sh"), "prove", path, "/no/device-claim"]);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: "/no/device-claim, which asks the kernel who uses a device, was not compiled on this host\n",
    });
    const moved = await run(claim, [path, "7:999"]);
    expect(moved).toMatchObject({ status: 1, stderr: "its path led to another device meanwhile\n" });
  });
});
