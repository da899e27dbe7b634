// Evidence: what proves that a configuration really held during a run, and that the machine was fit to be measured.
import { z } from "zod";

const verdictSchema = z.enum(["held", "not-held", "unknown"]);
export type Verdict = z.infer<typeof verdictSchema>;

/** What is looked at; one file each under shared/evidence. */
export const evidenceNames = [
  "cpus",
  "memory-nodes",
  "pages",
  "cpu-flags",
  "accelerator",
  "network-mode",
  "storage-mode",
  "governor",
  "frequency",
  "steal",
  "throttling",
  "swap",
  "nic",
  "load-generator",
  "clock-source",
] as const;

export const evidenceItemSchema = z.strictObject({
  name: z.enum(evidenceNames),
  /** A figure hatches what lacks a required item; the others are told for context. */
  required: z.boolean(),
  verdict: verdictSchema,
  /** What must hold, in words with values and units. */
  expected: z.string(),
  /** What was found; says why where nothing can be known. */
  found: z.string(),
});
export type EvidenceItem = z.infer<typeof evidenceItemSchema>;

/** The worst verdict of the required items: not-held, else unknown, else held. Null without items. */
export function evidenceVerdict(items: readonly EvidenceItem[]): Verdict | null {
  if (items.length === 0) return null;
  return worstVerdict(items.filter((item) => item.required).map(({ verdict }) => verdict)) ?? "held";
}

/** Not held, else unknown, else held; null where there is no verdict. */
export function worstVerdict(verdicts: readonly (Verdict | null)[]): Verdict | null {
  return (["not-held", "unknown", "held"] as const).find((verdict) => verdicts.includes(verdict)) ?? null;
}

/** How the load generator's traffic reaches the SUT, as both hosts tell it. */
export const networkPathSchema = z.strictObject({
  /** Interface of the load generator that leads to the SUT's data address; null where it could not be found out. */
  loadgenInterface: z.string().nullable(),
  sutInterface: z.string().nullable(),
  /** Gateway in between; null where they are neighbours. */
  via: z.string().nullable(),
  /** The lesser of both interfaces' speeds, Mb/s; null where a driver does not tell. */
  capacityMbps: z.number().nullable(),
  mtu: z.strictObject({ loadgen: z.number().nullable(), sut: z.number().nullable() }),
  /** Both hosts are one machine (equal boot id): no packet crosses a wire. */
  sameMachine: z.boolean(),
  loopback: z.boolean(),
});
export type NetworkPath = z.infer<typeof networkPathSchema>;
