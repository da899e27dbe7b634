// Judges what was seen of a run, by the files that are kept of it, and journals it. Any run can be judged again.
import { readMeasured } from "#main/library/measured-reading.ts";
import { compressRun, readRaw } from "#main/library/raw-store.ts";
import { guestFiles, sessionFolder, sessionName } from "#shared/environments/names.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import type { EvidenceInputs, Moments } from "#shared/evidence/evidence-inputs.ts";
import { hostCounters } from "#shared/evidence/host-counters.ts";
import { judge } from "#shared/evidence/judge.ts";
import { isMissing, readSnapshot, type Seen } from "#shared/evidence/snapshot.ts";
import { timely, windowOf } from "#shared/evidence/window.ts";
import { TareError, toFailure } from "#shared/model/error.ts";
import type { Machine } from "#shared/model/lab.ts";
import type { Measurement } from "#shared/model/measurement.ts";
import { runCommands, surroundingsOf } from "#shared/plan/run-commands.ts";
import { parseSamples } from "#shared/sampler/parse-samples.ts";
import { type SampleSummary, summarizeSamples } from "#shared/sampler/summarize-samples.ts";
import { bindCondition } from "#shared/workloads/registry.ts";
import { evidenceMoments, evidenceName } from "./collect-evidence.ts";
import type { RunPlace } from "./measure-job.ts";
import { plannedRun } from "./planned-run.ts";
import { keptEnvironmentFacts, keptFacts } from "#main/library/campaign-facts.ts";
import { samplesName } from "./run-samplers.ts";
import { sessionContext } from "./session-context.ts";
import type { Stage } from "./stage.ts";

/** Records nothing for a run that did not succeed, or of which nothing was seen. Throws DISK_FULL. */
export async function recordEvidence(stage: Stage, runId: string): Promise<void> {
  const { campaign, recorder, world } = stage;
  const run = recorder.state().runs.get(runId);
  if (run?.status !== "ok") return;
  const place = { campaignId: campaign.id, campaignPath: world.folder.path, runId, attempt: run.attempt };
  const seen = await readSeen(place, run.toolSeconds);
  if (seen === null) return;
  const inputs = await inputsOf(stage, place, seen);
  if (inputs === null) return;
  const measurements = await derived(stage, place, inputs.sut);
  const { attempt } = run;
  await recorder.record({ type: "run-evidence", runId, attempt, items: judge(inputs), measurements });
  await compressRun(place.campaignPath, runId);
}

interface SeenMoments {
  readonly sut: Moments;
  readonly loadgen: Moments;
  readonly guest: Seen;
}

/** Null where there is no file at all. */
async function readSeen(place: RunPlace, programSeconds: number): Promise<SeenMoments | null> {
  const read = async (machine: Machine) => {
    const [before = "", during = "", after = ""] = await Promise.all(
      evidenceMoments.map((moment) =>
        readRaw(place.campaignPath, place.runId, evidenceName(place.attempt, machine, moment)),
      ),
    );
    return { before, during, after };
  };
  const [sut, loadgen, guest] = await Promise.all([read("sut"), read("loadgen"), read("guest")]);
  if ([...Object.values(sut), ...Object.values(loadgen)].every((text) => text === "")) return null;
  const moments = ({ before, during, after }: typeof sut): Moments =>
    timely(
      { before: readSnapshot(before), during: readSnapshot(during), after: readSnapshot(after) },
      programSeconds,
    );
  return { sut: moments(sut), loadgen: moments(loadgen), guest: readSnapshot(guest.during) };
}

/** Null where the journal does not say what the session was made of. */
async function inputsOf(stage: Stage, place: RunPlace, seen: SeenMoments): Promise<EvidenceInputs | null> {
  const { campaign, recorder, world } = stage;
  const { equipment, networkPath } = recorder.state();
  const sut = await keptFacts(world.folder.path, "sut", "before");
  if (equipment === null || sut === null) return null;
  const { planned, condition } = plannedRun(stage, place.runId);
  const context = sessionContext(campaign, planned, { equipment, facts: sut, scripts: stage.scripts.sut });
  const { configuration } = context;
  const environment = environmentOf(configuration);
  const { workload, needs } = bindCondition(condition);
  const surroundings = surroundingsOf(environment, context, equipment.kernelFolders.loadgen);
  const programs = runCommands({ workload, condition, environment, context, surroundings }).filter(
    ({ phase }) => phase === "server" || phase === "measure",
  );
  return {
    configuration,
    condition,
    usesNetwork: workload.network,
    usesStorage: needs().diskBytes > 0,
    sessionName: sessionName(context),
    diskPath:
      configuration.environment === "kvm"
        ? guestFiles(sessionFolder(context), configuration.storage.format).disk
        : null,
    program: programs.find(({ machine }) => machine !== "loadgen")?.program ?? workload.name,
    loadgenProgram: programs.find(({ machine }) => machine === "loadgen")?.program ?? null,
    accelerator: context.accelerator,
    governor: campaign.host.governor ?? null,
    facts: {
      sut,
      loadgen: await keptFacts(world.folder.path, "loadgen", "before"),
      guest:
        configuration.environment === "kvm"
          ? await keptEnvironmentFacts(world.folder.path, planned.slot)
          : null,
    },
    networkPath,
    ...seen,
    samples: {
      sut: await samplesOf(place, "sut", seen.sut),
      loadgen: await samplesOf(place, "loadgen", seen.loadgen),
    },
  };
}

/** Summary of the samples that lie between the snapshots; null where none does, or they cannot be read. */
async function samplesOf(
  place: RunPlace,
  machine: "sut" | "loadgen",
  moments: Moments,
): Promise<SampleSummary | null> {
  const window = windowOf(moments);
  if (typeof window === "string") return null;
  const text = await readRaw(place.campaignPath, place.runId, samplesName(place.attempt, machine));
  const { before, after } = window;
  try {
    const within = parseSamples(text).filter(
      ({ uptimeSeconds, intervalSeconds }) =>
        uptimeSeconds - intervalSeconds >= before.uptimeSeconds && uptimeSeconds <= after.uptimeSeconds,
    );
    return summarizeSamples(within);
  } catch (error) {
    // A sampler that printed something else was a remark when it was kept.
    if (error instanceof TareError) return null;
    throw error;
  }
}

/** Measurements that need the SUT's counters; none, with a remark, where they cannot be had. */
async function derived(stage: Stage, place: RunPlace, sut: Moments): Promise<Measurement[]> {
  const { condition } = plannedRun(stage, place.runId);
  const bound = bindCondition(condition);
  if (bound.workload.derive === undefined) return [];
  const counters = hostCounters(sut);
  try {
    if (counters === null) {
      const why = [sut.before, sut.after].find(isMissing)?.missing ?? "nothing was counted";
      throw new TareError(
        "OUTPUT_UNREADABLE",
        `the counters of the system under test are not known: ${why}.`,
      );
    }
    return [...bound.derive(await readMeasured(place, condition), counters)];
  } catch (error) {
    const text = `After the run ${place.runId}: ${toFailure(error).message}`;
    await stage.recorder.recordIfPossible({ type: "remark", text });
    return [];
  }
}
