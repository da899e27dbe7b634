// A packet's path drawn in two lanes: down through the load generator, over the wire, up through the system under test.
// In the document it is one ordered list, hop after hop; only the drawing turns the second lane around.
import type { ReactNode } from "react";
import type { Hop, PacketPath } from "#shared/environments/hop.ts";
import styles from "./path-figure.module.css";

interface PathFigureProps {
  readonly title: string;
  readonly path: PacketPath;
  /** To compare with another: under its title, from the system under test on, before which all paths are the same. */
  readonly compared: boolean;
}

interface NumberedHop extends Hop {
  readonly number: number;
}

export function PathFigure({ title, path, compared }: PathFigureProps) {
  const hops = path.hops.map((hop, index): NumberedHop => ({ ...hop, number: index + 1 }));
  const at = (place: Hop["place"]) => hops.filter((hop) => hop.place === place);
  return (
    <figure className={styles.figure} aria-label={title}>
      {compared ? <figcaption className={styles.caption}>{title}</figcaption> : null}
      <ol className={styles.path} data-compared={compared || undefined}>
        {compared ? null : (
          <>
            <Lane title="Load generator" place="loadgen">
              <Hops hops={at("loadgen")} />
            </Lane>
            <li className={styles.wire}>
              <ol className={styles.hops}>
                <Hops hops={at("wire")} />
              </ol>
            </li>
          </>
        )}
        <Lane title="System under test" place="sut">
          <SutHops hops={at("sut")} />
        </Lane>
      </ol>
      {path.beside.map((remark) => (
        <p key={remark.title} className={styles.beside}>
          <strong>{remark.title}.</strong> {remark.text}
        </p>
      ))}
    </figure>
  );
}

interface LaneProps {
  readonly title: string;
  readonly place: Hop["place"];
  readonly children: ReactNode;
}

function Lane({ title, place, children }: LaneProps) {
  return (
    <li className={styles.lane} data-place={place}>
      <span className={styles.machine}>{title}</span>
      <ol className={styles.hops}>{children}</ol>
    </li>
  );
}

/** Those of the host, then those inside a container or guest in a box of its own. */
function SutHops({ hops }: { readonly hops: readonly NumberedHop[] }) {
  const within = hops.filter(({ inside }) => inside !== "host");
  return (
    <>
      <Hops hops={hops.filter(({ inside }) => inside === "host")} />
      {within.length === 0 ? null : (
        <li className={styles.inside}>
          <span className={styles.machine}>{within[0]?.inside === "guest" ? "Guest" : "Container"}</span>
          <ol className={styles.hops}>
            <Hops hops={within} />
          </ol>
        </li>
      )}
    </>
  );
}

function Hops({ hops }: { readonly hops: readonly NumberedHop[] }) {
  return hops.map((hop) => <HopBox key={hop.number} hop={hop} />);
}

function HopBox({ hop: { number, title, kind, text, costs, address } }: { readonly hop: NumberedHop }) {
  return (
    <li className={styles.hop} data-kind={kind} value={number}>
      <span className={styles.head}>
        <span className={styles.number} aria-hidden>
          {number}
        </span>
        <span className={styles.name}>{title}</span>
        <span className={styles.kind}>{kind}</span>
      </span>
      {address === undefined ? null : <span className={styles.address}>{address}</span>}
      <span className={styles.text}>{text}</span>
      {costs.length === 0 ? null : <span className={styles.costs}>{`cost: ${costs.join(", ")}`}</span>}
    </li>
  );
}
