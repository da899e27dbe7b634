// What a tried port means: whether it is free on the SUT, whether the load generator gets there, and what to do where not.
import type { ReachStep } from "../contract/reach.ts";
import type { Listening, PortReached } from "../facts/reach-reading.ts";
import { portName, type ReachPort } from "./reach-plan.ts";

export interface PortOutcome {
  readonly port: ReachPort;
  /** How Tare's listener fared with it; null where it said nothing. */
  readonly listening: Listening | null;
  /** How the load generator fared; null where it did not try. */
  readonly reached: PortReached | null;
}

interface Names {
  readonly sut: string;
  readonly loadgen: string;
  /** Data address of the SUT. */
  readonly address: string;
}

export function portVerdict(
  { port, listening, reached }: PortOutcome,
  { sut, loadgen, address }: Names,
): Pick<ReachStep, "status" | "text"> {
  const name = portName(port);
  const failed = (text: string) => ({ status: "failed", text }) as const;
  if (listening === null) return failed(`The listener on ${sut} said nothing of ${name}.`);
  if (listening.kind === "failed")
    return failed(`Tare cannot listen on ${name} of ${sut}: ${listening.text}.`);
  if (listening.kind === "taken")
    return failed(
      `${name} is taken on ${sut} by ${listening.holder ?? "a process that cannot be seen from there"}: end it, or choose another port in the workload.`,
    );
  if (port.from === "sut") return { status: "ok", text: "Free. Only the system under test itself uses it." };
  if (reached === null) return failed(`${loadgen} did not try ${name}.`);
  const between = `${sut} listens on ${name}, but`;
  switch (reached.outcome) {
    case "ok":
      return { status: "ok", text: `Free, and ${loadgen} reaches it.` };
    case "silent":
      return failed(
        `${between} nothing comes back to ${loadgen}: a firewall drops ${name} (on either host, or between). Allow it to ${address}.`,
      );
    case "refused":
      return failed(
        `${between} ${loadgen} is refused: a firewall rejects ${name}, or ${address} is another machine's address.`,
      );
    case "unreachable":
      return failed(`${between} ${loadgen} has no way to ${address}, or a firewall says so for ${name}.`);
    case "other":
      return failed(
        `${between} another program answers ${loadgen}: a rule (DNAT of a container, a proxy) takes ${name} away before.`,
      );
    case "failed":
      return failed(`${loadgen} could not try ${name}: ${reached.text || "it said nothing"}.`);
  }
}
