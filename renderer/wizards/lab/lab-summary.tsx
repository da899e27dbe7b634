// A lab in a few words: who reaches what, where traffic goes, how old the facts are, and what is missing.
import { useFormContext, useWatch } from "react-hook-form";
import { hostRoles } from "#shared/model/lab.ts";
import type { PreflightCheck } from "#shared/plan/preflight-check.ts";
import { FactsAge } from "#renderer/wizards/frame/facts-age.tsx";
import { SummaryPart } from "#renderer/wizards/frame/summary-part.tsx";
import type { HostForm, LabForm } from "./lab-form.ts";
import { verdictText } from "./preflight-step.tsx";
import { roleTitles } from "./role-titles.ts";
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
      {hostRoles.map((role) => (
        <SummaryPart key={role} title={`${roleTitles[role]} in short`}>
          <HostLines host={form[role]} />
        </SummaryPart>
      ))}
      <SummaryPart title="Guests in short">
        <div>
          {form.guest.address === "" ? "No address yet" : <code>{form.guest.address}</code>}
          {form.guest.bridge === "" ? ", bridge made by Tare" : `, bridge ${form.guest.bridge}`}
        </div>
        <div>
          Userland {form.userland.kind === "build" ? "built on the host" : `from ${form.userland.path}`}
        </div>
      </SummaryPart>
      <SummaryPart title="Facts in short">
        {probing.facts === null ? null : <FactsAge facts={probing.facts} />}
        {checks === null
          ? null
          : hostRoles.map((role) => (
              <div key={role}>
                {roleTitles[role]}: {verdictText(checks.filter((check) => check.role === role))}
              </div>
            ))}
      </SummaryPart>
    </>
  );
}

function HostLines({ host }: { readonly host: HostForm }) {
  if (host.address === "") return <div className={styles.none}>No address yet</div>;
  return (
    <>
      <code className={styles.line}>
        {host.user}@{host.address}
        {host.port === "22" ? "" : `:${host.port}`}
      </code>
      {host.throughJump ? <div>through {host.jump.address}</div> : null}
      <div>
        {host.become === "root" ? "root itself" : "sudo -n"}, data {host.dataAddress}
        {host.dataInterface === "" ? "" : ` on ${host.dataInterface}`}
      </div>
    </>
  );
}
