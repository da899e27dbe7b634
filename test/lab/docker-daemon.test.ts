// Docker's userland proxy as a change, on the demo lab's own daemon, which no service manager runs: set, undone, refused, cut short.
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { outstandingChanges } from "#main/hosts/change-journal.ts";
import type { Changer } from "#main/hosts/changes.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { connectHost } from "#main/ssh/connect-host.ts";
import { dockerProxyChange } from "#shared/changes/docker-proxy.ts";
import type { Scripts } from "#shared/changes/script.ts";
import type { Change } from "#shared/model/change.ts";
import { changerOf, openJournal, scriptsOf, unhurried } from "../fixtures/change-host.ts";
import { withDemoLab } from "./lab.ts";

const fixture = withDemoLab();
const ending = new AbortController();
let sut: RemoteMachine;
let scripts: Scripts;
let off: Change;
let before = "";
let campaigns = 0;

const file = "/etc/docker/daemon.json";
/** The daemon's process is another one after a restart; all that describes it is not. */
const describeSut = `
sha256sum ${file} 2>&1; stat -c '%a %u %g' ${file} 2>&1; find /etc/docker | sort
tr '\\0' ' ' </proc/$(pgrep -x dockerd)/cmdline; tr '\\0' '\\n' </proc/$(pgrep -x dockerd)/environ | sort
readlink /proc/$(pgrep -x dockerd)/cwd /proc/$(pgrep -x dockerd)/fd/1
docker network ls --format '{{.Name}}'; docker container ls --all --quiet
cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/bridge/bridge-nf-call-iptables
ip -4 -o address show | cut -d ' ' -f 2-; find /var/lib/tare -mindepth 1 -maxdepth 1 | grep -v userland | sort`;

beforeAll(async () => {
  const { demo, stateFolder, id } = fixture.lab;
  sut = await connectHost(demo.lab.sut, "sut", {
    ask: () => Promise.reject(new Error("nobody is there to be asked")),
    knownHostsPath: join(stateFolder, id, "known_hosts"),
    signal: ending.signal,
  });
  scripts = await scriptsOf(sut);
  off = dockerProxyChange(false, scripts);
  await onSut(
    "mkdir -p /srv/tree/bin && cp /bin/busybox /srv/tree/bin/ && tar -C /srv/tree -c . | docker import - box:1",
  );
  // Makes Tare's own folders, and leaves the daemon started the way that a restart leaves it.
  const changer = newChanger();
  await changer.undo(await changer.apply(off, unhurried()), unhurried());
}, 120_000);
beforeEach(async () => {
  before = await onSut(describeSut);
});
afterAll(async () => {
  await sut.close();
  ending.abort();
});

function newChanger(): Changer {
  campaigns += 1;
  return changerOf(sut, openJournal(), `campaign-${campaigns}`);
}

async function onSut(line: string): Promise<string> {
  const { status, stdout, stderr } = await fixture.lab.ssh("sut", line);
  if (status !== 0) throw new Error(`${line}: ${stderr}`);
  return stdout.trim();
}

const daemon = () => onSut("pgrep -x dockerd");
/** A container that says hello to whoever connects to its port 80. */
const runBox = (name: string, ...options: string[]) =>
  onSut(`docker run -d --name ${name} ${options.join(" ")} box:1 \
    /bin/busybox sh -c 'while echo hello | busybox nc -l -p 80; do :; done'`);

test("off: published ports have no proxy and are reached all the same; then the daemon is as before", async () => {
  const changer = newChanger();
  const address = fixture.lab.demo.lab.sut.dataAddress;
  const proxies = async () => {
    await runBox("tare-box", "--label", "tare", "--publish", `${address}:8080:80`);
    const count = await onSut("pgrep -c docker-proxy || true");
    const answer = await fixture.lab.ssh("loadgen", `bash -c 'cat </dev/tcp/${address}/8080'`);
    await onSut("docker rm -f tare-box");
    return { count, answer: answer.stdout };
  };
  expect(await proxies()).toEqual({ count: "1", answer: "hello\n" });
  const record = await changer.apply(off, unhurried());
  // The file may hold passwords: the record names its hash, and the copy is for root alone until the record is closed.
  const [, hash] = /^on\nfile ([0-9a-f]{64})$/.exec(record.before) ?? [];
  const copies = `/var/lib/tare/changes/*/*/${hash}`;
  expect(await onSut(`stat -c '%a %u' ${copies}; sha256sum <$(echo ${copies})`)).toBe(`600 0\n${hash}  -`);
  expect(JSON.parse(await onSut(`cat ${file}`))).toEqual({
    "userland-proxy": false,
    "data-root": "/var/lib/docker",
  });
  expect(await proxies()).toEqual({ count: "0", answer: "hello\n" });
  await changer.undo(record, unhurried());
  expect(await onSut(describeSut)).toBe(before);
  expect(await onSut(`find /var/lib/tare -name ${hash}`)).toBe("");
});

test("a daemon that has the mode already is not restarted", async () => {
  const changer = newChanger();
  const process = await daemon();
  const record = await changer.apply(dockerProxyChange(true, scripts), unhurried());
  await changer.undo(record, unhurried());
  expect(await daemon()).toBe(process);
});

test("a file that was not there is gone again", async () => {
  const changer = newChanger();
  const kept = await onSut(`cat ${file} && rm ${file}`);
  const without = await onSut(describeSut);
  const record = await changer.apply(off, unhurried());
  expect(JSON.parse(await onSut(`cat ${file}`))).toEqual({ "userland-proxy": false });
  await changer.undo(record, unhurried());
  expect(await onSut(describeSut)).toBe(without);
  expect((await fixture.lab.ssh("sut", `cat >${file}`, { stdin: `${kept}\n` })).status).toBe(0);
});

test("containers that Tare did not make are named, and neither apply nor undo ends them", async () => {
  const changer = newChanger();
  const record = await changer.apply(off, unhurried());
  await runBox("theirs");
  await runBox("tare-box", "--label", "tare");
  const process = await daemon();
  await expect(changer.undo(record, unhurried())).rejects.toThrow(
    /would end containers that Tare did not make: theirs \(exit/,
  );
  await onSut("docker rm -f tare-box");
  expect(await daemon()).toBe(process);
  await onSut("docker rm -f theirs");
  await changer.undo({ ...record, status: "undo-failed" }, unhurried());
  await runBox("theirs");
  await expect(newChanger().apply(off, unhurried())).rejects.toMatchObject({
    code: "CHANGE_FAILED",
    message: expect.stringContaining("containers that Tare did not make: theirs") as string,
  });
  await onSut("docker rm -f theirs");
  expect(await onSut(describeSut)).toBe(before);
});

test("containers of others that a restart would start are named, and stay as they are", async () => {
  await runBox("theirs", "--restart always");
  await onSut("docker stop -t 1 theirs");
  await expect(newChanger().apply(off, unhurried())).rejects.toThrow(
    /would start stopped containers: theirs;/,
  );
  expect(await onSut("docker container inspect --format '{{.State.Running}}' theirs")).toBe("false");
  await onSut("docker update --restart no theirs");
  const changer = newChanger();
  await changer.undo(await changer.apply(off, unhurried()), unhurried());
  await onSut("docker rm theirs");
  expect(await onSut(describeSut)).toBe(before);
});

test("a file that somebody edited since is left, until it is put back", async () => {
  const changer = newChanger();
  const record = await changer.apply(off, unhurried());
  await onSut(`cp -p ${file} /tmp/kept && echo ' ' >>${file}`);
  await expect(changer.undo(record, unhurried())).rejects.toThrow(/was edited since Tare set userland-proxy/);
  await onSut(`cp -p /tmp/kept ${file}`);
  await changer.undo({ ...record, status: "undo-failed" }, unhurried());
  expect(await onSut(describeSut)).toBe(before);
});

test("a flag on the daemon's command line, which the file cannot change, is refused", async () => {
  const restart = (flag: string) =>
    onSut(`kill $(pgrep -x dockerd)
      for i in $(seq 100); do pgrep -x dockerd || break; sleep 0.2; done
      setsid dockerd --pidfile /run/docker.pid ${flag} </dev/null >>/var/log/dockerd.log 2>&1 &
      for i in $(seq 100); do docker version >/dev/null 2>&1 && exit; sleep 0.2; done
      exit 1`);
  await restart("--userland-proxy=true");
  await expect(newChanger().apply(off, unhurried())).rejects.toThrow(
    /--userland-proxy stands on the command line/,
  );
  await restart("");
});

test.each([
  ["the file was written", "grep -q userland-proxy /etc/docker/daemon.json"],
  ["the daemon was stopped", "! pgrep -x dockerd"],
  ["the daemon was started again", '[ -n "$(pgrep -x dockerd)" ] && [ "$(pgrep -x dockerd)" != "$old" ]'],
])("cut short right after %s, it is undone from the host's journal", async (_moment, reached) => {
  const changer = newChanger();
  const old = await daemon();
  const applying = changer.apply(off, unhurried()).catch((error: unknown) => error);
  // Everything of the step is killed at once, as if the host had lost it; the daemon is not part of it.
  await onSut(`old=${old}; for i in $(seq 2000); do
      [ -e /var/lib/tare/docker-restart ] && ${reached} && break
      sleep 0.01
    done
    kill -s KILL -- -$(cut -d ' ' -f 1 /var/lib/tare/changes/*/*-docker-proxy/process)`);
  const outcome = await applying;
  expect(outcome).toMatchObject({ code: "CHANGE_FAILED" });
  expect(await outstandingChanges(sut, unhurried())).toEqual([]);
  expect(await onSut(describeSut)).toBe(before);
});

test("the script that stays on the host undoes it without Tare", async () => {
  await newChanger().apply(off, unhurried());
  expect(await onSut("sh /var/lib/tare/undo-all.sh")).toMatch(/^undone: Turn Docker's userland proxy off/);
  expect(await onSut(describeSut)).toBe(before);
});
