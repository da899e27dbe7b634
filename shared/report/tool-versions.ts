// Which versions of which programs a campaign used, as the facts of its hosts and environments tell.
import type { Facts } from "../model/facts.ts";
import { listText } from "./list-text.ts";

type FactsByName = Readonly<Record<string, Facts>>;

/** Programs by the name in the facts, and what they are called. */
const titles: Readonly<Record<string, string>> = {
  fio: "fio",
  nuttcp: "nuttcp",
  netperf: "netperf",
  sysbench: "sysbench",
  "redis-server": "Redis",
  mariadbd: "MariaDB",
  mysqld: "MySQL",
};

/** The number alone in what a program prints of itself: `fio-3.33` is `3.33`; the whole line where there is none. */
function versionNumber(line: string): string {
  return /\d+(?:\.\d+)+(?:[-~+][\w.+~-]+)?/.exec(line)?.[0] ?? line;
}

/** Distinct versions of a program over all facts: native runs in the userland, whose facts may be any environment's. */
export function versionsOfTool(facts: FactsByName, name: string): string[] {
  const lines = Object.values(facts).flatMap(({ tools }) => tools[name] ?? []);
  return [...new Set(lines.filter((line) => line !== "version unknown").map(versionNumber))];
}

/** Versions of what runs containers and guests, of the system under test. */
export function platformVersions(facts: FactsByName): {
  docker: string | null;
  libvirt: string | null;
  qemu: string | null;
} {
  const sut = facts["sut-before"] ?? facts["sut-after"] ?? null;
  return {
    docker: sut?.docker == null ? null : versionNumber(sut.docker.version),
    libvirt: sut?.libvirt == null ? null : versionNumber(sut.libvirt.version),
    qemu: sut?.qemu == null ? null : versionNumber(sut.qemu),
  };
}

/** `Versions: Docker 20.10.24, QEMU 7.2.22 and nuttcp 8.1.4`; empty where the facts tell none. */
export function versionsSentence(facts: FactsByName): string {
  if (Object.keys(facts).length === 0)
    return "The versions of Docker, libvirt, QEMU and the tools were not kept";
  const { docker, libvirt, qemu } = platformVersions(facts);
  const named = [
    ...(docker === null ? [] : [`Docker ${docker}`]),
    ...(libvirt === null ? [] : [`libvirt ${libvirt}`]),
    ...(qemu === null ? [] : [`QEMU ${qemu}`]),
    ...Object.entries(titles).flatMap(([name, title]) => {
      const versions = versionsOfTool(facts, name);
      return versions.length === 0 ? [] : [`${title} ${versions.join(" or ")}`];
    }),
  ];
  return named.length === 0 ? "" : `Versions: ${listText(named)}`;
}
