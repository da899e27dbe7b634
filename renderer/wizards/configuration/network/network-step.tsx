// The networking mode wizard: how traffic from the load generator reaches a server in the environment, what that takes of
// both machines, and whether it works.
import { useMemo } from "react";
import { portUses, type PortUse } from "#shared/plan/port-uses.ts";
import { toFailure, type Failure } from "#shared/model/error.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { useFormContext, useWatch } from "react-hook-form";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Section } from "#renderer/components/section.tsx";
import { chosenConditions, type CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import type { StepProps } from "../step-props.ts";
import { useEnvironment } from "../use-environment.ts";
import { EndsSection } from "./ends-section.tsx";
import { FootprintSection } from "./footprint-section.tsx";
import { DockerModes, GuestModes } from "./mode-sections.tsx";
import { useNetworkChoice } from "./network-choice.ts";
import { PathSection } from "./path-section.tsx";
import { ReachSection } from "./reach-section.tsx";
import styles from "./network-step.module.css";

export function NetworkStep(props: StepProps) {
  const { index, lab, facts } = props;
  const environment = useEnvironment(index);
  const choice = useNetworkChoice(index);
  const { uses, failure } = usePortUses();
  return (
    <>
      <Section title="Networking mode">
        {environment === "native" ? (
          <p className={styles.text}>
            Programs on the system under test itself use the host's own stack; there is nothing to choose.
          </p>
        ) : null}
        {environment === "docker" ? <DockerModes {...props} /> : null}
        {environment === "kvm" ? <GuestModes {...props} /> : null}
      </Section>
      {failure === null ? null : <FailureNotice failure={failure} />}
      {choice === null ? null : (
        <>
          <PathSection choice={choice} lab={lab} facts={facts} uses={uses} />
          {lab === null ? null : (
            <>
              <FootprintSection choice={choice} lab={lab} facts={facts} uses={uses} />
              <EndsSection lab={lab} facts={facts} />
              <ReachSection choice={choice} lab={lab} uses={uses} />
            </>
          )}
        </>
      )}
    </>
  );
}

/** Ports of the workloads that are chosen now; a condition whose parameters cannot be used is told. */
function usePortUses(): { readonly uses: readonly PortUse[]; readonly failure: Failure | null } {
  const { control } = useFormContext<CampaignForm>();
  const choices = useWatch({ control, name: "workloads" });
  return useMemo(() => {
    try {
      return { uses: portUses(chosenConditions(choices), workloads), failure: null };
    } catch (error) {
      return { uses: [], failure: toFailure(error) };
    }
  }, [choices]);
}
