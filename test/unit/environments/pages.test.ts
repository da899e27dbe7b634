// Huge pages of a configuration: what is done for them, what stands against them, and who uses them.
import { describe, expect, test } from "vitest";
import { neededPages, pagesForGuest } from "#shared/environments/guest-pages.ts";
import { hugePageUsers } from "#shared/environments/huge-page-users.ts";
import { freeHugePages, reservationsOf } from "#shared/environments/huge-page-pools.ts";
import { oneGibPages } from "#shared/environments/one-gib-pages.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import type { Configuration, KvmConfiguration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import { configurationDifferences, differenceText } from "#shared/plan/configuration-differences.ts";
import { configurationText } from "#shared/report/configuration-text.ts";
import { presetConditions, workloads } from "#shared/workloads/registry.ts";
import type { WorkloadName } from "#shared/model/workload.ts";
import { kvm, native } from "../sample-campaign.ts";
import { sampleContext, sampleFacts } from "../../fixtures/sample-sut.ts";

type Pages = Configuration["pages"];
const gibibyte = 2 ** 30;

/** Two nodes of 16 GiB, 12 GiB of each free, of which 8 GiB and 1 GiB are in pieces of 2 MiB. */
function twoNodes(change: Partial<Facts["memory"]> = {}): Partial<Facts> {
  const node = { node: 0, cpus: "0", totalBytes: 16 * gibibyte, freeBytes: 12 * gibibyte, free2M: 4096 };
  const pool = (sizeBytes: number, of: number | null) => ({ sizeBytes, node: of, total: 0, free: 0 });
  return {
    memory: {
      ...sampleFacts().memory,
      totalBytes: 32 * gibibyte,
      availableBytes: 26 * gibibyte,
      nodes: [node, { ...node, node: 1, cpus: "1", free2M: 512 }],
      hugePages: [2 ** 21, gibibyte].flatMap((size) => [null, 0, 1].map((of) => pool(size, of))),
      ...change,
    },
  };
}

function findings(pages: Pages, facts: Partial<Facts> = twoNodes(), base: Configuration = native): string[] {
  const configuration = { ...base, pages };
  return environmentOf(configuration)
    .check(configuration, sampleFacts(facts))
    .map(({ severity, field, text }) => `${severity} ${field}: ${text}`);
}

describe("reservations", () => {
  test("each node's are made by themselves, large pages first, after mode and defragmentation", () => {
    const pages: Pages = {
      thp: "always",
      thpDefrag: "defer",
      perNode: [
        { node: 1, hugePages2M: 512, hugePages1G: 1 },
        { node: 0, hugePages2M: 0 },
      ],
    };
    const changes = environmentOf(native).changes(sampleContext({ ...native, pages }));
    expect(changes.slice(0, 5).map(({ target, wanted }) => [target, wanted])).toEqual([
      ["/sys/kernel/mm/transparent_hugepage/enabled", "always"],
      ["/sys/kernel/mm/transparent_hugepage/defrag", "defer"],
      ["/sys/devices/system/node/node1/hugepages/hugepages-1048576kB/nr_hugepages", "1"],
      ["/sys/devices/system/node/node1/hugepages/hugepages-2048kB/nr_hugepages", "512"],
      ["/sys/devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages", "0"],
    ]);
  });

  test("are told by node in tables, reports and differences", () => {
    const pages: Pages = { thpDefrag: "never", perNode: [{ node: 1, hugePages2M: 512, hugePages1G: 1 }] };
    expect(configurationText({ ...native, pages })).toContain(
      "their defragmentation never; 512 huge pages of 2 MiB reserved on NUMA node 1; 1 huge pages of 1 GiB reserved on NUMA node 1",
    );
    expect(configurationDifferences(native, { ...native, pages }).map(differenceText)).toEqual([
      "THP defragmentation from as the host has it to never",
      "huge pages from none to 512 of 2 MiB and 1 of 1 GiB on node 1 reserved",
    ]);
  });

  test("of a node give this node its pages, beside those that are in use", () => {
    const pool = (node: number | null, total: number, free: number) => ({
      sizeBytes: 2 ** 21,
      node,
      total,
      free,
    });
    const facts = sampleFacts(
      twoNodes({ hugePages: [pool(null, 300, 100), pool(0, 200, 50), pool(1, 100, 50)] }),
    );
    const pages: Pages = { perNode: [{ node: 0, hugePages2M: 1000 }] };
    expect(freeHugePages(2048, 0, pages, facts)).toBe(850);
    expect(freeHugePages(2048, 1, pages, facts)).toBe(50);
    expect(freeHugePages(2048, null, pages, facts)).toBe(900);
    // Pages in use stay, however few are reserved.
    expect(freeHugePages(2048, null, { perNode: [{ node: 0, hugePages2M: 0 }] }, facts)).toBe(50);
    expect(freeHugePages(2048, null, { hugePages2M: 400 }, facts)).toBe(200);
  });
});

describe("what stands against them", () => {
  test("nothing, where there is room", () => {
    expect(
      findings({
        perNode: [
          { node: 0, hugePages2M: 2048, hugePages1G: 2 },
          { node: 1, hugePages2M: 512 },
        ],
      }),
    ).toEqual([]);
    expect(findings({ thp: "always", hugePages2M: 1024 })).toEqual([]);
  });

  test("two ways to reserve, a node that is not there, a node twice", () => {
    expect(
      findings({
        hugePages2M: 1,
        perNode: [
          { node: 0, hugePages2M: 1 },
          { node: 0, hugePages1G: 1 },
          { node: 7, hugePages2M: 1 },
        ],
      }),
    ).toEqual([
      "error pages.perNode: Pages are reserved on single NUMA nodes or for the whole host, not both: leave one of them out.",
      "error pages.perNode.1.node: NUMA node 0 stands in the reservations more than once.",
      "error pages.perNode.2.node: NUMA node 7 is not there: sut1 has the NUMA nodes 0, 1.",
    ]);
  });

  test("more than a node has, or than the host has available", () => {
    expect(findings({ perNode: [{ node: 1, hugePages2M: 6144, hugePages1G: 5 }] }).filter(isError)).toEqual([
      "error pages.perNode.0.hugePages1G: 5 pages of 1 GiB on NUMA node 1 need 5 GiB; that node of sut1 has 16 GiB, 12 GiB of it for other huge pages.",
      "error pages.perNode.0.hugePages2M: 6144 pages of 2 MiB on NUMA node 1 need 12 GiB; that node of sut1 has 16 GiB, 5 GiB of it for other huge pages.",
    ]);
    expect(findings({ hugePages2M: 20_000 }).filter(isError)).toEqual([
      "error pages.hugePages2M: 20000 pages of 2 MiB need 40000 MiB; sut1 has 26624 MiB available.",
    ]);
    const both = [0, 1].map((node) => ({ node, hugePages2M: 6912 }));
    expect(findings({ perNode: both }).filter(isError)).toEqual([
      "error pages.perNode.0.hugePages2M: The reservations need 27 GiB more in all, of 26 GiB that sut1 has available.",
    ]);
  });

  test("more than free memory holds in one piece, where the 1 GiB pages count first", () => {
    const fails =
      "the kernel drops caches and moves pages together, and may still give fewer; then the change fails and is undone.";
    expect(findings({ perNode: [{ node: 1, hugePages2M: 513 }] })).toEqual([
      `warning pages.perNode.0.hugePages2M: 513 more pages of 2 MiB need 1 GiB, and NUMA node 1 of sut1 has 1 GiB in pieces of 2 MiB or more free now: ${fails}`,
    ]);
    expect(findings({ perNode: [{ node: 0, hugePages2M: 2049, hugePages1G: 4 }] })).toEqual([
      `warning pages.perNode.0.hugePages2M: 2049 more pages of 2 MiB need 4 GiB, and NUMA node 0 of sut1 has 8 GiB in pieces of 2 MiB or more free now, of which the pages of 1 GiB take 4 GiB: ${fails}`,
    ]);
    expect(findings({ hugePages1G: 10 })).toEqual([
      `warning pages.hugePages1G: 10 more pages of 1 GiB need 10 GiB, and sut1 has 9 GiB in pieces of 2 MiB or more free now: ${fails}`,
    ]);
    // Facts of older versions know the free memory only.
    const nodes = twoNodes().memory!.nodes.map(({ node, cpus, totalBytes, freeBytes }) => ({
      node,
      cpus,
      totalBytes,
      freeBytes,
    }));
    expect(findings({ perNode: [{ node: 1, hugePages2M: 6144 }] }, twoNodes({ nodes }))).toEqual([]);
    expect(findings({ perNode: [{ node: 1, hugePages2M: 6145 }] }, twoNodes({ nodes }))).toEqual([
      `warning pages.perNode.0.hugePages2M: 6145 more pages of 2 MiB need 12 GiB, and NUMA node 1 of sut1 has 12 GiB free now: ${fails}`,
    ]);
  });

  test("too little left for the host; what is reserved already takes nothing more", () => {
    const nodes = twoNodes().memory!.nodes.map((node) => ({ ...node, free2M: 8192 }));
    const most = [0, 1].map((node) => ({ node, hugePages2M: 6400 }));
    expect(findings({ perNode: most }, twoNodes({ nodes }))).toEqual([
      "warning pages.perNode.0.hugePages2M: The reservations leave 1 GiB of the 26 GiB that sut1 has available: its own programs, page tables and the page cache need some of it.",
    ]);
    const hugePages = [null, 0, 1].map((node) => ({
      sizeBytes: 2 ** 21,
      node,
      total: node === null ? 12_800 : 6400,
      free: 0,
    }));
    expect(findings({ perNode: most }, twoNodes({ nodes, hugePages, availableBytes: gibibyte }))).toEqual([]);
  });

  test("a setting that has no effect", () => {
    expect(findings({ thpDefrag: "always" }, twoNodes({ thp: null }))).toEqual([
      "warning pages.thpDefrag: The kernel of sut1 has no transparent huge pages; the setting will be recorded as not available.",
    ]);
    expect(findings({ thp: "never", thpDefrag: "always" })).toEqual([
      "warning pages.thpDefrag: Transparent huge pages are off (never): how hard they are made has no effect.",
    ]);
  });
});

const isError = (text: string) => text.startsWith("error");

describe("a guest", () => {
  const cells = [0, 1].map((node) => ({ cpus: `${node}`, memoryMiB: 1024, hostNodes: `${node}` }));
  const guest = (machine: Partial<KvmConfiguration["machine"]>, pages: Pages = {}): KvmConfiguration => ({
    ...kvm,
    pages,
    machine: { ...kvm.machine, memoryMiB: 2048, hugePages: true, ...machine },
  });

  test("needs pages on the nodes that its cells name, and finds them or not", () => {
    const bound = guest({ numaCells: cells });
    expect(neededPages(bound, null)).toEqual({
      size: 2048,
      whole: 1024,
      nodes: [
        { node: 0, pages: 512 },
        { node: 1, pages: 512 },
      ],
    });
    const perNode = [{ node: 0, hugePages2M: 1024 }];
    expect(findings({ perNode }, twoNodes(), bound)).toEqual([
      "error machine.numaCells.1.hostNodes: 1024 MiB are bound to NUMA node 1 of sut1: 512 pages of 2 MiB, and 0 would be free there.",
    ]);
    expect(findings({ perNode: [{ node: 0, hugePages2M: 1000 }] }, twoNodes(), guest({}))).toEqual([
      "error pages.perNode: The guest needs 1024 free pages of 2 MiB and would find 1000; reserve 24 more on its NUMA nodes.",
    ]);
  });

  test.each([
    ["anywhere", guest({}), { hugePages2M: 1024 }],
    [
      "by cells",
      guest({ numaCells: cells }),
      {
        perNode: [
          { node: 0, hugePages2M: 512 },
          { node: 1, hugePages2M: 512 },
        ],
      },
    ],
    [
      "of 1 GiB by cells, beside pages of the other size",
      guest({ numaCells: cells, hugePageKiB: 1_048_576 }, { thp: "never", hugePages2M: 64 }),
      {
        thp: "never",
        perNode: [
          { node: 0, hugePages2M: 32, hugePages1G: 1 },
          { node: 1, hugePages2M: 32, hugePages1G: 1 },
        ],
      },
    ],
    [
      "anywhere, where nodes were chosen before",
      guest({}, { perNode: [{ node: 1, hugePages2M: 7, hugePages1G: 1 }] }),
      {
        perNode: [
          { node: 0, hugePages2M: 512 },
          { node: 1, hugePages2M: 512, hugePages1G: 1 },
        ],
      },
    ],
  ])("%s is given its pages, and nothing stands against that", (_, configuration, pages) => {
    const found = pagesForGuest(configuration, sampleFacts(twoNodes()));
    expect(found).toEqual(pages);
    expect(findings(found, twoNodes(), configuration).filter(isError)).toEqual([]);
  });

  test("is given more where others use some of the pages", () => {
    const hugePages = [{ sizeBytes: 2 ** 21, node: null, total: 100, free: 40 }];
    expect(pagesForGuest(guest({}), sampleFacts(twoNodes({ hugePages })))).toEqual({ hugePages2M: 1084 });
  });
});

describe("who uses them", () => {
  const conditions = (...names: WorkloadName[]) => names.flatMap((name) => presetConditions(name, "quick"));
  const users = (configuration: Configuration, names: readonly WorkloadName[], thp = "madvise") =>
    hugePageUsers(
      configuration,
      conditions(...names),
      sampleFacts(twoNodes({ thp: { enabled: thp, defrag: "madvise" } })),
    ).map(({ who, pages }) => `${who}: ${pages}`);

  test("Tare's kernels ask by madvise; Redis and MariaDB turn transparent pages off", () => {
    const all = ["stream", "randomaccess", "linpack", "redis", "mysql", "fio"] as const;
    const sizes = { transparent: "transparent", never: "small" };
    for (const [mode, size] of [
      ["madvise", sizes.transparent],
      ["always", sizes.transparent],
      ["never", sizes.never],
    ] as const)
      expect(users(native, all, mode)).toEqual([
        `Arrays of ${workloads.stream.title}: ${size}`,
        `Table of ${workloads.randomaccess.title}: ${size}`,
        `Matrix of ${workloads.linpack.title}: ${size}`,
        "Redis: small",
        `${workloads.mysql.title}: small`,
        `${workloads.fio.title}: small`,
      ]);
  });

  test("what is asked for in the parameters counts, and the configuration's own mode", () => {
    const asRun = presetConditions("linpack", "as run");
    const found = (thp: "always" | "madvise") =>
      hugePageUsers({ ...native, pages: { thp } }, asRun, null).map(({ pages }) => pages);
    expect(asRun[0]?.parameters["pages"]).toBe("default");
    expect([found("always"), found("madvise")]).toEqual([["transparent"], ["small"]]);
    expect(hugePageUsers(native, asRun, null).map(({ pages }) => pages)).toEqual(["unknown"]);
  });

  test("a guest's memory lies in the host's pages, its programs' in the guest's own", () => {
    expect(users(kvm, ["stream"])).toEqual(["The guest's memory: transparent", "Arrays of STREAM: unknown"]);
    expect(users({ ...kvm, pages: { thp: "never" } }, ["stream"])).toEqual([
      "The guest's memory: small",
      "Arrays of STREAM: small",
    ]);
    const backed = {
      ...kvm,
      machine: { ...kvm.machine, hugePages: true },
    };
    expect(users(backed, [])).toEqual(["The guest's memory: reserved"]);
  });

  test("reserved pages are for a guest that is backed by them, else they are told to lie idle", () => {
    const pages = { perNode: [{ node: 0, hugePages2M: 1 }] };
    const idle = "The reserved pages: unused";
    expect(users({ ...native, pages }, [])).toEqual([idle]);
    expect(users({ ...kvm, pages }, [])).toEqual(["The guest's memory: transparent", idle]);
    expect(users({ ...native, pages: { hugePages2M: 0 } }, [])).toEqual([]);
    const machine = { ...kvm.machine, hugePages: true };
    expect(users({ ...kvm, machine, pages }, [])).toEqual(["The guest's memory: reserved"]);
  });
});

describe("pages of 1 GiB", () => {
  const without = twoNodes({ hugePages: [{ sizeBytes: 2 ** 21, node: null, total: 0, free: 0 }] });
  const at = (change: Partial<Facts>, pages: Pages = {}) => oneGibPages(sampleFacts(change), pages);
  const cpu = { ...sampleFacts().cpu, flags: ["pdpe1gb"] };
  const kernel = (commandLine: string, release = "6.1.0") => ({ release, version: "#1", commandLine });

  test("are tried while the kernel runs where it has the pool", () => {
    const found = at({ ...twoNodes(), cpu });
    expect(found.way).toBe("run time");
    expect(found.sentences.join(" ")).toContain("often fails");
  });

  test("need the kernel's command line where it has none and the processor can", () => {
    const found = at({ ...without, cpu, kernel: kernel("root=/dev/sda2 ro quiet") }, { hugePages1G: 8 });
    expect(found.way).toBe("command line");
    expect(found.boot).toEqual({
      added: "default_hugepagesz=2M hugepagesz=1G hugepages=8",
      commandLine: "root=/dev/sda2 ro quiet default_hugepagesz=2M hugepagesz=1G hugepages=8",
      grub: 'GRUB_CMDLINE_LINUX_DEFAULT="… default_hugepagesz=2M hugepagesz=1G hugepages=8"',
    });
    expect(found.sentences.join(" ")).toContain("Tare never does that");
  });

  test("are asked for by node where the kernel knows how, and a line that asks for some already is replaced", () => {
    const pages = {
      perNode: [
        { node: 0, hugePages1G: 2 },
        { node: 1, hugePages1G: 4, hugePages2M: 9 },
      ],
    };
    const line = "ro default_hugepagesz=1G hugepagesz=1G hugepages=3 hugepagesz=2M hugepages=5 quiet";
    expect(at({ ...twoNodes(), cpu, kernel: kernel(line, "5.16.1") }, pages).boot?.commandLine).toBe(
      "ro default_hugepagesz=1G hugepagesz=2M hugepages=5 quiet hugepagesz=1G hugepages=0:2,1:4",
    );
    expect(at({ ...twoNodes(), cpu, kernel: kernel("ro", "5.15.0-91") }, pages).boot?.added).toContain(
      "hugepages=6",
    );
  });

  test("cannot be had where the processor does not map them, or the kernel was asked in vain", () => {
    expect(at(without)).toMatchObject({ way: "impossible", boot: null });
    expect(at(without).sentences[0]).toContain("pdpe1gb");
    const inVain = at({ ...without, cpu, kernel: kernel("hugepagesz=1G hugepages=1") });
    expect(inVain).toMatchObject({ way: "impossible", boot: null });
  });
});

test("the order of reservations is that of the fields, with their places", () => {
  expect(reservationsOf({ hugePages2M: 3, hugePages1G: 1, hugePagesNode: 1 })).toEqual([
    { field: "pages.hugePages1G", size: 1_048_576, node: 1, count: 1 },
    { field: "pages.hugePages2M", size: 2048, node: 1, count: 3 },
  ]);
});
