// facts.sh on this machine, in every shell that is here, held against the tools that tell the same things.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Facts } from "#shared/model/facts.ts";
import { compareFacts } from "#shared/facts/compare-facts.ts";
import { parseFacts } from "#shared/facts/parse-facts.ts";
import { probeFacts } from "#main/hosts/facts.ts";
import { localMachine, scriptFolder } from "./local-machine.ts";

const script = join(scriptFolder, "facts.sh");
const signal = new AbortController().signal;

const run = (argv: readonly string[], options: object = {}) =>
  spawnSync(argv[0] ?? "", argv.slice(1), { encoding: "utf8", maxBuffer: 1 << 26, ...options });
const works = (...argv: string[]) => run(argv).status === 0;
const json = (...argv: string[]) =>
  JSON.parse(run(argv, { env: { ...process.env, LC_ALL: "C" } }).stdout) as never;
const parsed = (text: string) => parseFacts(text, { machine: "sut" });

/** Namespaces of other tests come and go on this machine; their interfaces, disks and mounts are left out. */
const settled = (facts: Facts) => ({ ...facts, nics: [], blocks: [] });

test("a probe through the machine's interface gives this machine's facts", async () => {
  const facts = await probeFacts(localMachine(), { signal });
  expect(facts.kernel.release).toBe(run(["uname", "-r"]).stdout.trim());
  expect(facts.hostname).toBe(run(["uname", "-n"]).stdout.trim());
  expect(facts.root.uid).toBe(process.getuid?.());
  expect(facts.container).toBeNull();
  expect(Math.abs(Date.parse(facts.takenAt) - Date.now())).toBeLessThan(60_000);
});

test.each(
  [["dash"], ["bash"], ["busybox", "sh"]].filter(([shell = ""]) =>
    works(shell, ...(shell === "busybox" ? ["sh"] : []), "-c", ":"),
  ),
)("%s prints what sh prints, and nothing on standard error", (...shell) => {
  // The machine may change meanwhile: what is told is as it was before, or as it is after.
  const before = parsed(run(["sh", script]).stdout);
  const told = run([...shell, script]);
  const after = parsed(run(["sh", script]).stdout);
  expect(told.stderr).toBe("");
  expect(told.status).toBe(0);
  const differences = [before, after].map((facts) =>
    compareFacts(settled(facts), settled(parsed(told.stdout))),
  );
  expect(differences).toContainEqual([]);
});

/** Newer versions nest their fields. */
interface LscpuField {
  readonly field: string;
  readonly data: string;
  readonly children?: readonly LscpuField[];
}

test.skipIf(!works("lscpu", "-J"))("processor, caches and nodes are those of lscpu", () => {
  const { cpu, memory } = parsed(run(["sh", script]).stdout);
  const { lscpu } = json("lscpu", "-J") as { lscpu: LscpuField[] };
  const told = new Map(flatten(lscpu).map(({ field, data }) => [field.replace(":", ""), data]));
  expect(cpu.model).toBe(told.get("Model name"));
  expect(cpu.vendor).toBe(told.get("Vendor ID"));
  expect(cpu.architecture).toBe(told.get("Architecture"));
  expect(cpu.threads).toBe(Number(told.get("CPU(s)")));
  expect(cpu.sockets).toBe(Number(told.get("Socket(s)")));
  expect(cpu.cores).toBe(cpu.sockets * Number(told.get("Core(s) per socket")));
  expect(memory.nodes).toHaveLength(Number(told.get("NUMA node(s)")));
  expect(cpu.flags.join(" ")).toBe(told.get("Flags"));
  expect(cpu.hypervisor).toBe(told.get("Hypervisor vendor") ?? null);
  const { caches } = json("lscpu", "-B", "-C", "-J") as {
    caches: { level: number; "one-size": string; "all-size": string }[];
  };
  expect(
    cpu.caches.map((cache) => [cache.level, cache.sizeBytes, cache.sizeBytes * cache.instances]),
  ).toEqual(caches.map((cache) => [cache.level, Number(cache["one-size"]), Number(cache["all-size"])]));
});

test("memory and kernel settings are those of /proc", () => {
  const { memory, sysctls } = parsed(run(["sh", script]).stdout);
  const total = /^MemTotal:\s+(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1];
  expect(memory.totalBytes).toBe(Number(total) * 1024);
  expect(memory.availableBytes).toBeLessThanOrEqual(memory.totalBytes);
  const rmem = readFileSync("/proc/sys/net/ipv4/tcp_rmem", "utf8").trim().replaceAll(/\s+/g, " ");
  expect(sysctls["net.ipv4.tcp_rmem"]).toBe(rmem);
  expect(Object.keys(sysctls).filter((name) => /key|stat_refresh|hostname/.test(name))).toEqual([]);
});

interface IpLink {
  readonly ifname: string;
  readonly mtu: number;
  readonly address: string;
  readonly addr_info: readonly { readonly local: string; readonly prefixlen: number }[];
}

const links = () => json("ip", "-j", "address") as IpLink[];
const plain = (link: IpLink) => ({
  name: link.ifname,
  mtu: link.mtu,
  addresses: link.addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen}`),
});

test.skipIf(!works("ip", "-j", "address"))("interfaces and addresses are those of ip", () => {
  const before = links().map(plain);
  const { nics } = parsed(run(["sh", script]).stdout);
  const after = new Map(links().map((link) => [link.ifname, JSON.stringify(plain(link))]));
  const steady = before.filter((link) => after.get(link.name) === JSON.stringify(link));
  expect(steady.map(({ name }) => name)).toContain("lo");
  for (const link of steady) expect(nics).toContainEqual(expect.objectContaining(link));
});

interface LsblkDevice {
  readonly name: string;
  readonly size: number;
  readonly rota: boolean;
  readonly type: string;
}

test.skipIf(!works("lsblk", "-J"))("disks are those of lsblk", () => {
  const { blocks } = parsed(run(["sh", script]).stdout);
  const { blockdevices } = json("lsblk", "-J", "-b", "-d", "-o", "NAME,SIZE,ROTA,TYPE") as {
    blockdevices: LsblkDevice[];
  };
  const disks = blockdevices.filter(({ size, type }) => size > 0 && type === "disk");
  for (const { name, size, rota } of disks)
    expect(blocks).toContainEqual(expect.objectContaining({ name, sizeBytes: size, rotational: rota }));
  const root = run(["findmnt", "-n", "-o", "SOURCE,FSTYPE", "/"]).stdout.trim().split(/\s+/);
  const disk = blocks.find(({ name }) => `/dev/${name}` === root[0]);
  if (disk !== undefined)
    expect(disk).toMatchObject({ mounts: expect.arrayContaining(["/"]) as unknown, fileSystem: root[1] });
});

const lo = ({ nics }: Facts) => nics.find(({ name }) => name === "lo")?.addresses.toSorted();

// A root with a shell, its libraries, /proc and /dev/null: no grep, sed, date, id, and no /sys.
const bareRoot = `
  set -eu
  mount -t tmpfs tare-bare "$1"
  shell=$(readlink -f /bin/sh)
  for file in $(ldd "$shell" | grep -o '/[^ ]*') "$shell"; do
    mkdir -p "$1$(dirname "$file")"
    cp -L "$file" "$1$file"
  done
  cp "$2" "$1/facts.sh"
  mkdir "$1/proc" "$1/dev"
  mount --rbind /proc "$1/proc"
  : >"$1/dev/null"
  mount --bind /dev/null "$1/dev/null"
  exec chroot "$1" "$shell" /facts.sh`;
const namespaces =
  process.getuid?.() === 0 ? ["unshare", "--mount"] : ["unshare", "--map-root-user", "--mount"];

test.skipIf(!works(...namespaces, "true"))(
  "a root with nothing but a shell and /proc still tells what /proc knows",
  () => {
    const told = run([...namespaces, "sh", "-c", bareRoot, "sh", "/mnt", script]);
    expect(told.stderr).toBe("");
    const bare = parsed(told.stdout);
    const full = parsed(run(["sh", script]).stdout);
    expect(bare).toMatchObject({
      hostname: full.hostname,
      bootId: full.bootId,
      kernel: full.kernel,
      cpu: {
        model: full.cpu.model,
        flags: full.cpu.flags,
        threads: full.cpu.threads,
        sockets: 0,
        topology: [],
      },
      memory: { totalBytes: full.memory.totalBytes, nodes: [] },
      root: { uid: 0 },
      os: "unknown",
      blocks: [],
      docker: null,
    });
    expect(Math.abs(Date.parse(bare.takenAt) - Date.parse(full.takenAt))).toBeLessThan(60_000);
    expect(lo(bare)).toEqual(lo(full));
    expect(Object.values(bare.tools).filter((version) => version !== null)).toEqual([]);
  },
);

test("a container is looked into with docker exec, the script on standard input", async () => {
  const asked: unknown[] = [];
  const machine = localMachine();
  const facts = await probeFacts(
    {
      ...machine,
      run: async (command, options) => {
        asked.push(command.argv);
        return await machine.run({ ...command, argv: ["sh", "-s"] }, options);
      },
    },
    { signal, container: "tare-a1" },
  );
  expect(asked).toEqual([["docker", "exec", "-i", "tare-a1", "sh", "-s"]]);
  expect(facts.container).toBe("tare-a1");
  await expect(probeFacts(machine, { signal, container: "--privileged x" })).rejects.toMatchObject({
    code: "INPUT_INVALID",
  });
});

function flatten(entries: readonly LscpuField[]): LscpuField[] {
  return entries.flatMap((entry) => [entry, ...flatten(entry.children ?? [])]);
}
