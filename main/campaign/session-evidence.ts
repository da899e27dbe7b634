// Where the evidence of a session's runs is to be looked for: interfaces, and the processes of its environment.
import type { RunningEnvironment } from "#main/environments/start-environment.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import type { EnvironmentContext } from "#shared/environments/environment.ts";
import { sessionName } from "#shared/environments/names.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { RunJobs } from "./collect-evidence.ts";
import type { Recorder } from "./recorder.ts";

export interface EvidenceSource {
  readonly sut: RemoteMachine;
  readonly loadgen: RemoteMachine;
  /** Data interfaces; "-" where one is not known. */
  readonly nic: { readonly sut: string; readonly loadgen: string };
  /** Arguments of evidence.sh for what runs while the measured program does. Never rejects. */
  watched(
    jobs: RunJobs,
    signal: AbortSignal,
  ): Promise<readonly { readonly machine: RemoteMachine; readonly argv: readonly string[] }[]>;
}

/** What of a campaign run is needed. */
interface Lab {
  readonly campaign: Pick<Campaign, "lab">;
  readonly recorder: Pick<Recorder, "state">;
  readonly sut: RemoteMachine;
  readonly loadgen: RemoteMachine;
}

export function sessionEvidence(
  lab: Lab,
  context: EnvironmentContext,
  environment: Pick<RunningEnvironment, "machine" | "container">,
): EvidenceSource {
  const { sut, loadgen, campaign, recorder } = lab;
  const path = recorder.state().networkPath;
  const nic = {
    sut: path?.sutInterface ?? campaign.lab.sut.dataInterface ?? "-",
    loadgen: path?.loadgenInterface ?? campaign.lab.loadgen.dataInterface ?? "-",
  };
  const device = hostDevice(context.configuration);
  const { container } = environment;
  let containerPid: Promise<string | null> | undefined;

  return {
    sut,
    loadgen,
    nic,
    async watched(jobs, signal) {
      const { environment: inside, loadgen: outside } = jobs;
      const onSut = [nic.sut, device];
      const found: { machine: RemoteMachine; argv: readonly string[] }[] = [];
      if (outside !== null)
        found.push({ machine: loadgen, argv: [nic.loadgen, "-", outside.program, "tree", outside.id] });
      if (context.configuration.environment === "kvm") {
        found.push({ machine: sut, argv: [...onSut, "-", "guest", sessionName(context)] });
        if (inside !== null)
          found.push({ machine: inside.machine, argv: ["-", "-", inside.program, "tree", inside.id] });
      } else if (container !== null) {
        containerPid ??= processOf(sut, container, signal);
        const pid = await containerPid;
        if (pid === null) containerPid = undefined;
        found.push({ machine: sut, argv: [...onSut, inside?.program ?? "-", "container", pid ?? "none"] });
      } else if (inside !== null) {
        found.push({ machine: sut, argv: [...onSut, inside.program, "tree", inside.id] });
      }
      return found;
    },
  };
}

/** The host's path of the block device that the configuration chose. */
function hostDevice({ storage }: Configuration): string {
  return "device" in storage && storage.device !== undefined ? storage.device.path : "-";
}

/** Number of a container's first process; asked once a session, as Docker's client costs more than all the rest. */
async function processOf(sut: RemoteMachine, container: string, signal: AbortSignal): Promise<string | null> {
  try {
    const argv = ["docker", "inspect", "--format", "{{.State.Pid}}", container];
    const { status, stdout } = await sut.run({ argv, root: true }, { signal, idempotent: true });
    const pid = stdout.trim();
    return status === 0 && /^[1-9]\d*$/.test(pid) ? pid : null;
  } catch {
    // Whatever it is, the run's own steps meet it as well; here it means that nothing can be looked at.
    return null;
  }
}
