// The reservation of a configuration as its fields are typed: read and written by node or for the whole host.
import type { Pages } from "#shared/model/configuration.ts";
import type { HugePageKiB } from "#shared/environments/huge-page-pools.ts";
import type { ConfigurationForm } from "../configuration-form.ts";

/** The fields that reserve; the others of the pages axis are not touched here. */
export type ReservationForm = Pick<
  ConfigurationForm["pages"],
  "hugePages2M" | "hugePages1G" | "hugePagesNode" | "perNode"
>;

type SizeField = "hugePages2M" | "hugePages1G";

export function sizeField(size: HugePageKiB): SizeField {
  return size === 2048 ? "hugePages2M" : "hugePages1G";
}

export const nothingReserved: ReservationForm = {
  hugePages2M: "",
  hugePages1G: "",
  hugePagesNode: "",
  perNode: [],
};

/** What is typed for a node, or for the whole host (null); empty: as the host has it. */
export function countText(form: ReservationForm, size: HugePageKiB, node: number | null): string {
  if (node === null) return form[sizeField(size)];
  return form.perNode.find((row) => row.node === String(node))?.[sizeField(size)] ?? "";
}

/** Null: nothing typed, or no number of pages. */
export function countOf(text: string): number | null {
  return /^\s*\d{1,8}\s*$/.test(text) ? Number(text) : null;
}

/** Rows without any number go, so that a row's place in the form is its place in the configuration. */
export function withCount(
  form: ReservationForm,
  size: HugePageKiB,
  node: number | null,
  text: string,
): ReservationForm {
  if (node === null) return { ...form, [sizeField(size)]: text };
  const found = form.perNode.find((row) => row.node === String(node));
  const row = {
    ...(found ?? { node: String(node), hugePages2M: "", hugePages1G: "" }),
    [sizeField(size)]: text,
  };
  const perNode = [...form.perNode.filter((each) => each !== found), row]
    .filter(({ hugePages2M, hugePages1G }) => `${hugePages2M}${hugePages1G}`.trim() !== "")
    .toSorted((a, b) => Number(a.node) - Number(b.node));
  return { ...form, perNode };
}

/** The same numbers on single nodes: shared out evenly, the rest on the first ones, or all on the node that was named. */
export function byNode(form: ReservationForm, nodes: readonly number[]): ReservationForm {
  const named = countOf(form.hugePagesNode);
  const places = named === null ? nodes : [named];
  return ([2048, 1_048_576] as const).reduce((result: ReservationForm, size) => {
    const count = countOf(form[sizeField(size)]);
    if (count === null) return result;
    return places.reduce((sum, node, place) => {
      const share = Math.floor(count / places.length) + (place < count % places.length ? 1 : 0);
      return withCount(sum, size, node, String(share));
    }, result);
  }, nothingReserved);
}

/** The same numbers for the whole host. */
export function forWholeHost(form: ReservationForm): ReservationForm {
  const sum = (field: SizeField) => {
    const counts = form.perNode.map((row) => countOf(row[field])).filter((count) => count !== null);
    return counts.length === 0 ? "" : String(counts.reduce((total, count) => total + count, 0));
  };
  return { ...nothingReserved, hugePages2M: sum("hugePages2M"), hugePages1G: sum("hugePages1G") };
}

/** The fields that say what these pages reserve. */
export function toReservationForm({
  hugePages2M,
  hugePages1G,
  hugePagesNode,
  perNode = [],
}: Pages): ReservationForm {
  const text = (count: number | undefined) => count?.toString() ?? "";
  return {
    hugePages2M: text(hugePages2M),
    hugePages1G: text(hugePages1G),
    hugePagesNode: text(hugePagesNode),
    perNode: perNode.map((row) => ({
      node: String(row.node),
      hugePages2M: text(row.hugePages2M),
      hugePages1G: text(row.hugePages1G),
    })),
  };
}

/** What the fields reserve, as far as they are numbers: for pictures and sums while something is typed. */
export function toPages(form: ReservationForm): Pages {
  const count = (key: SizeField | "hugePagesNode", text: string) => {
    const number = countOf(text);
    return number === null ? {} : { [key]: number };
  };
  const perNode = form.perNode.flatMap((row) => {
    const node = countOf(row.node);
    if (node === null) return [];
    return [{ node, ...count("hugePages2M", row.hugePages2M), ...count("hugePages1G", row.hugePages1G) }];
  });
  return {
    ...count("hugePages2M", form.hugePages2M),
    ...count("hugePages1G", form.hugePages1G),
    ...count("hugePagesNode", form.hugePagesNode),
    ...(perNode.length === 0 ? {} : { perNode }),
  };
}
