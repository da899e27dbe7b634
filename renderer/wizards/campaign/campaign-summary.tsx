// What a campaign would be with what is chosen so far: its cells, its time, and the age of the facts behind it.
import { Button } from "@mantine/core";
import { useFormContext, useWatch } from "react-hook-form";
import type { LabFacts } from "#shared/contract/labs.ts";
import type { Lab } from "#shared/model/lab.ts";
import { countText, durationText } from "#shared/report/number.ts";
import { EnvironmentChip } from "#renderer/components/environment-chip.tsx";
import { FactsAge } from "#renderer/wizards/frame/facts-age.tsx";
import { SummaryPart } from "#renderer/wizards/frame/summary-part.tsx";
import { chosenConditions, type CampaignForm } from "./campaign-form.ts";
import { matrixRows, secondsOfBlock } from "./scope.ts";

interface CampaignSummaryProps {
  readonly facts: LabFacts;
  readonly lab: Lab | null;
  readonly onPlan: () => void;
}

export function CampaignSummary({ facts, lab, onPlan }: CampaignSummaryProps) {
  const { control } = useFormContext<CampaignForm>();
  const [configurations, choices, blocksText, withControl] = useWatch({
    control,
    name: ["configurations", "workloads", "blocks", "control"],
  });
  const rows = matrixRows(configurations, chosenConditions(choices), withControl);
  const blocks = /^\d+$/.test(blocksText.trim()) ? Number(blocksText) : 0;
  const cells = rows.reduce((sum, row) => sum + row.conditions.length, 0);
  return (
    <>
      <SummaryPart title="Size">
        <div>{`${countText(cells, "cell")} × ${countText(blocks, "block")} = ${countText(cells * blocks, "run")}`}</div>
        <div>roughly {durationText(blocks * secondsOfBlock(rows))}</div>
      </SummaryPart>
      <SummaryPart title="Compared">
        {configurations.map(({ id, label, environment }) => (
          <div key={id}>
            <EnvironmentChip environment={environment} label={label === "" ? id : label} />
          </div>
        ))}
      </SummaryPart>
      <SummaryPart title="Lab">
        <div>{lab?.name ?? ""}</div>
        <FactsAge facts={facts} />
      </SummaryPart>
      <Button variant="default" onClick={onPlan}>
        Plan now
      </Button>
    </>
  );
}
