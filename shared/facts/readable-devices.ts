// Interfaces and block devices as groups of labelled rows.
import type { Facts } from "../model/facts.ts";
import { type FactGroup, row, sizeText } from "./readable-row.ts";

export function readableNic(nic: Facts["nics"][number]): FactGroup {
  return {
    title: `Interface ${nic.name}`,
    rows: [
      row("State", nic.up ? "up" : "down", nic.master === null ? "" : `port of ${nic.master}`),
      row("Driver", nic.driver ?? "none"),
      row("Speed", nic.speedMbps === null ? "not told" : speedText(nic.speedMbps), duplexText(nic.duplex)),
      row("MTU", `${nic.mtu} bytes`),
      row("Addresses", nic.addresses.join(", ") || "none"),
      row("MAC address", nic.mac ?? "none"),
      row("Queues", `${nic.queues.rx} receive, ${nic.queues.tx} transmit`),
      row("NUMA node", nic.node === null ? "not told" : String(nic.node)),
      row(
        "Interrupts",
        nic.irqs.map(({ irq, cpus, effective }) => `${irq} on CPUs ${effective ?? cpus}`).join("; ") ||
          "none of its own",
      ),
      row("Offloads on", nic.offloads.join(" ") || "none known"),
    ],
  };
}

function speedText(mbps: number): string {
  return mbps >= 1000 ? `${mbps / 1000} Gb/s` : `${mbps} Mb/s`;
}

function duplexText(duplex: string | null): string {
  return duplex === null || duplex === "unknown" ? "" : `${duplex} duplex`;
}

export function readableBlock(block: Facts["blocks"][number]): FactGroup {
  return {
    title: `Block device ${block.name}`,
    rows: [
      row("Size", sizeText(block.sizeBytes), block.rotational ? "reported as rotational" : "not rotational"),
      row("Model", block.model ?? "not told"),
      row("Serial number", block.serial ?? "not told"),
      row("Scheduler", block.scheduler ?? "none"),
      row("File system", block.fileSystem ?? "none seen"),
      row("Mounts", block.mounts.join(", ") || "none"),
      row("Partitions", block.partitions.join(", ") || "none"),
      row("Held by", block.holders.join(", ") || "nothing"),
    ],
  };
}
