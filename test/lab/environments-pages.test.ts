// Environments on the demo lab with huge pages of their own, which all labs of a machine share.
import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startEnvironment } from "#main/environments/start-environment.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import { guest, preset, withEnvironments } from "./environments-world.ts";
import { run } from "./lab.ts";

const here = withEnvironments();

const configurations: readonly Configuration[] = [
  preset("docker-nat", { pages: { thp: "never" } }),
  preset("docker-macvlan", { pages: { thp: "madvise" } }),
];

test.each(configurations.map((configuration) => [configuration.id, configuration] as const))(
  "%s, with other huge pages: programs run inside, a server is reached from the load generator, and nothing is left",
  (_id, configuration) => here.world.serves(configuration),
);

test("a tuned guest is what was chosen: topology, nodes, huge pages, pins and a second disk", async () => {
  const { lab, folder, signal, contextOf, startOptions, traces } = here.world;
  const before = await traces();
  const image = join(folder, "second-disk");
  await writeFile(image, "");
  await truncate(image, 2 ** 26);
  const loop = (await run("losetup", ["--find", "--show", image])).stdout.trim();
  try {
    expect((await lab.ssh("sut", `mknod ${loop} b 7 ${loop.replace("/dev/loop", "")}`)).status).toBe(0);
    const device = { path: loop, serial: image };
    const configuration = guest(
      "kvm-best",
      {
        topology: { sockets: 2, cores: 1, threads: 1 },
        numaCells: [
          { cpus: "0", memoryMiB: 320, hostNodes: "0" },
          { cpus: "1", memoryMiB: 320, hostNodes: "0" },
        ],
        vcpuPins: ["0", "1"],
        emulatorPin: "0",
        ioThreadPin: "1",
      },
      {
        pages: { hugePages2M: 330, thp: "always" },
        pinning: { cpus: "0-1", memory: { policy: "bind", nodes: "0" } },
        network: { mode: "bridge", vhost: "off" },
        storage: { format: "qcow2", cache: "none", io: "native", ioThread: true, device },
      },
    );
    const environment = await startEnvironment(startOptions(contextOf(configuration)));
    try {
      const inside = `cat /sys/devices/system/node/online /sys/devices/system/cpu/cpu1/topology/physical_package_id \
        /sys/devices/system/node/node1/cpulist; blockdev --getsize64 /dev/vdb`;
      const seen = await environment.machine.run(environment.enter(["sh", "-c", inside]), { signal });
      expect(seen.stdout.trim().split("\n")).toEqual(["0-1", "1", "1", `${2 ** 26}`]);
      const outside = `grep -h ^HugePages_Free /proc/meminfo
        for task in /proc/$(cat /run/libvirt/qemu/tare-test-kvm-best.pid)/task/*; do
          echo "$(cat $task/comm): $(sed -n 's/^Cpus_allowed_list:.//p' $task/status)"
        done | grep -E 'CPU [0-9]|IO iothread1|qemu-system' | sort -u`;
      const { stdout } = await lab.ssh("sut", outside);
      expect(stdout.replaceAll(/ +/g, " ").trim().split("\n")).toEqual([
        "HugePages_Free: 10",
        "CPU 0/TCG: 0",
        "CPU 1/TCG: 1",
        "IO iothread1: 1",
        "qemu-system-x86: 0",
      ]);
    } finally {
      await environment.stop(signal);
    }
  } finally {
    await lab.ssh("sut", `rm -f ${loop}`);
    await run("losetup", ["--detach", loop]);
  }
  expect(await traces()).toBe(before);
});
