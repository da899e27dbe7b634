// Images, containers and guests as changes, on the demo lab's own Docker Engine and libvirt, over SSH.
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outstandingChanges } from "#main/hosts/change-journal.ts";
import type { Changer } from "#main/hosts/changes.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { connectHost } from "#main/ssh/connect-host.ts";
import { bridgeChange } from "#shared/changes/bridge.ts";
import { containerChange } from "#shared/changes/container.ts";
import { guestChange } from "#shared/changes/guest.ts";
import { imageChange } from "#shared/changes/image.ts";
import type { Scripts } from "#shared/changes/script.ts";
import { bridgedTrafficChange } from "#shared/changes/sysctl.ts";
import { changerOf, openJournal, scriptsOf, unhurried } from "../fixtures/change-host.ts";
import { withDemoLab } from "./lab.ts";

const fixture = withDemoLab();
const ending = new AbortController();
let sut: RemoteMachine;
let scripts: Scripts;
let campaigns = 0;

/** What the changes of this file touch; Tare's own log is not. The kernel marks docker0 as down a moment after its last container. */
const describeSut = `
docker image ls --all --no-trunc; docker container ls --all --no-trunc; virsh list --all
find /etc/libvirt /var/lib/libvirt/qemu /var/lib/libvirt/images | sort
ip -4 -o address show; ip -4 route show table all | sed 's/ linkdown//'
cat /proc/sys/net/bridge/bridge-nf-call-iptables`;

beforeAll(async () => {
  const { demo, stateFolder, id } = fixture.lab;
  sut = await connectHost(demo.lab.sut, "sut", {
    ask: () => Promise.reject(new Error("nobody is there to be asked")),
    knownHostsPath: join(stateFolder, id, "known_hosts"),
    signal: ending.signal,
  });
  scripts = await scriptsOf(sut);
  await onSut("mkdir -p /var/lib/tare/tree/bin && cp /bin/busybox /var/lib/tare/tree/bin/");
});
afterAll(async () => {
  await sut.close();
  ending.abort();
});

/** Each with a campaign of its own: the host refuses a change whose id it has seen undone. */
function newChanger(): Changer {
  campaigns += 1;
  return changerOf(sut, openJournal(), `campaign-${campaigns}`);
}

async function onSut(line: string): Promise<string> {
  const { status, stdout, stderr } = await fixture.lab.ssh("sut", line);
  if (status !== 0) throw new Error(`${line}: ${stderr}`);
  return stdout.trim();
}

test("a container on an imported image runs, and both go again", async () => {
  const changer = newChanger();
  const before = await onSut(describeSut);
  const image = await changer.apply(
    imageChange({ tag: "tare-test:1", source: { tree: "/var/lib/tare/tree" } }, scripts),
    unhurried(),
  );
  const runArguments = ["--network", "host", "tare-test:1", "/bin/busybox", "sleep", "1000"];
  const container = await changer.apply(
    containerChange({ name: "tare-test", runArguments }, scripts),
    unhurried(),
  );
  expect(await onSut("docker exec tare-test /bin/busybox cat /proc/1/cmdline | tr '\\0' ' '")).toBe(
    "/bin/busybox sleep 1000",
  );
  const again = await changer.apply(image.change, unhurried());
  await expect(changer.apply(container.change, unhurried())).rejects.toThrow(/exists already/);
  expect((await changer.undoAll([image, container, again], unhurried())).failures).toEqual([]);
  expect(await onSut(describeSut)).toBe(before);
});

test("a container that ends at once is a failure that shows what it printed, and leaves nothing", async () => {
  const changer = newChanger();
  const before = await onSut(describeSut);
  const image = await changer.apply(
    imageChange({ tag: "tare-test:1", source: { tree: "/var/lib/tare/tree" } }, scripts),
    unhurried(),
  );
  const runArguments = ["tare-test:1", "/bin/busybox", "ls", "/no such folder"];
  await expect(
    changer.apply(containerChange({ name: "tare-test", runArguments }, scripts), unhurried()),
  ).rejects.toMatchObject({ code: "CHANGE_FAILED", message: expect.stringMatching(/no such folder/i) });
  await changer.undo(image, unhurried());
  expect(await onSut(describeSut)).toBe(before);
});

test("an image of a folder that cannot be packed is a failure, and leaves nothing", async () => {
  const before = await onSut(describeSut);
  const missing = imageChange({ tag: "tare-test:2", source: { tree: "/var/lib/tare/absent" } }, scripts);
  await expect(newChanger().apply(missing, unhurried())).rejects.toThrow(/is not a folder/);
  expect(await onSut(describeSut)).toBe(before);
});

test("a container that somebody removed by hand is undone", async () => {
  const changer = newChanger();
  const before = await onSut(describeSut);
  const image = await changer.apply(
    imageChange({ tag: "tare-test:1", source: { tree: "/var/lib/tare/tree" } }, scripts),
    unhurried(),
  );
  const runArguments = ["tare-test:1", "/bin/busybox", "sleep", "1000"];
  const container = await changer.apply(
    containerChange({ name: "tare-test", runArguments }, scripts),
    unhurried(),
  );
  await onSut("docker rm -f tare-test");
  expect((await changer.undoAll([image, container], unhurried())).failures).toEqual([]);
  expect(await onSut(describeSut)).toBe(before);
});

test("a guest on a bridge over the data interface starts, and nothing of both is left", async () => {
  const changer = newChanger();
  const before = await onSut(describeSut);
  const records = [];
  for (const change of [
    bridgeOverData(),
    bridgedTrafficChange(scripts),
    guestChange({ name: "tare-test", xml }, scripts),
  ])
    records.push(await changer.apply(change, unhurried()));
  expect(await onSut("virsh list --name")).toBe("tare-test");
  expect(
    (await fixture.lab.ssh("loadgen", `ping -c 1 -W 5 ${fixture.lab.demo.lab.sut.dataAddress}`)).status,
  ).toBe(0);
  expect((await outstandingChanges(sut, unhurried())).map(({ change }) => change.kind)).toEqual(
    records
      .filter(({ before, change }) => before !== change.wanted && before !== "")
      .map(({ change }) => change.kind),
  );
  expect((await changer.undoAll(records, unhurried())).failures).toEqual([]);
  expect(await onSut(describeSut)).toBe(before);
});

test("the interface of Tare's own SSH connection is found and left alone, also where its address is not known", async () => {
  const before = await onSut(describeSut);
  const onManagement = bridgeChange(
    { bridge: "tare-br", nic: "mgmt0", managementAddress: "sut.example" },
    scripts,
  );
  await expect(newChanger().apply(onManagement, unhurried())).rejects.toThrow(/connected to/);
  expect(await onSut(describeSut)).toBe(before);
});

test("a link that is cut while an image is imported: the import is ended and undone", async () => {
  const changer = newChanger();
  const before = await onSut(describeSut);
  const slowTree = "/var/lib/tare/slow";
  await onSut(`mkdir -p ${slowTree} && dd if=/dev/urandom of=${slowTree}/data bs=1M count=512 status=none`);
  const importing = changer.apply(
    imageChange({ tag: "tare-slow:1", source: { tree: slowTree } }, scripts),
    unhurried(),
  );
  const outcome = importing.catch((error: unknown) => error);
  await expect.poll(() => onSut("pgrep -f '^docker import' || true"), { timeout: 20_000 }).not.toBe("");
  await fixture.lab.demo.killSessions("sut");
  expect(await outcome).toMatchObject({ code: "LINK_LOST" });
  await onSut(`rm -r ${slowTree}`);
  expect(await onSut(describeSut)).toBe(before);
  expect(await outstandingChanges(sut, unhurried())).toEqual([]);
});

test("the host restores itself with the script that is left on it, also where Tare's own scripts are gone", async () => {
  const changer = newChanger();
  const before = await onSut(describeSut);
  await changer.apply(bridgeOverData(), unhurried());
  await changer.apply(guestChange({ name: "tare-test", xml }, scripts), unhurried());
  await onSut("rm -r ~/.cache/tare && sh /var/lib/tare/undo-all.sh");
  expect(await onSut(describeSut)).toBe(before);
  expect(await onSut("find /var/lib/tare/changes -mindepth 1 -type d")).toBe("");
});

function bridgeOverData() {
  return bridgeChange(
    { bridge: "tare-br", nic: "data0", managementAddress: fixture.lab.demo.lab.sut.address },
    scripts,
  );
}

/** A guest without a disk: its firmware finds nothing to boot, and waits. */
const xml = `<domain type='qemu'>
  <name>tare-test</name>
  <memory unit='MiB'>64</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <interface type='bridge'><source bridge='tare-br'/><model type='virtio'/></interface>
    <memballoon model='none'/>
  </devices>
</domain>
`;
