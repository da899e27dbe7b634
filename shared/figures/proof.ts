// What is not proven is hatched, and crossed where it is a point; the legend and the hover text say why, always alike.
import type { ResultRow } from "../model/result.ts";

type Proof = Pick<ResultRow, "emulated"> & Partial<Pick<ResultRow, "evidence">>;

/** Why something is not proven; null where it is, and where the campaign collected no evidence. */
type Doubt = "emulated" | "evidence";

export function doubtOf({ emulated, evidence = null }: Proof): Doubt | null {
  if (emulated) return "emulated";
  return evidence === "not-held" || evidence === "unknown" ? "evidence" : null;
}

const reasons: Readonly<Record<Doubt, string>> = {
  emulated: "not proven (emulated)",
  evidence: "evidence missing or not held",
};

/** Legend entries for what is shown, each reason once: `hatched: not proven (emulated)`. */
export function doubtKeys(mark: "hatched" | "crossed", shown: readonly Proof[]): string[] {
  const found = new Set(shown.map(doubtOf));
  return (["emulated", "evidence"] as const)
    .filter((doubt) => found.has(doubt))
    .map((doubt) => `${mark}: ${reasons[doubt]}`);
}

/** Lines for the hover text. */
export function proofLines({ emulated, evidence = null }: Proof): string[] {
  return [
    ...(emulated ? ["emulated: not a result"] : []),
    ...(evidence === null ? [] : [`evidence: ${evidence === "not-held" ? "not held" : evidence}`]),
  ];
}
