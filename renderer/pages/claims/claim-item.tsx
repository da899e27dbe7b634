// One claim: the paper's sentence, the verdict, the three numbers side by side, and why.
import { Link } from "wouter";
import { boundsText, claimNumber, claimRange } from "#shared/claims/claim-number.ts";
import { partText } from "#shared/claims/claim-words.ts";
import { claimText, valuesText } from "#shared/claims/claims-text.ts";
import type { ClaimJudgement, ClaimPart } from "#shared/model/claim.ts";
import { CopyButton } from "#renderer/components/copy-button.tsx";
import { ClaimVerdict } from "./claim-verdict.tsx";
import styles from "./claim-item.module.css";

interface ClaimItemProps {
  readonly claim: ClaimJudgement;
  readonly campaignId: string;
  /** What its numbers are called: "This campaign". */
  readonly name: string;
  /** The campaign is the paper: its recorded results need no second column. */
  readonly paper: boolean;
}

const origins: Readonly<Record<ClaimJudgement["boundOrigin"], string>> = {
  paper: "Bounds: the number in the paper's text, with the rounding it implies.",
  judgement: "Bounds: a reading of the paper's words, which give no number.",
  data: "Bounds: from the raw data; the paper says nothing of it.",
};

export function ClaimItem({ claim, campaignId, name, paper }: ClaimItemProps) {
  const { id, figure, sentence, verdict, relation, reasons, notes, boundOrigin } = claim;
  const heading = `claim-${id}`;
  return (
    <article className={styles.claim} aria-labelledby={heading}>
      <div className={styles.head}>
        <h3 id={heading} className={styles.sentence}>
          {sentence}
        </h3>
        <ClaimVerdict verdict={verdict} />
      </div>
      <p className={styles.relation}>{relation}</p>
      <dl className={styles.numbers}>
        <div>
          <dt>The paper's text</dt>
          <dd>{claim.paperText ?? "gives no number"}</dd>
        </div>
        {paper ? null : (
          <div>
            <dt>The paper's raw data</dt>
            <dd>
              {valuesText({ values: claim.reference.values, unit: claim.unit })}
              <span className={styles.verdict}>
                <ClaimVerdict verdict={claim.reference.verdict} />
              </span>
            </dd>
          </div>
        )}
        <div>
          <dt>{paper ? "The paper's raw data" : name}</dt>
          <dd>
            {ownValues(claim)}
            {claim.parts.length > 1 ? <Parts claim={claim} /> : null}
          </dd>
        </div>
      </dl>
      {reasons.length === 0 ? null : (
        <ul className={styles.reasons} aria-label="Why">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          Note on the paper's data: {note}.
        </p>
      ))}
      <div className={styles.foot}>
        <span>{origins[boundOrigin]}</span>
        {figure === null ? null : (
          <Link href={`/campaigns/${encodeURIComponent(campaignId)}/figures#figure-${figure}`}>
            Figure {figure}
          </Link>
        )}
        <code>{id}</code>
        <CopyButton
          text={claimText(claim, paper ? "The paper's raw data" : name)}
          label={`Copy ${id} as text`}
        />
      </div>
    </article>
  );
}

/** With its interval where it is one number. */
function ownValues(claim: ClaimJudgement): string {
  const { parts, unit } = claim;
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? partValue(only, unit) : valuesText(claim);
}

function partValue({ value, interval }: ClaimPart, unit: string): string {
  const number = claimNumber(Number(value.toPrecision(5)), unit);
  return interval === null ? number : `${number} (95 %: ${claimRange(interval[0], interval[1], unit)})`;
}

function Parts({ claim }: { readonly claim: ClaimJudgement }) {
  const { parts, unit, low, high, sentence } = claim;
  return (
    <details className={styles.parts}>
      <summary aria-label={`Every value: ${sentence}`}>Every value</summary>
      <table>
        <tbody>
          {parts.map((part) => (
            <tr key={`${JSON.stringify(part.terms)} ${part.points.join()}`}>
              <th scope="row">{partText(part.terms)}</th>
              <td>{partValue(part, unit)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Bounds</th>
            <td>{boundsText(low, high, unit)}</td>
          </tr>
        </tfoot>
      </table>
    </details>
  );
}
