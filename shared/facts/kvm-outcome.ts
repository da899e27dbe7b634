// What the probe guest of assets/host/kvm-probe.sh says of /dev/kvm.
import type { Facts } from "../model/facts.ts";
import { TareError } from "../model/error.ts";

/** QEMU's status after the guest wrote 42 to isa-debug-exit: (42 << 1) | 1. */
const guestRan = 85;

/**
 * Reads the script's output. `usable` is null only where nothing could be tried (no probe guest for this kind of machine).
 * Throws TareError OUTPUT_UNREADABLE.
 */
export function readKvmOutcome(
  text: string,
  probe: { accelerator: "kvm" | "tcg"; model: string; limitSeconds: number },
): Facts["kvm"] {
  const [word = "", ...said] = text.split("\n");
  const status = /^ended (\d{1,3})$/.exec(word)?.[1];
  const present = word !== "absent";
  const outcome = (usable: boolean | null, reason: string) => ({ present, usable, reason });
  if (status === undefined) {
    const answer = Object.entries(answers).find(([name]) => name === word);
    if (answer !== undefined) return outcome(...answer[1]);
    throw new TareError(
      "OUTPUT_UNREADABLE",
      "The probe of /dev/kvm printed something that is not an outcome.",
      {
        detail: text.slice(0, 500),
      },
    );
  }
  const how = `-accel ${probe.accelerator} -cpu ${probe.model}`;
  const words = said.join(" ").replaceAll(/\s+/g, " ").trim();
  const because = words === "" ? "" : `: ${words}`;
  if (Number(status) === guestRan) return outcome(true, `A probe guest ran with ${how}.`);
  if (status === "124" || status === "137") {
    return outcome(false, `A probe guest with ${how} did not end within ${probe.limitSeconds} s${because}`);
  }
  return outcome(
    false,
    `QEMU with ${how} ended with status ${status} before the probe guest had run${because}`,
  );
}

const answers: Record<string, [usable: boolean | null, reason: string]> = {
  absent: [false, "/dev/kvm does not exist on this machine."],
  "no-qemu": [null, "QEMU is not installed, so no probe guest could run."],
  "no-timeout": [null, "The program timeout is missing, so no probe guest was started."],
  "other-machine": [null, "The probe guest is made for x86-64; on this machine none was started."],
};
