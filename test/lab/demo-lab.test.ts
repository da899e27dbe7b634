// The demo lab as its users see it: two hosts that answer, containers that can be reached, and no way out.
import { expect, test } from "vitest";
import { type HostRole, hostRoles, labSchema } from "#shared/model/lab.ts";
import { run, withDemoLab } from "./lab.ts";

const password = "correct horse $(true)";
const fixture = withDemoLab({ sshdExtra: { loadgen: ["MaxSessions 2"] }, password });
/** Other tests may be busy on the same processors. */
const patience = { timeout: 30_000 };
const both = hostRoles.map((role) => ({ role }));

async function printed(host: HostRole, line: string, options?: { user?: string; stdin?: string }) {
  const { status, stdout, stderr } = await fixture.lab.ssh(host, line, options);
  return { status, text: `${stdout}${stderr}`.trim() };
}

test("the lab is one that the rest of Tare can read", () => {
  expect(labSchema.parse(fixture.lab.demo.lab)).toMatchObject({ demo: true, userland: { kind: "build" } });
});

test.each(both)(
  "$role answers with the host key that was announced, as a machine of its own",
  async ({ role }) => {
    const hostname = `${fixture.lab.id}-${role}`;
    expect(await printed(role, "hostname && cat /proc/1/comm && test $$ -lt 5000")).toEqual({
      status: 0,
      text: `${hostname}\nsshd`,
    });
  },
);

test.each(both)("$role has no way out", async ({ role }) => {
  for (const outside of ["192.0.2.1", "203.0.113.1", "1.1.1.1"])
    expect(await printed(role, `ip route get ${outside}`)).toMatchObject({
      text: expect.stringContaining("Network is unreachable"),
    });
});

test.each(both)("$role lets accounts in, and only one of them become root", async ({ role }) => {
  expect(await printed(role, "sudo -n id -u", { user: "bench" })).toEqual({ status: 0, text: "0" });
  expect((await printed(role, "sudo -n id -u", { user: "plain" })).status).not.toBe(0);
});

test("the password that the test asked for opens the accounts, another one does not", async () => {
  const { address } = fixture.lab.demo.lab.sut;
  for (const user of ["root", "bench"]) {
    expect(await logInByPassword(user, address, password)).toMatchObject({ status: 0, stdout: `${user}\n` });
    expect((await logInByPassword(user, address, `${password}!`)).status).toBe(255);
  }
});

/** OpenSSH takes a password from a program only. */
async function logInByPassword(user: string, address: string, typed: string) {
  const settings = [
    "PreferredAuthentications=password",
    "NumberOfPasswordPrompts=1",
    "StrictHostKeyChecking=yes",
  ];
  const known = `UserKnownHostsFile=${fixture.lab.knownHosts}`;
  const argv = [...settings, known].flatMap((setting) => ["-o", setting]);
  const asks = ["env", `SSH_ASKPASS=${fixture.lab.askPass}`, "SSH_ASKPASS_REQUIRE=force", `TYPED=${typed}`];
  return run("setsid", ["--wait", ...asks, "ssh", ...argv, `${user}@${address}`, "id -un"]);
}

test("sshd has the extra settings that the test asked for", async () => {
  const line = "/usr/sbin/sshd -T -f /etc/ssh/sshd_lab.conf | grep -i '^maxsessions'";
  expect(await printed("loadgen", line)).toEqual({ status: 0, text: "maxsessions 2" });
  expect(await printed("sut", line)).toEqual({ status: 0, text: "maxsessions 10" });
});

test("the data link joins the hosts", async () => {
  const { lab } = fixture.lab.demo;
  expect((await printed("loadgen", `ping -c 1 -W 2 ${lab.sut.dataAddress}`)).status).toBe(0);
  expect((await printed("sut", `ip route get ${lab.loadgen.dataAddress}`)).text).toContain("dev data0");
});

test("the SUT offers what virtual machines need", async () => {
  const line = "test -c /dev/net/tun && mountpoint -q /dev/hugepages && virsh -q -c qemu:///system uri";
  expect(await printed("sut", line)).toEqual({ status: 0, text: "qemu:///system" });
});

test("containers work with the host's network and are reached through NAT", async () => {
  const { dataAddress } = fixture.lab.demo.lab.sut;
  const image =
    "mkdir -p /tmp/image/bin && cp /bin/busybox /tmp/image/bin/ && tar -C /tmp/image -c . | docker import - box:1";
  expect((await printed("sut", image)).status).toBe(0);
  const onHost = "docker run --rm --network host box:1 /bin/busybox hostname";
  expect(await printed("sut", onHost)).toEqual({ status: 0, text: `${fixture.lab.id}-sut` });
  const serve = "/bin/busybox nc -l -p 5100 -e /bin/busybox hostname";
  const start = `docker run --detach --hostname inside --publish ${dataAddress}:5100:5100 box:1 ${serve}`;
  expect((await printed("sut", start)).status).toBe(0);
  const ask = `exec 3<>/dev/tcp/${dataAddress}/5100; cat <&3`;
  expect(await printed("loadgen", ask)).toEqual({ status: 0, text: "inside" });
});

test("what sits on a bridge over the data interface is reached although Docker drops what it does not forward", async () => {
  const { lab } = fixture.lab.demo;
  const guest = lab.guest.address;
  const script = `
    ip link add br-test type bridge
    ip link set data0 master br-test
    ip address del ${lab.sut.dataAddress}/24 dev data0
    ip address add ${lab.sut.dataAddress}/24 dev br-test
    ip link set br-test up
    ip netns add guest
    ip link add tap-test type veth peer name eth0 netns guest
    ip link set tap-test master br-test up
    ip -n guest address add ${guest} dev eth0
    ip -n guest link set eth0 up
    iptables --policy FORWARD DROP`;
  expect(await printed("sut", "sh -eu", { stdin: script })).toEqual({ status: 0, text: "" });
  expect((await printed("loadgen", `ping -c 1 -W 2 ${guest.split("/")[0]}`)).status).toBe(0);
  const undo = `
    iptables --policy FORWARD ACCEPT
    ip netns del guest
    ip link del br-test
    ip address add ${lab.sut.dataAddress}/24 dev data0`;
  expect(await printed("sut", "sh -eu", { stdin: undo })).toEqual({ status: 0, text: "" });
});

test("the SUT installs packages from its own repository, the guests' kernel among them", async () => {
  const line =
    "apt-get -q update && cd /tmp && apt-get -q download busybox-static $(apt-cache depends linux-image-cloud-* | sed -n 's/ *Depends: //p' | grep ^linux-image) && ls *.deb | wc -l";
  const { status, text } = await printed("sut", line);
  expect({ status, files: text.split("\n").at(-1) }).toEqual({ status: 0, files: "2" });
});

test("a cut link leaves the host's jobs alone, and the host answers once it is restored", async () => {
  const { demo } = fixture.lab;
  await printed("sut", "setsid sleep 1001 </dev/null >/dev/null 2>&1 & echo $! >/tmp/job");
  await demo.cutLink("sut");
  expect((await fixture.lab.ssh("sut", "true")).status).toBe(255);
  expect((await printed("loadgen", "true")).status).toBe(0);
  await demo.restoreLink("sut");
  expect(await printed("sut", "kill $(cat /tmp/job) && echo ended")).toEqual({ status: 0, text: "ended" });
});

test("killing the sessions ends the connections and nothing else", async () => {
  await printed("sut", "setsid sleep 1002 </dev/null >/dev/null 2>&1 & echo $! >/tmp/job");
  const waiting = fixture.lab.ssh("sut", "sleep 1003");
  await expect
    .poll(async () => (await printed("sut", "pgrep -xf 'sleep 1003' | wc -l")).text, patience)
    .toBe("1");
  expect(await fixture.lab.demo.killSessions("sut")).toBeGreaterThanOrEqual(1);
  expect((await waiting).status).toBe(255);
  expect(await printed("sut", "kill $(cat /tmp/job) && echo ended")).toEqual({ status: 0, text: "ended" });
});
