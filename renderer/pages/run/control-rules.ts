// What can be done with a campaign in each of its states.
import type { CampaignStatus } from "#shared/model/campaign-status.ts";

export type ControlName = "start" | "pause" | "cancel";
/** What was asked for and is not journalled yet. */
export type Asked = ControlName | null;

export interface Control {
  readonly title: string;
  readonly enabled: boolean;
  /** What it does, or why it cannot be done now. */
  readonly reason: string;
}

interface Situation {
  readonly status: CampaignStatus;
  readonly asked: Asked;
  /** Runs that are still to be done. */
  readonly missing: number;
}

export function controlsOf(situation: Situation): Readonly<Record<ControlName, Control>> {
  return { start: startOf(situation), pause: pauseOf(situation), cancel: cancelOf(situation) };
}

function startOf({ status, asked, missing }: Situation): Control {
  if (status === "running") return off(asked === "start" ? "Start" : "Resume", "The campaign is under way.");
  if (asked === "start") return off(status === "ready" ? "Starting" : "Resuming", "The core was asked.");
  if (status === "ready") return on("Start", "Connects to both hosts and begins with block 1.");
  if (missing === 0) return off("Resume", "Every run has ended: nothing is left to do.");
  return on("Resume", "Goes on with the runs that are missing. Runs that have ended are not repeated.");
}

function pauseOf({ status, asked }: Situation): Control {
  if (status !== "running") return off("Pause", notUnderWay);
  if (asked === "pause") return off("Pausing", "The campaign pauses after the run that is under way.");
  if (asked === "cancel") return off("Pause", "The campaign is being cancelled.");
  return on("Pause", "Finishes the run that is under way, then puts both hosts back as they were.");
}

function cancelOf({ status, asked }: Situation): Control {
  if (status !== "running") return off("Cancel", notUnderWay);
  if (asked === "cancel") return off("Cancelling", "The run is ended and both hosts are put back.");
  return on("Cancel", "Ends the run that is under way. What was measured is kept.");
}

const notUnderWay = "The campaign is not under way, and both hosts are not in use by it.";

function on(title: string, reason: string): Control {
  return { title, enabled: true, reason };
}

function off(title: string, reason: string): Control {
  return { title, enabled: false, reason };
}
