// Tries a host step by step, as the Labs page shows it: each step is told when it begins and when it ends.
import type { ConnectionStep } from "#shared/contract/labs.ts";
import { TareError, toFailure } from "#shared/model/error.ts";
import type { FoundChanges } from "#shared/model/host-change.ts";
import type { Host, HostRole } from "#shared/model/lab.ts";
import { countText } from "#shared/report/number.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { connectHost, type HostMachine } from "./connect-host.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { lockHolder } from "./lock.ts";
import { createQueue } from "./queue.ts";
import { runOk } from "./run-ok.ts";

/** The steps, in order. */
const connectionSteps = [
  "reach",
  "host key",
  "log in",
  "root",
  "data address",
  "changes",
  "controller lock",
] as const;
type Step = (typeof connectionSteps)[number];

export type ConnectionTestDeps = ConnectionDeps & {
  /** Changes of Tare's that are in force on the host and that no running campaign of this computer owns. */
  findOn(machine: RemoteMachine): Promise<FoundChanges>;
};

/** Ends after the first step that fails; never throws but for an abort before it began. */
export async function* testConnection(
  host: Host,
  role: HostRole,
  deps: ConnectionTestDeps,
): AsyncGenerator<ConnectionStep> {
  const queue = createQueue<ConnectionStep>();
  const working = testSteps(host, role, deps, queue.push).finally(queue.end);
  yield* queue.items();
  await working;
}

async function testSteps(
  host: Host,
  role: HostRole,
  deps: ConnectionTestDeps,
  push: (step: ConnectionStep) => void,
): Promise<void> {
  let current: Step | undefined;
  let machine: HostMachine | undefined;
  const tell = (step: Step, status: ConnectionStep["status"], text: string) =>
    push({ host: role, step, status, text });
  const begin = (step: Step) => {
    if (current === step) return;
    // A step that begins again (after a question) does not end those after it.
    const done = current;
    current = step;
    if (done !== undefined && connectionSteps.indexOf(done) < connectionSteps.indexOf(step))
      tell(
        done,
        "ok",
        done === "reach"
          ? "The SSH server answers."
          : done === "host key"
            ? "The host's key is known."
            : "Logged in.",
      );
    tell(step, "running", running[step]);
  };
  try {
    machine = await connectHost(host, role, { ...deps, onStage: begin });
    begin("root");
    await runOk(machine, { argv: ["true"], root: true }, { signal: deps.signal, idempotent: true });
    tell("root", "ok", host.become === "root" ? "The account is root." : "sudo -n grants root.");
    current = undefined;
    begin("data address");
    await checkDataAddress(machine, host, deps.signal);
    tell("data address", "ok", `${host.dataAddress} is an address of the host.`);
    current = undefined;
    begin("changes");
    tell("changes", "ok", foundText(await deps.findOn(machine)));
    current = undefined;
    begin("controller lock");
    const holder = await lockHolder(machine, deps.signal);
    if (holder !== null) throw holder;
    tell("controller lock", "ok", "Nobody measures on the host.");
  } catch (error) {
    const failure = toFailure(error);
    // A key file is looked for before anything is sent.
    const first = failure.code === "AUTHENTICATION_FAILED" ? "log in" : "reach";
    push({ host: role, step: current ?? first, status: "failed", text: failure.message, failure });
  } finally {
    await machine?.close();
  }
}

const running: Readonly<Record<Step, string>> = {
  reach: "Connecting.",
  "host key": "Checking the host's key.",
  "log in": "Logging in.",
  root: "Asking for root.",
  "data address": "Looking for the data address.",
  changes: "Looking for changes of Tare's that are in force.",
  "controller lock": "Looking whether somebody measures.",
};

function foundText({ changes }: FoundChanges): string {
  return changes.length === 0
    ? "Tare left nothing changed on the host."
    : `Tare left ${countText(changes.length, "change")} in force: ${changes.map(({ title }) => title).join("; ")}.`;
}

async function checkDataAddress(machine: HostMachine, host: Host, signal: AbortSignal): Promise<void> {
  const { stdout } = await runOk(
    machine,
    { argv: ["ip", "-o", "addr", "show"] },
    { signal, idempotent: true },
  );
  const addresses = [...stdout.matchAll(/\sinet6?\s([0-9a-fA-F.:]+)/g)].map((match) => match[1] ?? "");
  const isName = !/^[0-9.]+$|:/.test(host.dataAddress);
  if (isName || addresses.includes(host.dataAddress.toLowerCase())) return;
  throw new TareError(
    "INPUT_INVALID",
    `${machine.name} has no address ${host.dataAddress}. It has: ${addresses.join(", ")}.`,
    { host: machine.name },
  );
}
