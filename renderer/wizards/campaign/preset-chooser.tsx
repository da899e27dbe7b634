// Campaigns to begin with: fills the whole form at once, and can bring back what was there before.
import { Button, Menu, SegmentedControl } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import { presetNames, type PresetName } from "#shared/model/workload.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Lab } from "#shared/model/lab.ts";
import { campaignPresets, presetDraft } from "#shared/plan/campaign-presets.ts";
import type { FormContext } from "./campaign-errors.ts";
import { toCampaignForm, type CampaignForm } from "./campaign-form.ts";
import { replaceForm } from "./put-aside.ts";
import styles from "./preset-chooser.module.css";

interface PresetChooserProps {
  readonly labs: readonly Lab[];
  readonly facts: Facts | null;
}

export function PresetChooser({ labs, facts }: PresetChooserProps) {
  const form = useFormContext<CampaignForm, FormContext, CampaignDraft>();
  const [sizes, setSizes] = useState<PresetName>("quick");
  const lab = labs.find(({ id }) => id === form.getValues("labId"));

  const fill = (preset: (typeof campaignPresets)[number]): void => {
    if (lab === undefined) return;
    const filled = toCampaignForm(presetDraft(lab, sizes, facts, preset));
    replaceForm(form, filled, `The form was filled from “${preset.title}”.`);
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
    </div>
  );
}
