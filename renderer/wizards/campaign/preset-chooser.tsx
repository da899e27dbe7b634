// Campaigns to begin with: fills the whole form at once, and can bring back what was there before.
import { Button, Menu, SegmentedControl } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { presetNames, type PresetName } from "#shared/model/workload.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Lab } from "#shared/model/lab.ts";
import { campaignPresets, presetDraft } from "#shared/plan/campaign-presets.ts";
import { Notice } from "#renderer/components/notice.tsx";
import { toCampaignForm, type CampaignForm } from "./campaign-form.ts";
import styles from "./preset-chooser.module.css";

interface PresetChooserProps {
  readonly labs: readonly Lab[];
  readonly facts: Facts | null;
}

export function PresetChooser({ labs, facts }: PresetChooserProps) {
  const { getValues, reset } = useFormContext<CampaignForm>();
  const [sizes, setSizes] = useState<PresetName>("quick");
  const [before, setBefore] = useState<{ readonly title: string; readonly form: CampaignForm } | null>(null);
  const lab = labs.find(({ id }) => id === getValues("labId"));

  const fill = (preset: (typeof campaignPresets)[number]): void => {
    if (lab === undefined) return;
    const form = structuredClone(getValues());
    reset(toCampaignForm(presetDraft(lab, sizes, facts, preset)), { keepDefaultValues: true });
    setBefore({ title: preset.title, form });
  };

  return (
    <div className={styles.chooser}>
      <div className={styles.row}>
        <div className={styles.what}>
          <span className={styles.label}>Conditions</span>
          <SegmentedControl
            aria-label="Conditions of the preset"
            data={[...presetNames]}
            value={sizes}
            onChange={(value) => setSizes(value)}
          />
        </div>
        <Menu position="bottom-start" width={460}>
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={13} />}>
              Fill the form from a preset
            </Button>
          </Menu.Target>
          <Menu.Dropdown className={styles.presets}>
            {campaignPresets.map((preset) => (
              <Menu.Item key={preset.id} onClick={() => fill(preset)}>
                {preset.title}
                <div className={styles.summary}>{preset.summary}</div>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      {before === null ? null : (
        <Notice severity="info">
          The form was filled from “{before.title}”.{" "}
          <button
            type="button"
            className={styles.back}
            onClick={() => {
              reset(before.form, { keepDefaultValues: true });
              setBefore(null);
            }}
          >
            Bring back what was there before
          </button>
        </Notice>
      )}
    </div>
  );
}
