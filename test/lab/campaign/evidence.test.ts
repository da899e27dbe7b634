// Evidence of real runs: what was asked for held in every environment, and what is broken from outside is found.
import { readFileSync, writeFileSync } from "node:fs";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { listRaw } from "#main/library/raw-store.ts";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import { evidenceVerdict, type EvidenceItem } from "#shared/model/evidence.ts";
import { withDemoLab } from "../lab.ts";
import { type DataFolder, newDataFolder } from "./core-process.ts";
import { completes } from "./expect-each-run-once.ts";
import { shortConditions, smallDraft } from "./small-campaign.ts";

const fixture = withDemoLab();
let data: DataFolder | undefined;
afterEach(() => data?.remove());

const thpFile = "/sys/kernel/mm/transparent_hugepage/enabled";
const onCpuOne = { cpus: "1", memory: { policy: "default" } } as const;
/** What this machine cannot tell, or what others on it decide. */
const ofTheMachine: ReadonlySet<EvidenceItem["name"]> = new Set(["steal", "load-generator", "pages"]);

test("what each configuration asked for held, with its values, and the network's path is known", async () => {
  const { lab } = fixture;
  data = newDataFolder(lab);
  const { fio, redis } = shortConditions;
  const id = await data.create(
    everyKind(smallDraft(lab.demo.lab, ["native", "docker-nat", "docker-host", "kvm"])),
    {
      ...lab.demo.lab,
    },
  );
  await completes(data, id);

  const { path, events } = await data.content(id);
  const items = new Map(
    events.flatMap((event) => (event.type === "run-evidence" ? [[event.runId, event.items] as const] : [])),
  );
  expect(items.size).toBe(4);
  const found = (slot: string, condition: { id: string }, name: EvidenceItem["name"]) =>
    items.get(`b01-${slot}-${condition.id}`)?.find((item) => item.name === name)?.found;
  const broken = [...items].flatMap(([runId, of]) =>
    of
      .filter(({ name, required, verdict }) => required && verdict !== "held" && !ofTheMachine.has(name))
      .map((item) => ({ runId, ...item })),
  );
  expect(broken).toEqual([]);

  expect(found("native", fio, "cpus")).toMatch(/allowed on no other CPUs than 1$/);
  expect(found("native", fio, "storage-mode")).toMatch(/^\/data is \/\S+-native of ext4 on /);
  expect(found("native", fio, "network-mode")).toMatch(/in the host's \(net:\[\d+\]\)$/);
  expect(found("docker-nat", redis, "cpus")).toMatch(/allowed on no other CPUs than 1$/);
  expect(found("docker-nat", redis, "memory-nodes")).toBe("redis-server allowed on nodes 0");
  expect(found("docker-nat", redis, "network-mode")).toMatch(/^none of \d+ .*; interfaces of kind veth$/);
  expect(found("docker-nat", redis, "storage-mode")).toMatch(/^\/data is \/\S+-docker-nat of ext4 on /);
  expect(found("docker-host", fio, "storage-mode")).toBe("/ is overlay, nothing is mounted at /data");
  expect(found("kvm", redis, "cpus")).toContain("vCPU 0 allowed on 1; the emulator allowed on 0");
  expect(found("kvm", redis, "accelerator")).toMatch(/^vCPUs run by (TCG|KVM)$/);
  expect(found("kvm", redis, "storage-mode")).toBe("the disk open with O_DIRECT; an I/O thread; aio=native");
  expect(found("kvm", redis, "pages")).toMatch(
    /512 MiB of QEMU in reserved pages, \d+ MiB of 2 MiB pages taken/,
  );

  expect(events.find(({ type }) => type === "network-path")).toMatchObject({
    loadgenInterface: "data0",
    sutInterface: "data0",
    via: null,
    capacityMbps: 10_000,
    mtu: { loadgen: 1500, sut: 1500 },
    sameMachine: true,
    loopback: false,
  });
  const names = (await listRaw(path, "b01-kvm-redis")).map((file) => file.path.split("/").at(-1));
  for (const of of ["sut-before", "sut-during", "sut-after", "loadgen-during", "guest-during"])
    expect(names).toContain(`1-evidence-0.${of}.txt`);
}, 300_000);

test("a server that is moved to other CPUs, and a THP mode that is switched, are found", async () => {
  const { lab } = fixture;
  data = newDataFolder(lab);
  const redis = { ...shortConditions.redis, parameters: { ...shortConditions.redis.parameters, seconds: 4 } };
  const draft = smallDraft(lab.demo.lab, ["native"], { conditions: [redis] });
  const id = await data.create({
    ...draft,
    configurations: draft.configurations.map((each) => ({ ...each, pinning: onCpuOne })),
  });
  // By its title, which it has once it listens: the probe of facts asks one for its version.
  const moving = lab.ssh(
    "sut",
    "until pid=$(pgrep -xf 'redis-server [^ ]*:6479'); do sleep 0.05; done; taskset -acp 0-1 $pid",
  );
  const core = data.resume(id);
  await data.waitFor(id, (event) => event.type === "run-phase" && event.phase === "measure", core);
  const mode = /\[(\w+)\]/.exec(readFileSync(thpFile, "utf8"))?.[1] ?? "madvise";
  onTestFinished(() => writeFileSync(thpFile, mode));
  writeFileSync(thpFile, mode === "always" ? "madvise" : "always");
  await data.waitFor(id, ({ type }) => type === "run-evidence", core);
  writeFileSync(thpFile, mode);
  expect(await moving).toMatchObject({ status: 0 });
  const { status, printed } = await core.ended;
  expect(status, printed).toBe(0);

  const run = (await data.state(id)).runs.get("b01-native-redis");
  const { evidence = [] } = run ?? {};
  expect(run?.status).toBe("ok");
  expect(evidenceVerdict(evidence)).toBe("not-held");
  expect(evidence.find(({ name }) => name === "cpus")).toMatchObject({
    verdict: "not-held",
    found: expect.stringMatching(/^redis-server \(thread \d+\) allowed on 0-1,.* wanted 1$/),
  });
  expect(evidence.find(({ name }) => name === "pages")).toMatchObject({
    verdict: "not-held",
    found: expect.stringContaining("after the run, wanted"),
  });
}, 120_000);

/** One kind of pinning, pages and storage for each environment. */
function everyKind(draft: CampaignDraft): CampaignDraft {
  const configurations = draft.configurations.map((each): CampaignDraft["configurations"][number] => {
    if (each.environment === "native") return { ...each, pinning: onCpuOne };
    if (each.environment === "docker")
      return each.network.mode === "nat"
        ? { ...each, pinning: { cpus: "1", memory: { policy: "bind", nodes: "0" } } }
        : { ...each, storage: { kind: "layer" } };
    return {
      ...each,
      pages: { hugePages2M: 600 },
      machine: { ...each.machine, vcpus: 1, vcpuPins: ["1"], emulatorPin: "0", hugePages: true },
      storage: { ...each.storage, ioThread: true },
    };
  });
  const { fio, redis } = shortConditions;
  const scope: CampaignDraft["scope"] = {
    native: ["fio"],
    "docker-nat": ["redis"],
    "docker-host": ["fio"],
    kvm: ["redis"],
  };
  return { ...draft, configurations, conditions: [fio, redis], scope };
}
