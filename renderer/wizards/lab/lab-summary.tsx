// A lab in a few words: who reaches what, where traffic goes, how old the facts are, and what is missing.
import { useFormContext, useWatch } from "react-hook-form";
import { hostRoles } from "#shared/model/lab.ts";
import type { PreflightCheck } from "#shared/plan/preflight-check.ts";
import { FactsAge } from "#renderer/wizards/frame/facts-age.tsx";
import { SummaryPart } from "#renderer/wizards/frame/summary-part.tsx";
import type { HostForm, LabForm } from "./lab-form.ts";
import { verdictText } from "./preflight-step.tsx";
import { roleTitle } from "#renderer/format/role-title.ts";
import type { LabProbing } from "./use-lab-probe.ts";
import styles from "./lab-summary.module.css";

interface LabSummaryProps {
  readonly probing: LabProbing;
  readonly checks: readonly PreflightCheck[] | null;
}

export function LabSummary({ probing, checks }: LabSummaryProps) {
  const { control } = useFormContext<LabForm>();
  const form = useWatch({ control }) as LabForm;
  return (
    <>
      <SummaryPart title="Hosts">
        {hostRoles.map((role) => (
          <HostLines key={role} title={roleTitle[role]} host={form[role]} />
        ))}
      </SummaryPart>
      <SummaryPart title="Data network">
        <code className={styles.line}>
          {form.loadgen.dataAddress || "?"} → {form.sut.dataAddress || "?"}
        </code>
        <div>
          Guests {form.guest.address === "" ? "without an address yet" : <code>{form.guest.address}</code>}
          {form.guest.bridge === "" ? ", bridge made by Tare" : `, bridge ${form.guest.bridge}`}
        </div>
      </SummaryPart>
      <SummaryPart title="Checked">
        {probing.facts === null ? null : <FactsAge facts={probing.facts} />}
        {checks === null
          ? null
          : hostRoles.map((role) => (
              <div key={role}>
                {roleTitle[role]}: {verdictText(checks.filter((check) => check.role === role))}
              </div>
            ))}
      </SummaryPart>
    </>
  );
}

function HostLines({ title, host }: { readonly title: string; readonly host: HostForm }) {
  return (
    <div>
      <div className={styles.role}>{title}</div>
      {host.address === "" ? (
        <div>no address yet</div>
      ) : (
        <>
          <code className={styles.line}>
            {host.user}@{host.address}
            {host.port === "22" ? "" : `:${host.port}`}
          </code>
          <div>
            {host.become === "root" ? "root itself" : "root through sudo -n"}
            {host.throughJump ? `, through ${host.jump.address}` : ""}
          </div>
        </>
      )}
    </div>
  );
}
