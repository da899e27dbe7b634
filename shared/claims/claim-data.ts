// The points of a campaign that a claim asks for, under the labels that count.
import type { Labelling } from "../model/claim.ts";
import type { DataDistribution, DataPoint, Dataset, Subject, Terms } from "../model/dataset.ts";
import type { Where } from "./claim-file.ts";
import type { Basis } from "./compare.ts";
import { matchesTerms } from "./matches.ts";

export interface ClaimData {
  readonly dataset: Dataset;
  readonly distributions: readonly DataDistribution[];
  readonly labelling: Labelling;
  readonly basis: Basis;
}

/** What a selection of points and of distributions have in common. */
type Located = Pick<DataPoint, "terms" | "slot" | "environment" | "paperEnvironment" | "conditionLabel">;

export interface Selection<Item extends Located> {
  readonly items: readonly Item[];
  /** Further configurations of the same word that were left aside, by the label of the one that is judged. */
  readonly aside: ReadonlyMap<string, readonly string[]>;
}

export function claimData(
  dataset: Dataset,
  distributions: readonly DataDistribution[],
  labelling: Labelling,
): ClaimData {
  return { dataset, distributions, labelling, basis: dataset.origin === "paper" ? "means" : "blocks" };
}

/** The word of the environment that counts under the labelling. */
export function environmentUnder(
  labelling: Labelling,
  { environment, paperEnvironment }: Pick<Located, "environment" | "paperEnvironment">,
): string | null {
  return labelling === "paper" ? (paperEnvironment ?? environment) : environment;
}

/** Points of a quantity in any of the environments that fulfil the conditions. */
export function pointsOf(
  data: ClaimData,
  asked: { readonly subject: Subject; readonly quantity: string; readonly env: string | readonly string[] },
  ...where: readonly (Where | undefined)[]
): Selection<DataPoint> {
  return located(
    data,
    data.dataset.points.filter(
      (point) => point.subject === asked.subject && point.quantity === asked.quantity && stands(point.source),
    ),
    asked.env,
    where,
  );
}

export function distributionsOf(
  data: ClaimData,
  asked: { readonly subject: Subject; readonly env: string | readonly string[] },
  ...where: readonly (Where | undefined)[]
): Selection<DataDistribution> {
  return located(
    data,
    data.distributions.filter(({ subject, source }) => subject === asked.subject && stands(source)),
    asked.env,
    where,
  );
}

/** Of the paper only series that stand for its figures and extra metrics of the same runs: no pilots, no re-runs. */
function stands(source: DataPoint["source"]): boolean {
  return source === null || source.primary;
}

/**
 * In the order of the campaign. Where several configurations carry one word the first that has such data is taken, for
 * each number of sockets by itself, which a configuration decides as well.
 */
function located<Item extends Located>(
  { dataset, labelling }: ClaimData,
  items: readonly Item[],
  env: string | readonly string[],
  where: readonly (Where | undefined)[],
): Selection<Item> {
  const words = typeof env === "string" ? [env] : env;
  const found = items.filter((item) => {
    const word = environmentUnder(labelling, item);
    return (
      word !== null &&
      words.includes(word) &&
      where.every((each) => each === undefined || matchesTerms(item.terms, each))
    );
  });
  const order = new Map(dataset.slots.map(({ slot }, index) => [slot, index]));
  const place = ({ slot }: Item) => order.get(slot) ?? dataset.slots.length;
  const first = new Map<string, Item>();
  const word = (item: Item) =>
    `${environmentUnder(labelling, item) ?? ""} ${String(item.terms["sockets"] ?? null)}`;
  for (const item of found) {
    const taken = first.get(word(item));
    if (taken === undefined || place(item) < place(taken)) first.set(word(item), item);
  }
  const label = ({ slot }: Item) => dataset.slots.find((each) => each.slot === slot)?.label ?? slot;
  const aside = new Map<string, string[]>();
  for (const item of found) {
    const taken = first.get(word(item));
    if (taken === undefined || taken.slot === item.slot) continue;
    const others = aside.get(label(taken)) ?? [];
    if (!others.includes(label(item))) aside.set(label(taken), [...others, label(item)]);
  }
  return { items: found.filter((item) => first.get(word(item))?.slot === item.slot), aside };
}

/** Terms under these names, missing ones as null. */
export function termsAt(terms: Terms, names: readonly string[]): Terms {
  return Object.fromEntries(names.map((name) => [name, terms[name] ?? null]));
}

/** Text that is equal where all the named terms are. */
export function termsKey(terms: Terms, names: readonly string[]): string {
  return JSON.stringify(names.map((name) => terms[name] ?? null));
}

/** Items by their terms of these names, in the order of the first of each. */
export function groupedBy<Item extends { readonly terms: Terms }>(
  items: readonly Item[],
  names: readonly string[],
): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = termsKey(item.terms, names);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/**
 * Of several partners with the same terms of a pair the one that is most alike: the same condition, else the most equal
 * terms; null where there is none.
 */
export function partnerOf<Item extends Located & { readonly conditionId: string }>(
  item: Item,
  candidates: readonly Item[],
  names: readonly string[],
): Item | null {
  const key = termsKey(item.terms, names);
  const likeness = (other: Item) =>
    (other.conditionId === item.conditionId ? 1000 : 0) +
    Object.entries(item.terms).filter(([name, value]) => (other.terms[name] ?? null) === value).length;
  return candidates
    .filter(({ terms }) => termsKey(terms, names) === key)
    .reduce<Item | null>(
      (best, each) => (best === null || likeness(each) > likeness(best) ? each : best),
      null,
    );
}
