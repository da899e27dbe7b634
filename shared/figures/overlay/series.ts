// What a figure draws of its campaigns: one series for each campaign and configuration, with the points that it is about.
import type { DataPoint, Dataset, DataSlot, Subject } from "../../model/dataset.ts";
import { paperEnvironmentLabel } from "../../reference/paper-environments.ts";
import { quantityOf } from "../../dataset/quantities.ts";
import type { OverlayInputs } from "../overlay.ts";
import type { Look } from "./looks.ts";
import { lookCount, seriesLook } from "./looks.ts";

export interface Series {
  /** Unique in the figure. */
  readonly id: string;
  readonly dataset: Dataset;
  /** Place of the dataset among all that were given. */
  readonly campaign: number;
  readonly slot: DataSlot;
  /** Under the labelling asked for; as a person typed it. */
  readonly label: string;
  readonly look: Look;
  readonly points: readonly DataPoint[];
}

export interface Wanted {
  readonly subject: Subject;
  readonly quantities: readonly string[];
  readonly accepts: (point: DataPoint) => boolean;
}

/** In the order of the datasets and of their slots. Points whose unit is not the quantity's are left out: see `otherUnits`. */
export function seriesOf(inputs: OverlayInputs, wanted: Wanted): Series[] {
  return inputs.datasets.flatMap((dataset, campaign): Series[] => {
    const bySlot = new Map<string, DataPoint[]>();
    for (const point of chosen(dataset, wanted)) {
      const points = bySlot.get(point.slot);
      if (points === undefined) bySlot.set(point.slot, [point]);
      else points.push(point);
    }
    return slotsWithLooks(inputs, dataset, campaign, new Set(bySlot.keys())).map(({ slot, look }) => {
      const points = bySlot.get(slot.slot) ?? [];
      return {
        id: `${campaign} ${slot.slot}`,
        dataset,
        campaign,
        slot,
        label: labelOf(inputs, slot, points[0] ?? null),
        look,
        points,
      };
    });
  });
}

/** The slots that a figure shows of a dataset, with their looks. */
export function slotsWithLooks(
  { datasets, theme }: OverlayInputs,
  dataset: Dataset,
  campaign: number,
  shown: ReadonlySet<string>,
): { readonly slot: DataSlot; readonly look: Look }[] {
  const seen = new Map<string, number>();
  // A measured configuration looks the same in every figure. The paper has variants that most figures do not show.
  const counted =
    dataset.origin === "paper" ? dataset.slots.filter(({ slot }) => shown.has(slot)) : dataset.slots;
  return counted.flatMap((slot) => {
    const configuration = seen.get(slot.environment) ?? 0;
    seen.set(slot.environment, configuration + 1);
    if (!shown.has(slot.slot)) return [];
    const { environment } = slot;
    return [
      { slot, look: seriesLook({ environment, configuration, campaign, campaigns: datasets.length }, theme) },
    ];
  });
}

/** The paper's label where it is asked for and another than the data show. */
export function labelOf(
  { labelling }: Pick<OverlayInputs, "labelling">,
  slot: DataSlot,
  of: Pick<DataPoint, "paperEnvironment"> | null,
): string {
  const paper = of?.paperEnvironment ?? null;
  return labelling === "paper" && paper !== null ? paperEnvironmentLabel(paper) : slot.label;
}

/** Without pilots and re-runs, unless there is nothing else; one point a cell and quantity. */
function chosen(dataset: Dataset, wanted: Wanted): DataPoint[] {
  const points = matching(dataset, wanted).filter((point) => inUnit(point));
  const drawn =
    dataset.origin === "paper" && points.some(({ primary }) => primary)
      ? points.filter(({ primary }) => primary)
      : points;
  const cells = new Map<string, DataPoint>();
  for (const point of drawn) {
    const key = `${point.slot} ${point.quantity} ${termsKey(point.terms)}`;
    const known = cells.get(key);
    if (known === undefined || (point.primary && !known.primary)) cells.set(key, point);
  }
  return [...cells.values()];
}

function matching(dataset: Dataset, { subject, quantities, accepts }: Wanted): DataPoint[] {
  return dataset.points.filter(
    (point) =>
      point.subject === subject &&
      quantities.includes(point.quantity) &&
      Number.isFinite(point.mean) &&
      accepts(point),
  );
}

function inUnit({ subject, quantity, unit }: DataPoint): boolean {
  return unit === (quantityOf(subject, quantity)?.unit ?? unit);
}

/** Units of points that could not be drawn, by dataset. */
export function otherUnits(dataset: Dataset, wanted: Wanted): string[] {
  return [...new Set(matching(dataset, wanted).flatMap((point) => (inUnit(point) ? [] : [point.unit])))];
}

/** Terms as a key, whatever their order. */
export function termsKey(terms: DataPoint["terms"], without: readonly string[] = []): string {
  return JSON.stringify(
    Object.entries(terms)
      .filter(([name]) => !without.includes(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Too many to tell apart by their looks: they are drawn as points by environment, and named when pointed at. */
export function isCompact(series: readonly Series[]): boolean {
  return series.length > 40 || new Set(series.map(({ campaign }) => campaign)).size > lookCount;
}
