// What each environment would do and run: the texts of a preview, which are the texts of the execution.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { docker } from "#shared/environments/docker.ts";
import { kvm } from "#shared/environments/kvm.ts";
import { native } from "#shared/environments/native.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import { changeSchema } from "#shared/model/change.ts";
import { configurationSchema, type DockerConfiguration } from "#shared/model/configuration.ts";
import { commandText } from "#shared/model/command.ts";
import { TareError } from "#shared/model/error.ts";
import { rootRefusal } from "#shared/model/root-programs.ts";
import { anyConfiguration } from "../../fixtures/any-configuration.ts";
import { dockerNat, kvm as kvmConfiguration, native as nativeConfiguration } from "../sample-campaign.ts";
import { sampleContext, sampleLab } from "../../fixtures/sample-sut.ts";

const titles = (configuration: Parameters<typeof environmentOf>[0] & typeof nativeConfiguration) =>
  environmentOf(configuration)
    .changes(sampleContext(configuration))
    .map(({ title }) => title);

test("natively a program runs in the userland, pinned by numactl inside it", () => {
  const configuration = {
    ...nativeConfiguration,
    pinning: { cpus: "0-1", memory: { policy: "interleave" as const, nodes: "0" } },
  };
  if (configuration.environment !== "native") throw new Error("not native");
  const command = native.enter(sampleContext(configuration), ["fio", "--name=a b"]);
  expect(commandText(command)).toMatchInlineSnapshot(`
    "# as root
    sh /root/.cache/tare/native-enter.sh /var/lib/tare/userland/0123abcd/root /var/lib/tare/data/tare-2026-01-02-sample-abc-native /var/lib/tare/kernels/4567 -- numactl --physcpubind=0-1 --interleave=0 -- fio '--name=a b'"
  `);
});

test("a container publishes the workloads' ports on the data address only, and mounts its folder and the kernels", () => {
  const container = docker.changes(sampleContext(dockerNat as DockerConfiguration)).at(-1);
  expect(container?.apply.map(commandText)[0]).toMatchInlineSnapshot(`
    "# as root
    sh /root/.cache/tare/start-up.sh /var/lib/tare/kernels/4567 20 1 - 198.18.4.1 5190 -- docker run -d --name tare-2026-01-02-sample-abc-docker-nat --label tare --label tare.campaign=2026-01-02-sample-abc --label tare.slot=docker-nat --pull never --restart no --network bridge --publish 198.18.4.1:6379:6379/tcp --publish 198.18.4.1:5101:5101/udp --publish 198.18.4.1:5190:5190/tcp --mount type=bind,source=/var/lib/tare/data/tare-2026-01-02-sample-abc-docker-nat,target=/data --mount type=bind,source=/var/lib/tare/kernels/4567,target=/opt/tare,readonly tare-userland:0123abcd /bin/sh -c '[ ! -x /opt/tare/answer ] || /opt/tare/answer 5190 announce & trap '\\''exit 0'\\'' TERM; while :; do sleep 3600 & wait $!; done'"
  `);
});

test("a container's programs hand their job's mark in, so that ending the job ends them", () => {
  const command = docker.enter(sampleContext(dockerNat as DockerConfiguration), ["true"]);
  expect(commandText(command)).toMatchInlineSnapshot(`
    "# as root
    docker exec --interactive --env TARE_JOB --workdir /data tare-2026-01-02-sample-abc-docker-nat /usr/local/lib/tare/run true"
  `);
});

function dockerWith(memory: DockerConfiguration["pinning"]["memory"]) {
  const context = sampleContext({ ...(dockerNat as DockerConfiguration), pinning: { cpus: "1", memory } });
  const run = docker.changes(context).at(-1)?.apply[0]?.argv ?? [];
  return {
    cpuset: run.filter((_, index) => /^--cpuset|^--cap-add/.test(run[index - 1] ?? "")),
    inside: docker.enter(context, ["true"]).argv.slice(9),
  };
}

test("Docker binds memory by cpuset and leaves interleaving to numactl inside, which needs SYS_NICE", () => {
  expect(dockerWith({ policy: "bind", nodes: "0" })).toEqual({ cpuset: ["1", "0"], inside: ["true"] });
  expect(dockerWith({ policy: "interleave", nodes: "0" })).toEqual({
    cpuset: ["1", "SYS_NICE"],
    inside: ["numactl", "--interleave=0", "--", "true"],
  });
});

test("Docker NAT with a data address that is a name is refused before anything is done", () => {
  const sut = { ...sampleLab.sut, dataAddress: "sut.example" };
  const context = sampleContext(dockerNat as DockerConfiguration, { lab: { ...sampleLab, sut } });
  expect(() => docker.changes(context)).toThrow(TareError);
});

test("a guest is given a bridge over the interface that carries the data address, then its files, then its start", () => {
  expect(titles(kvmConfiguration)).toEqual([
    "Make bridge tare-br0 over data0 and move its IPv4 addresses and routes to it",
    "Keep bridged frames out of iptables (net.bridge.bridge-nf-call-iptables = 0)",
    "Make /var/lib/tare/data/tare-2026-01-02-sample-abc-kvm",
    "Define and start guest tare-2026-01-02-sample-abc-kvm",
  ]);
});

test("a lab's own bridge is used as it is", () => {
  if (kvmConfiguration.environment !== "kvm") throw new Error("not kvm");
  const lab = { ...sampleLab, guest: { ...sampleLab.guest, bridge: "br7" } };
  const changes = kvm.changes(sampleContext(kvmConfiguration, { lab }));
  expect(changes.map(({ kind }) => kind)).not.toContain("bridge");
  expect(JSON.stringify(changes.at(-1))).toContain("br7");
});

test("whatever the schema lets through: changes are valid, allowed as root, and hold the label in the title of the XML alone", () => {
  const mark = "\u{1f40b}whale";
  fc.assert(
    fc.property(anyConfiguration, (any) => {
      const configuration = configurationSchema.parse({
        ...any,
        label: `${any.label.slice(0, 100)} ${mark}`,
      });
      const environment = environmentOf(configuration);
      const context = sampleContext(configuration);
      const changes = environment.changes(context);
      for (const change of changes) expect(changeSchema.safeParse(change).success).toBe(true);
      const enter = environment.enter(context, ["program", "$(reboot)"]);
      expect(enter.argv.slice(-2)).toEqual(["program", "$(reboot)"]);
      const onHost = environment.machine === "sut" ? [enter] : [];
      const commands = changes.flatMap(({ probe, apply, undo }) => [probe, ...apply, ...undo]).concat(onHost);
      for (const command of commands) {
        expect(rootRefusal(command, "/root/.cache/tare")).toBeNull();
        expect(command.argv.join("\n")).not.toContain(mark);
      }
      const inputs = commands.map(({ stdin = "" }) => stdin.replace(/<title>.*<\/title>/, ""));
      expect(inputs.join("\n")).not.toContain(mark);
    }),
  );
});
