// What must be kept in mind of a campaign's figures: sentences for the reports.
import type { Campaign } from "../model/campaign.ts";
import type { Results } from "../model/result.ts";
import type { CampaignState } from "../state/campaign-state.ts";
import { networkSentences } from "./network-path-text.ts";

/** Demo, emulation, network, one block, no control, the sampler's own cost, cells given up, remarks of the journal. */
export function cautions(campaign: Campaign, state: CampaignState, results: Results): string[] {
  const emulated = [...new Set(results.rows.filter((row) => row.emulated).map(({ label }) => label))];
  return [
    ...(campaign.lab.demo
      ? ["Both hosts are one machine (the demo lab): the figures are only for trying Tare."]
      : []),
    ...(emulated.length > 0
      ? [`Emulated, without hardware virtualization, and therefore not a result: ${emulated.join(", ")}.`]
      : []),
    ...networkSentences(campaign, state.networkPath),
    ...(campaign.blocks < 2 ? ["One block: no interval can be given."] : []),
    ...(campaign.control ? [] : ["Without A/A control: the machine's own noise was not measured."]),
    ...[...state.samplerCost].map(
      ([machine, share]) =>
        `The sampler on ${machine} used ${(100 * share).toFixed(2)} % of the machine's CPU time during the runs.`,
    ),
    ...[...state.stoppedCells].map((cell) => `Not tried again after repeated failures: ${cell}.`),
    ...state.remarks,
  ];
}

/** `b01-kvm-stream: …` for each run whose latest attempt failed. */
export function failureSentences({ runs }: Pick<CampaignState, "runs">): string[] {
  return [...runs.values()].flatMap(({ runId, failure }) =>
    failure === null || failure.code === "CANCELLED" ? [] : [`${runId}: ${failure.message}`],
  );
}
