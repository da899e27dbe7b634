// The memory of a guest, typed or picked as a share of what the SUT has available.
import { Button } from "@mantine/core";
import { useFormContext } from "react-hook-form";
import { dividedByPages } from "#shared/environments/fit-guest.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { TextField } from "#renderer/wizards/fields/form-fields.tsx";
import styles from "./environment-step.module.css";

interface GuestMemoryProps {
  readonly index: number;
  readonly facts: Facts | null;
}

const mebibyte = 2 ** 20;
/** Left to the host where a guest takes all: what QEMU needs, and the host's own work. */
const leftMiB = 2048;
/** The least that a guest can have. */
const leastMiB = 256;

/** As a preset is fitted, so that what is picked here and a preset can be the same guest. */
function shares(facts: Facts): readonly (readonly [label: string, memoryMiB: number])[] {
  const available = Math.floor(facts.memory.availableBytes / mebibyte);
  return [
    ["A quarter", dividedByPages(available / 4)],
    ["Half", dividedByPages(available / 2)],
    ["All but 2 GiB", dividedByPages(available - leftMiB)],
  ];
}

export function GuestMemory({ index, facts }: GuestMemoryProps) {
  const { setValue } = useFormContext<CampaignForm>();
  const name = `configurations.${index}.machine.memoryMiB` as const;
  return (
    <div>
      <TextField name={name} label="Memory" description="MiB" numeric />
      {facts === null ? null : (
        <div className={styles.picks}>
          <span className={styles.state}>of what is available:</span>
          {shares(facts).map(([label, memoryMiB]) => (
            <Button
              key={label}
              variant="default"
              size="compact-xs"
              disabled={memoryMiB < leastMiB}
              aria-label={`${label}: ${memoryMiB} MiB`}
              onClick={() =>
                setValue(name, String(memoryMiB), {
                  shouldDirty: true,
                  shouldTouch: true,
                  shouldValidate: true,
                })
              }
            >
              {label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
