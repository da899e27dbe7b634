// The lines of the table of samples from the raw output: seconds run by run, with no more than a run in memory at a time;
// distributions of the whole campaign.
import {
  distributionRows,
  hostRows,
  unreadableRow,
  type SamplePlace,
  type SampleRow,
} from "#shared/export/sample-rows.ts";
import { toFailure } from "#shared/model/error.ts";
import { hostRoles } from "#shared/model/lab.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { parseSamples } from "#shared/sampler/parse-samples.ts";
import { rawName } from "../library/measured-reading.ts";
import { readRaw } from "../library/raw-store.ts";
import {
  allDistributions,
  type CampaignSource,
  type MeasuredCampaign,
  type SourcePaths,
} from "./campaign-source.ts";

export async function* sampleRows(paths: SourcePaths, source: CampaignSource): AsyncGenerator<SampleRow> {
  const { dataset, measured } = source;
  const { distributions, unreadable } = await allDistributions(paths, source);
  const places = measured === null ? new Map<string, SamplePlace>() : placesOf(measured);
  if (measured !== null) for (const place of places.values()) yield* secondsOf(measured, place);
  yield* distributionRows(dataset, distributions);
  for (const { runId, reason } of unreadable) {
    const place = places.get(runId);
    if (place !== undefined) yield unreadableRow(place, null, reason);
  }
}

/** Of every run that was started, in the order of the plan. */
function placesOf({ campaign, state }: MeasuredCampaign): Map<string, SamplePlace> {
  const workloads = new Map(campaign.conditions.map(({ id, workload }) => [id, workload]));
  const runs = planSessions(campaign).flatMap((session) => session.runs);
  return new Map(
    runs
      .filter(({ runId }) => state.runs.has(runId))
      .map(({ runId, block, slot, conditionId }) => [
        runId,
        {
          campaign: campaign.id,
          run: runId,
          block,
          slot,
          workload: workloads.get(conditionId) ?? "",
          condition: conditionId,
          terms: null,
        },
      ]),
  );
}

async function* secondsOf({ path, state }: MeasuredCampaign, place: SamplePlace): AsyncGenerator<SampleRow> {
  const attempt = state.runs.get(place.run ?? "")?.attempt ?? 1;
  for (const machine of hostRoles) {
    try {
      const text = await readRaw(path, place.run ?? "", rawName(attempt, "sampler", 0, `${machine}.txt`));
      yield* hostRows(place, machine, parseSamples(text));
    } catch (error) {
      yield unreadableRow(place, machine, toFailure(error).message);
    }
  }
}
