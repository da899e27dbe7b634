// Which number of the paper's text a claim restates: ids of `paper_text` in the reference data.

const texts: Readonly<Record<string, string>> = {
  "startup.container-under-1s": "text.startup.container",
  "startup.vm-11s": "text.startup.kvm",
  "setup.vm-32-vcpus.linpack": "text.vm.vcpus",
  "setup.vm-32-vcpus.stream": "text.vm.vcpus",
  "setup.vm-32-vcpus.randomaccess": "text.vm.vcpus",
  "setup.vm-32-vcpus.nuttcp": "text.vm.vcpus",
  "setup.vm-32-vcpus.netperf": "text.vm.vcpus",
  "setup.vm-32-vcpus.fio": "text.vm.vcpus",
  "setup.vm-32-vcpus.redis": "text.vm.vcpus",
  "setup.vm-32-vcpus.mysql": "text.vm.vcpus",
  "stream.working-set": "text.stream.ws",
  "stream.one-socket-1.4pct": "text.stream.diff",
  "nuttcp.9.3gbps": "text.nuttcp",
  "netperf.kvm-adds-30us": "text.netperf.add",
  "netperf.kvm-plus-80pct": "text.netperf.pct",
  "fio.random-kvm-half": "text.fio.kvm-iops",
  "fio.read-latency-2-3x": "text.fio.kvm-lat",
  "fio.seq-kvm-variance-4x.read": "text.fio.kvm-var",
  "fio.seq-kvm-variance-4x.write": "text.fio.kvm-var",
  "fio.seq-60s": "text.fio.60s",
  "fio.native-unrealised-bw": "text.fio.potential-bw",
  "fio.native-unrealised-iops": "text.fio.potential-iops",
  "redis.native-saturates-110k": "text.redis.sat",
  "redis.nat-4-clients-1.05x": "text.redis.nat4",
  "redis.nat-4-clients-51us": "text.redis.nat4",
  "redis.nat-100-clients-over-1.11x": "text.redis.nat100",
  "redis.kvm-adds-83us": "text.redis.kvm",
  "redis.pipeline-10": "text.redis.pipeline",
  "redis.keys-150M": "text.redis.keys",
  "mysql.docker-within-2pct": "text.mysql.docker",
  "mysql.kvm-loss-over-40pct": "text.mysql.kvm",
  "mysql.peak-cpu-native-minus-docker": "text.mysql.peakcpu",
};

interface PaperText {
  readonly id: string;
  readonly claim: string;
}

/** What the paper says as a number, in its words shortened; null where the claim's number stands nowhere in its text. */
export function paperTextOf(claimId: string, known: readonly PaperText[]): string | null {
  const id = texts[claimId];
  return known.find((text) => text.id === id)?.claim.replaceAll(/\bus\b/g, "µs") ?? null;
}
