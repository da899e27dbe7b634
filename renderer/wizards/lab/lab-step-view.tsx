// The content of each step of the lab wizard.
import type { Lab } from "#shared/model/lab.ts";
import type { PreflightCheck } from "#shared/plan/preflight-check.ts";
import { FoundChanges } from "#renderer/components/found-changes.tsx";
import { ConnectionTest } from "./connection-test.tsx";
import { HostFields } from "./host-fields.tsx";
import type { WrongField } from "./lab-errors.ts";
import { LabFacts } from "./lab-facts.tsx";
import type { LabStep } from "./lab-place.ts";
import { NotStored } from "./not-stored.tsx";
import { PreflightStep, type PreflightChoice } from "./preflight-step.tsx";
import { GuestFields, NameFields, UserlandFields } from "./shared-fields.tsx";
import type { ConnectionTesting } from "./use-connection-test.ts";
import type { LabProbing } from "./use-lab-probe.ts";
import type { Mending } from "./use-mending.ts";
import styles from "./lab-fields.module.css";

interface LabStepViewProps {
  readonly step: LabStep;
  /** As it is stored; null for a new one. */
  readonly lab: Lab | null;
  readonly wrong: readonly WrongField[];
  readonly save: () => Promise<boolean>;
  readonly test: ConnectionTesting;
  readonly probing: LabProbing;
  readonly mending: Mending;
  readonly checks: readonly PreflightCheck[] | null;
  readonly choice: PreflightChoice;
  readonly onChoice: (choice: PreflightChoice) => void;
}

export function LabStepView(props: LabStepViewProps) {
  const { step, lab, wrong, save, probing } = props;
  if (step === "machines" || step === "guest")
    return (
      <form
        id="lab"
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {step === "machines" ? (
          <>
            <NameFields />
            <div className={styles.columns}>
              <HostFields host="sut" facts={probing.facts?.sut ?? null} />
              <HostFields host="loadgen" facts={probing.facts?.loadgen ?? null} />
            </div>
          </>
        ) : (
          <div className={styles.columns}>
            <GuestFields facts={probing.facts} />
            <UserlandFields />
          </div>
        )}
      </form>
    );
  if (lab === null || wrong.length > 0)
    return <NotStored labId={lab?.id ?? "new"} wrong={wrong} onSave={() => void save()} />;
  return (
    <>
      <FoundChanges labId={lab.id} />
      <StoredStep {...props} lab={lab} />
    </>
  );
}

/** What works with the lab as it is stored. */
function StoredStep({ step, lab, ...props }: LabStepViewProps & { readonly lab: Lab }) {
  const { probing } = props;
  switch (step) {
    case "connect":
      return <ConnectionTest lab={lab} test={props.test} />;
    case "facts":
      return <LabFacts probing={probing} />;
    case "preflight":
      return (
        <PreflightStep
          labId={lab.id}
          checks={props.checks}
          choice={props.choice}
          onChoice={props.onChoice}
          probing={probing}
          mending={props.mending}
        />
      );
    default:
      return null;
  }
}
