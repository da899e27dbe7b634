// The quantities of the reference data and of claims: title, unit as it is printed, and which way is better.
import type { Subject } from "../model/dataset.ts";
import type { Direction } from "../model/measurement.ts";

export interface Quantity {
  readonly title: string;
  readonly unit: string;
  readonly better: Direction | null;
}

const quantity = (title: string, unit: string, better: Direction | null): Quantity => ({
  title,
  unit,
  better,
});

/** MB and Mb are 1e6, GB and Gb 1e9. */
const quantities: Readonly<Record<Subject, Readonly<Record<string, Quantity>>>> = {
  linpack: { gflops: quantity("Rate", "GFLOP/s", "higher") },
  stream: { bandwidth: quantity("Memory bandwidth", "GB/s", "higher") },
  randomaccess: { gups: quantity("Updates", "GUP/s", "higher") },
  nuttcp: { goodput: quantity("TCP goodput", "Mb/s", "higher") },
  netperf: {
    transaction_rate: quantity("Transactions", "1/s", "higher"),
    latency_mean: quantity("Mean round trip", "µs", "lower"),
  },
  fio: {
    bandwidth: quantity("Bandwidth", "MB/s", "higher"),
    iops: quantity("I/O operations", "1/s", "higher"),
    bandwidth_total: quantity("Bandwidth, reads and writes", "MB/s", "higher"),
    completion_latency_mean: quantity("Mean completion latency", "µs", "lower"),
    completion_latency: quantity("Completion latency", "µs", "lower"),
    fio_process_cpu: quantity("CPU of fio, of one CPU", "%", "lower"),
  },
  redis: {
    throughput: quantity("Throughput", "1/s", "higher"),
    latency_mean: quantity("Mean latency", "µs", "lower"),
  },
  mysql: {
    throughput: quantity("Transactions", "1/s", "higher"),
    latency_mean: quantity("Mean latency", "ms", "lower"),
    latency_p95: quantity("95th percentile of the latency", "ms", "lower"),
    cpu_utilization: quantity("CPU use of the system under test", "%", null),
    rx_packets_per_transaction: quantity("Packets received a transaction", "packets", "lower"),
    softirq_cpu: quantity("CPU in soft interrupts", "%", "lower"),
  },
  startup: {
    startup_time: quantity("Start-up", "s", "lower"),
    guest_uptime_at_cloud_init_final: quantity(
      "Uptime of the guest at cloud-init's last stage",
      "s",
      "lower",
    ),
  },
};

export function quantityOf(subject: Subject, name: string): Quantity | null {
  return quantities[subject][name] ?? null;
}

/** The name itself where the reference data have no such quantity. */
export function quantityTitle(subject: Subject, name: string): string {
  return quantityOf(subject, name)?.title ?? name;
}

export function unitOf(subject: Subject, name: string): string | null {
  return quantityOf(subject, name)?.unit ?? null;
}
