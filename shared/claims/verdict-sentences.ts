// Why a verdict is what it is: what lies outside the bounds, and what is missing where it cannot be told.
import type { ClaimVerdict } from "../model/claim.ts";
import type { Quantifier } from "./claim-file.ts";
import { boundsText, claimNumber, claimRange } from "./claim-number.ts";
import { capital, partText } from "./claim-words.ts";
import { levelOfEach, shownLevel, type ClaimEstimate } from "./estimate.ts";
import type { RelationPart } from "./relations/relation-part.ts";
import { placeOf, quantified, type Bounds } from "./verdict.ts";

interface Judged {
  readonly verdict: ClaimVerdict;
  readonly parts: readonly (RelationPart & { readonly counts: boolean })[];
  readonly quantifier: Quantifier;
  readonly bounds: Bounds;
  readonly unit: string;
  readonly exact: boolean;
}

/** Sentences about this many numbers; the others are counted. */
const named = 3;

export function verdictSentences(judged: Judged): readonly string[] {
  switch (judged.verdict) {
    case "holds":
      return [];
    case "does-not-hold":
      return refuted(judged);
    case "cannot-tell":
      return [...unproven(judged), ...undecided(judged)];
  }
}

function refuted({ parts, quantifier, bounds, unit, exact }: Judged): string[] {
  const told = boundsText(bounds.low, bounds.high, unit);
  if (quantifier !== "all" && quantifier !== "any") {
    const estimate = quantified(
      parts.map((part) => part.estimate),
      quantifier,
    );
    return [`The ${quantifier} is ${numberText(estimate, unit, exact)}; the claim says ${told}.`];
  }
  const level = quantifier === "all" ? levelOfEach(shownLevel, parts.length) : shownLevel;
  const outside = parts.filter(({ estimate, counts }) => {
    const { value, interval } = estimate;
    if (exact) return placeOf([value, value], bounds) === "outside";
    return counts && interval !== null && placeOf(interval(level), bounds) === "outside";
  });
  const worst = outside.toSorted((first, second) => beyond(second, bounds) - beyond(first, bounds));
  return [
    ...(parts.length > 1
      ? [`${outside.length} of ${parts.length} values are not as the claim says: ${told}.`]
      : []),
    ...worst.slice(0, parts.length > 1 ? 1 : named).map(({ terms, estimate }) => {
      const place = partText(terms);
      const number = numberText(estimate, unit, exact);
      if (parts.length > 1) return `The farthest${place === "" ? "" : `, ${place}`}: ${number}.`;
      return `${place === "" ? "It is" : `${capital(place)}:`} ${number}; the claim says ${told}.`;
    }),
  ];
}

/** Runs that prove nothing. */
function unproven({ parts }: Judged): string[] {
  const sources = parts.flatMap((part) => part.sources);
  return [
    ...(sources.some(({ emulated }) => emulated)
      ? ["Runs without emulation: guests ran emulated here, and emulated runs prove nothing."]
      : []),
    ...(sources.some(({ evidence }) => evidence === "not-held")
      ? ["Runs in which the configuration held: the evidence says that it did not in some of these."]
      : []),
  ];
}

function undecided({ parts, quantifier, bounds, unit }: Judged): string[] {
  const counting = parts.filter(({ counts }) => counts);
  if (counting.length === 0) return [];
  const told = boundsText(bounds.low, bounds.high, unit);
  if (quantifier !== "all" && quantifier !== "any") {
    const estimate = quantified(
      parts.map((part) => part.estimate),
      quantifier,
    );
    return [intervalSentence(estimate, `the ${quantifier}`, told, unit)];
  }
  const open = counting.filter(
    ({ estimate: { interval } }) => interval === null || placeOf(interval(shownLevel), bounds) !== "inside",
  );
  const alone = open.filter(({ estimate }) => estimate.interval === null);
  if (alone.length === open.length && alone.length > 0)
    return [
      "More blocks: one block gives no interval, so nothing can be said of the error.",
      ...open
        .slice(0, named)
        .map(({ terms, estimate }) => valueSentence(partText(terms), estimate, told, unit)),
      ...more(open.length),
    ];
  const across = open.filter(({ estimate }) => estimate.interval !== null);
  return [
    ...across
      .slice(0, named)
      .map(({ terms, estimate }) => intervalSentence(estimate, partText(terms), told, unit)),
    ...more(across.length),
    ...(alone.length > 0 ? [`More blocks: ${alone.length} of ${parts.length} values have no interval.`] : []),
  ];
}

function more(count: number): string[] {
  return count > named ? [`The same is true of ${count - named} more.`] : [];
}

function valueSentence(place: string, { value }: ClaimEstimate, told: string, unit: string): string {
  return `${place === "" ? "The one value is" : `${capital(place)}:`} ${claimNumber(Number(value.toPrecision(4)), unit)}; the claim says ${told}.`;
}

function intervalSentence(
  { interval, value }: ClaimEstimate,
  place: string,
  told: string,
  unit: string,
): string {
  const of = place === "" ? "" : ` of ${place}`;
  if (interval === null)
    return `More blocks: there is no interval${of}, whose value is ${claimNumber(Number(value.toPrecision(4)), unit)}; the claim says ${told}.`;
  const [low, high] = interval(shownLevel);
  return `More blocks: the interval${of} reaches from ${claimRange(low, high, unit)}; the claim says ${told}.`;
}

/** `0.448 × (0.44 to 0.46 ×)`. */
function numberText({ value, interval }: ClaimEstimate, unit: string, exact: boolean): string {
  const number = claimNumber(Number(value.toPrecision(4)), unit);
  if (exact || interval === null) return number;
  const [low, high] = interval(shownLevel);
  return `${number} (${claimRange(low, high, unit)})`;
}

/** How far a value lies beyond its nearer bound, as a share of it. */
function beyond({ estimate: { value } }: RelationPart, { low, high }: Bounds): number {
  const of = (bound: number) => Math.abs(value - bound) / (Math.abs(bound) || 1);
  if (low !== null && value < low) return of(low);
  return high !== null && value > high ? of(high) : 0;
}
