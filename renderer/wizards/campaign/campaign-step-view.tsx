// The content of each step of the campaign wizard.
import type { LabFacts } from "#shared/contract/labs.ts";
import type { Lab } from "#shared/model/lab.ts";
import type { CampaignStep } from "./campaign-place.ts";
import { ConfigurationsSection } from "./configurations-section.tsx";
import { HostSection } from "./host-section.tsx";
import { LaddersSection } from "./ladders-section.tsx";
import { MatrixSection } from "./matrix-section.tsx";
import { RepeatsSection } from "./repeats-section.tsx";
import { StartSection } from "./start-section.tsx";
import { WorkloadsSection } from "./workloads-section.tsx";

interface CampaignStepViewProps {
  readonly step: CampaignStep;
  readonly labs: readonly Lab[];
  readonly lab: Lab | null;
  readonly facts: LabFacts;
}

export function CampaignStepView({ step, labs, lab, facts }: CampaignStepViewProps) {
  switch (step) {
    case "start":
      return <StartSection labs={labs} lab={lab} facts={facts} />;
    case "configurations":
      return <ConfigurationsSection facts={facts.sut} lab={lab} />;
    case "workloads":
      return <WorkloadsSection />;
    case "cells":
      return <MatrixSection />;
    case "repeats":
      return (
        <>
          <RepeatsSection lab={lab} />
          <HostSection />
        </>
      );
    case "ladders":
      return <LaddersSection facts={facts.sut} />;
  }
}
