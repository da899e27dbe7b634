// The CPU that the guest sees: libvirt's modes and named models, and what the chosen one keeps from the guest.
import { useFormContext, useWatch } from "react-hook-form";
import type { Facts } from "#shared/model/facts.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { FieldFindings } from "#renderer/wizards/fields/field-findings.tsx";
import { Axis, More, SuggestField } from "#renderer/wizards/fields/form-fields.tsx";
import { ModelTable } from "./model-table.tsx";
import styles from "./pinning-step.module.css";

const modes = {
  default: "libvirt's default: QEMU's plain model, which has few of this CPU's instructions.",
  "host-model": "The named model that is closest to the host's CPU, with the flags that it lacks added.",
  "host-passthrough": "The host's CPU as it is.",
} as const;

interface CpuModelFieldProps {
  readonly index: number;
  readonly sut: Facts | null;
}

export function CpuModelField({ index, sut }: CpuModelFieldProps) {
  const { control } = useFormContext<CampaignForm>();
  const name = `configurations.${index}.machine.cpuModel` as const;
  const model = useWatch({ control, name }).trim();
  const named = sut?.libvirt?.cpuModels ?? [];
  return (
    <Axis title="CPU model" wide>
      <SuggestField
        name={name}
        label="CPU model"
        description={
          named.length === 0 ? "Or one of libvirt's by name" : `Or one of libvirt's ${named.length}`
        }
        data={[...Object.keys(modes), ...named]}
      />
      <div className={styles.words}>
        <p>{wordsOf(model)}</p>
        <FieldFindings name={name} />
      </div>
      {sut === null ? null : (
        <More title="What each model hides">
          <ModelTable index={index} models={[...Object.keys(modes), ...named]} chosen={model} sut={sut} />
        </More>
      )}
    </Axis>
  );
}

function wordsOf(model: string): string {
  return Object.hasOwn(modes, model)
    ? modes[model as keyof typeof modes]
    : "A named model: the same CPU for the guest on every host that has its instructions.";
}
