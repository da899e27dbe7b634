// The preflight: what each environment and workload needs of both hosts, what is missing, and what makes it good.
import { Button, Chip, SegmentedControl } from "@mantine/core";
import { Fragment, useMemo, type ReactNode } from "react";
import { environments } from "#shared/environments/registry.ts";
import { environmentNames, type EnvironmentName } from "#shared/model/configuration.ts";
import { hostRoles, type HostRole, type Lab } from "#shared/model/lab.ts";
import type { HostMend } from "#shared/model/mend.ts";
import { presetNames, workloadNames, type PresetName, type WorkloadName } from "#shared/model/workload.ts";
import { joinedInstall } from "#shared/plan/host-mends.ts";
import { preflight } from "#shared/plan/preflight.ts";
import type { PreflightCheck } from "#shared/plan/preflight-check.ts";
import { countText } from "#shared/report/number.ts";
import { presetConditions, workloads } from "#shared/workloads/registry.ts";
import { Section } from "#renderer/components/section.tsx";
import { MendButton } from "./mend-button.tsx";
import { MendPanel } from "./mend-panel.tsx";
import { PreflightRow } from "./preflight-row.tsx";
import { ProbeNow } from "./lab-facts.tsx";
import { roleTitle } from "#renderer/format/role-title.ts";
import type { LabProbing } from "./use-lab-probe.ts";
import type { Mending } from "./use-mending.ts";
import styles from "./preflight-step.module.css";

/** What the preflight is for. */
export interface PreflightChoice {
  readonly environments: readonly EnvironmentName[];
  readonly workloads: readonly WorkloadName[];
  readonly sizes: PresetName;
}

export const everything: PreflightChoice = {
  environments: environmentNames,
  workloads: workloadNames,
  sizes: "as described",
};

/** Null until the facts are here. */
export function usePreflight(
  lab: Lab | null,
  { facts }: LabProbing,
  choice: PreflightChoice,
): readonly PreflightCheck[] | null {
  return useMemo(() => {
    if (lab === null || facts === null) return null;
    return preflight({
      lab,
      facts,
      environments: choice.environments,
      conditions: choice.workloads.flatMap((name) => presetConditions(name, choice.sizes)),
    });
  }, [lab, facts, choice]);
}

interface PreflightStepProps {
  readonly labId: string;
  readonly checks: readonly PreflightCheck[] | null;
  readonly choice: PreflightChoice;
  readonly onChoice: (choice: PreflightChoice) => void;
  readonly probing: LabProbing;
  readonly mending: Mending;
}

export function PreflightStep({ labId, checks, choice, onChoice, probing, mending }: PreflightStepProps) {
  return (
    <>
      <ChoiceSection choice={choice} onChoice={onChoice} probing={probing} />
      {hostRoles.map((role) => (
        <Fragment key={role}>
          {mending.state?.role === role ? <MendPanel mending={mending} state={mending.state} /> : null}
          <HostChecks
            labId={labId}
            role={role}
            checks={(checks ?? []).filter((check) => check.role === role)}
            mending={mending}
            probing={probing}
          />
        </Fragment>
      ))}
    </>
  );
}

function ChoiceSection({
  choice,
  onChoice,
  probing,
}: Pick<PreflightStepProps, "choice" | "onChoice" | "probing">) {
  return (
    <Section title="To be measured" aside={<ProbeNow probing={probing} />}>
      <div className={styles.choice}>
        <Chips
          label="Environments"
          options={environmentNames.map((name) => [name, environments[name].title])}
          chosen={choice.environments}
          onChange={(chosen) => onChoice({ ...choice, environments: chosen })}
        />
        <Chips
          label="Workloads"
          options={workloadNames.map((name) => [name, workloads[name].title])}
          chosen={choice.workloads}
          onChange={(chosen) => onChoice({ ...choice, workloads: chosen })}
        />
        <div className={styles.sizes}>
          <span className={styles.label}>Conditions</span>
          <SegmentedControl
            aria-label="Conditions of the preflight"
            data={[...presetNames]}
            value={choice.sizes}
            onChange={(sizes) => onChoice({ ...choice, sizes })}
          />
        </div>
      </div>
    </Section>
  );
}

interface ChipsProps<T extends string> {
  readonly label: string;
  readonly options: readonly (readonly [T, string])[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: readonly T[]) => void;
}

function Chips<T extends string>({ label, options, chosen, onChange }: ChipsProps<T>) {
  return (
    <fieldset className={styles.chips}>
      <legend>{label}</legend>
      {options.map(([value, title]) => (
        <Chip
          key={value}
          size="xs"
          radius="sm"
          variant="outline"
          checked={chosen.includes(value)}
          onChange={(checked) =>
            onChange(checked ? [...chosen, value] : chosen.filter((each) => each !== value))
          }
        >
          {title}
        </Chip>
      ))}
    </fieldset>
  );
}

interface HostChecksProps {
  readonly labId: string;
  readonly role: HostRole;
  readonly checks: readonly PreflightCheck[];
  readonly mending: Mending;
  readonly probing: LabProbing;
}

function HostChecks({ labId, role, checks, mending, probing }: HostChecksProps) {
  const all = joinedInstall(checks.map(({ mend }) => mend));
  const locked = mending.running || probing.probing;
  const start = (mend: HostMend): void => void mending.start(role, mend);
  const actionOf = ({ id, status, mend }: PreflightCheck): ReactNode => {
    if (mend !== null && mend.kind !== "copy")
      return <MendButton labId={labId} role={role} mend={mend} locked={locked} onMend={start} />;
    if (id !== "root" || status !== "missing") return null;
    return (
      <Button
        size="compact-xs"
        variant="default"
        loading={probing.probing}
        onClick={() => void probing.probe()}
      >
        Check again
      </Button>
    );
  };
  return (
    <Section
      title={roleTitle[role]}
      aside={
        <>
          <span>{verdictText(checks)}</span>
          {all === null ? null : (
            <MendButton labId={labId} role={role} mend={all} locked={locked} onMend={start}>
              {`Install all ${countText(all.packages.length, "package")}`}
            </MendButton>
          )}
        </>
      }
      flush
    >
      {checks.length === 0 ? (
        <p className={styles.empty}>The stored facts are being read.</p>
      ) : (
        <ul className={styles.checks} aria-label={`Preflight of the ${roleTitle[role].toLowerCase()}`}>
          {checks.toSorted(byUrgency).map((check) => (
            <PreflightRow key={check.id} check={check} action={actionOf(check)} />
          ))}
        </ul>
      )}
    </Section>
  );
}

const urgency: readonly PreflightCheck["status"][] = ["missing", "warning", "unknown", "ok"];

function byUrgency(a: PreflightCheck, b: PreflightCheck): number {
  return urgency.indexOf(a.status) - urgency.indexOf(b.status);
}

/** `2 missing, 1 warning`. */
export function verdictText(checks: readonly PreflightCheck[]): string {
  const count = (status: PreflightCheck["status"]) =>
    checks.filter((check) => check.status === status).length;
  const [missing, warnings, unknown] = [count("missing"), count("warning"), count("unknown")];
  const parts = [
    ...(missing > 0 ? [`${missing} missing`] : []),
    ...(warnings > 0 ? [countText(warnings, "warning")] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
  ];
  return parts.length === 0 ? "all there" : parts.join(", ");
}
