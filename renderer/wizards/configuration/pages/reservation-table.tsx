// Reserved huge pages node by node: memory, what is reserved and possible now, and the numbers to reserve.
import { useContext } from "react";
import {
  hugePagePool,
  offersHugePages,
  reservedHugePages,
  type HugePageKiB,
} from "#shared/environments/huge-page-pools.ts";
import type { Facts } from "#shared/model/facts.ts";
import { FindingsContext } from "#renderer/wizards/fields/findings-context.ts";
import type { Offers } from "../use-offers.ts";
import { MemoryBar } from "./memory-bar.tsx";
import { PageCountField } from "./page-count-field.tsx";
import { countText, sizeField, toPages, withCount, type ReservationForm } from "./reservation-form.ts";
import styles from "./reservation-table.module.css";

export interface ReservationTableProps {
  /** Nodes with a row. */
  readonly nodes: readonly number[];
  /** Numbers are typed node by node, else once for the whole host. */
  readonly single: boolean;
  readonly form: ReservationForm;
  readonly facts: Facts | null;
  readonly offers: Offers;
  readonly findingsId: string;
  /** Path of the pages in the form, with its dot: `configurations.2.pages.` */
  readonly prefix: string;
  readonly onChange: (next: ReservationForm) => void;
}

const sizes = [2048, 1_048_576] as const;

export function ReservationTable(props: ReservationTableProps) {
  const { nodes, single, facts } = props;
  // A host with one node: its row is the whole host's.
  const merged = !single && nodes.length === 1;
  return (
    <div className={styles.frame} data-field={`${props.prefix}perNode`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">NUMA node</th>
            {facts === null ? null : <th scope="col">Memory with this reservation</th>}
            <th scope="col">Pages of 2 MiB</th>
            <th scope="col">Pages of 1 GiB</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node}>
              <th scope="row">
                {node}
                <NodeCpus node={node} facts={facts} />
              </th>
              {facts === null ? null : (
                <td className={styles.memory}>
                  <NodeMemory node={node} form={props.form} facts={facts} />
                </td>
              )}
              {sizes.map((size) => (
                <td key={size}>
                  {single || merged ? <Count {...props} size={size} node={single ? node : null} /> : null}
                  <PoolNow {...props} size={size} node={node} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {single || merged ? null : (
          <tfoot>
            <tr>
              <th scope="row" colSpan={facts === null ? 1 : 2}>
                Whole host, spread over its nodes by the kernel
              </th>
              {sizes.map((size) => (
                <td key={size}>
                  <Count {...props} size={size} node={null} />
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

function NodeCpus({ node, facts }: { readonly node: number; readonly facts: Facts | null }) {
  if (facts === null) return null;
  const found = facts.memory.nodes.find((each) => each.node === node);
  if (found === undefined) return <span className={styles.missing}>not on {facts.hostname}</span>;
  return <span className={styles.cpus}>{found.cpus === "" ? "no CPUs" : `CPUs ${found.cpus}`}</span>;
}

function NodeMemory({
  node,
  form,
  facts,
}: {
  readonly node: number;
  readonly form: ReservationForm;
  readonly facts: Facts;
}) {
  const found = facts.memory.nodes.find((each) => each.node === node);
  return found === undefined ? null : <MemoryBar node={found} pages={toPages(form)} facts={facts} />;
}

interface CellProps extends ReservationTableProps {
  readonly size: HugePageKiB;
  readonly node: number | null;
}

/** What the pool of a node has now, and what a spread gives it. */
function PoolNow({ size, node, single, nodes, form, facts }: CellProps) {
  if (facts === null) return null;
  const { total, free } = hugePagePool(size, node, facts);
  const pieces = facts.memory.nodes.find((each) => each.node === node)?.free2M;
  const spread = !single && nodes.length > 1 ? reservedHugePages(size, node, toPages(form), facts) : null;
  if (!offersHugePages(size, facts)) return <p className={styles.now}>not offered</p>;
  const possible = pieces === undefined ? null : size === 2048 ? pieces : Math.floor(pieces / 512);
  return (
    <p className={styles.now}>
      {spread === null || spread === total ? null : <b>about {spread}; </b>}
      now {total} reserved, {free} free
      {possible === null ? null : `; ${size === 2048 ? "" : "at most "}${possible} more in one piece`}
    </p>
  );
}

function Count({ size, node, form, facts, offers, findingsId, prefix, onChange }: CellProps) {
  const field = sizeField(size);
  const path = pathOf(form, field, node);
  const severity = useSeverity(`pages.${path}`);
  return (
    <PageCountField
      field={`${prefix}${path}`}
      size={size}
      place={node === null ? "" : ` on node ${node}`}
      value={countText(form, size, node)}
      now={facts === null ? null : hugePagePool(size, node, facts).total}
      reason={offers(`pages.${field}`)}
      severity={severity}
      findingsId={findingsId}
      onChange={(text) => onChange(withCount(form, size, node, text))}
    />
  );
}

/** Where the number is in the form's pages; a node without one has no row yet. */
function pathOf(form: ReservationForm, field: "hugePages2M" | "hugePages1G", node: number | null): string {
  if (node === null) return field;
  return `perNode.${form.perNode.findIndex((each) => each.node === String(node))}.${field}`;
}

function useSeverity(path: string): "error" | "warning" | null {
  const { findings } = useContext(FindingsContext);
  const own = findings.filter(({ field }) => field === path);
  if (own.length === 0) return null;
  return own.some(({ severity }) => severity === "error") ? "error" : "warning";
}
