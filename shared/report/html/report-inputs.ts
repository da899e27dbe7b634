// What a report in HTML is made from: everything that is known of one campaign, read already.
import type { Figure } from "../../figures/figure.ts";
import type { ColorScheme } from "../../figures/palette.ts";
import type { Campaign } from "../../model/campaign.ts";
import type { ClaimJudgement } from "../../model/claim.ts";
import type { Dataset } from "../../model/dataset.ts";
import type { CampaignEvent } from "../../model/event.ts";
import type { Facts } from "../../model/facts.ts";
import type { Results } from "../../model/result.ts";
import type { CampaignState } from "../../state/campaign-state.ts";

export interface ReportedCampaign {
  readonly campaign: Campaign;
  readonly events: readonly CampaignEvent[];
  readonly state: CampaignState;
  readonly results: Results;
  /** By file name without its ending: `sut-before`. */
  readonly facts: Readonly<Record<string, Facts>>;
}

/** A figure drawn twice, for light and dark. */
export interface ReportedFigure {
  readonly summary: string;
  readonly drawn: Readonly<Record<ColorScheme, Figure>>;
}

export interface ReportInputs {
  readonly dataset: Dataset;
  /** Null of the paper. */
  readonly measured: ReportedCampaign | null;
  readonly figures: readonly ReportedFigure[];
  /** Null where they were not judged. */
  readonly claims: readonly ClaimJudgement[] | null;
  /** Runs whose raw output could not be read for the figures. */
  readonly unreadable: readonly { readonly runId: string; readonly reason: string }[];
  /** Text of `figure-script.js`. */
  readonly script: string;
  /** Version of Tare that writes the report. */
  readonly version: string;
  readonly madeAt: string;
  /** SHA-256 of a text in UTF-8, as base64. */
  readonly sha256: (text: string) => string;
}
