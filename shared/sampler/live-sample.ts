// A sample as the window follows it live.
import type { Live } from "../contract/campaigns.ts";
import type { Machine } from "../model/lab.ts";
import type { Sample } from "./sample.ts";

/** Nice time counts as user, interrupts as system; the frequency is the mean of all policies; lo is left out. */
export function liveSample(machine: Machine, sample: Sample): Extract<Live, { kind: "sample" }> {
  const { user, nice, system, irq, softirq, iowait, steal, idle } = sample.cpu;
  const interfaces = sample.network.filter(({ name }) => name !== "lo");
  const frequencies = sample.frequencies.map(({ khz }) => khz);
  return {
    kind: "sample",
    machine,
    at: sample.at,
    cpu: { user: user + nice, system: system + irq + softirq, iowait, steal, idle },
    network: {
      receive: interfaces.reduce((total, { receiveBytes }) => total + receiveBytes, 0),
      transmit: interfaces.reduce((total, { transmitBytes }) => total + transmitBytes, 0),
    },
    frequencyKhz:
      frequencies.length === 0
        ? null
        : Math.round(frequencies.reduce((total, khz) => total + khz, 0) / frequencies.length),
  };
}
