// The way of a write, hop by hop, with the memories that may hold it; and what is left of it after a crash.
import { durability, durabilityRemarks, type Survival } from "#shared/environments/io-durability.ts";
import { ioPath } from "#shared/environments/io-path.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import styles from "./io-path-view.module.css";

interface IoPathViewProps {
  readonly configuration: Configuration;
  readonly facts: Facts | null;
}

export function IoPathView({ configuration, facts }: IoPathViewProps) {
  const hops = ioPath(configuration, facts);
  return (
    <ol className={styles.path}>
      {hops.map(({ id, where, title, text, cache }, at) => (
        <li key={id} className={styles.hop} data-cache={cache}>
          <span className={styles.where} data-same={hops[at - 1]?.where === where || undefined}>
            {where}
          </span>
          <span className={styles.box}>
            <span className={styles.title}>
              {title}
              {cache === undefined ? null : (
                <span className={styles.cache}>{cache === "used" ? "may hold the write" : "passed by"}</span>
              )}
            </span>
            <span className={styles.text}>{text}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

const answers: Readonly<Record<Survival, string>> = {
  yes: "kept",
  no: "lost",
  drive: "kept if the drive protects its cache",
};

export function DurabilityTable({ configuration }: { readonly configuration: Configuration }) {
  const rows = durability(configuration);
  const guest = rows.some((row) => row.guest !== null);
  const cell = (survival: Survival) => <td data-survival={survival}>{answers[survival]}</td>;
  return (
    <>
      <table className={styles.table}>
        <caption>What is left of a completed write</caption>
        <thead>
          <tr>
            <th scope="col">Complete for the program</th>
            <th scope="col">The program crashes</th>
            {guest ? <th scope="col">The guest crashes</th> : null}
            <th scope="col">The host crashes</th>
            <th scope="col">Power is lost</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.act}>
              <th scope="row">{row.title}</th>
              {cell(row.program)}
              {row.guest === null ? null : cell(row.guest)}
              {cell(row.host)}
              {cell(row.power)}
            </tr>
          ))}
        </tbody>
      </table>
      {durabilityRemarks(configuration).map((remark) => (
        <p key={remark} className={styles.remark}>
          {remark}
        </p>
      ))}
    </>
  );
}
