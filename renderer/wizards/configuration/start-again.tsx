// Starts a configuration again from a preset of the same environment; what was in it can be brought back.
import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useFormContext } from "react-hook-form";
import { configurationPresets, fittedTo } from "#shared/environments/presets.ts";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { FormContext } from "#renderer/wizards/campaign/campaign-errors.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { useOwnPresets } from "#renderer/wizards/campaign/own-presets.ts";
import { offerBack, type WizardForm } from "#renderer/wizards/campaign/put-aside.ts";
import { toConfigurationForm, type ConfigurationForm } from "./configuration-form.ts";
import { useEnvironment } from "./use-environment.ts";
import styles from "./environment-step.module.css";

interface StartAgainProps {
  readonly index: number;
  readonly facts: Facts | null;
}

export function StartAgain({ index, facts }: StartAgainProps) {
  const wizard = useFormContext<CampaignForm, FormContext, CampaignDraft>();
  const environment = useEnvironment(index);
  const own = useOwnPresets().value?.presets ?? [];
  const fit = (configuration: Configuration) =>
    facts === null ? configuration : fittedTo(configuration, facts);
  const offers = [
    ...configurationPresets.map(({ title, summary, configuration }) => ({
      key: configuration.id,
      title,
      summary,
      configuration: fit(configuration),
    })),
    ...own.map(({ id, title, summary, configuration }) => ({ key: id, title, summary, configuration })),
  ].filter(({ configuration }) => configuration.environment === environment);

  const start = (title: string, configuration: Configuration): void => {
    const before = structuredClone(wizard.getValues(`configurations.${index}`));
    const { id, label, without } = before;
    put(wizard, { ...toConfigurationForm(configuration), id, label, without });
    offerBack({
      text: `“${label}” was started again from “${title}”.`,
      back: "Bring back what it was",
      onBack: (form) => put(form, before),
    });
  };

  return (
    <div className={styles.again}>
      <Menu position="bottom-start" width={420}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={13} />}>
            Start again from a preset
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={styles.presets}>
          {offers.map(({ key, title, summary, configuration }) => (
            <Menu.Item key={key} onClick={() => start(title, configuration)}>
              {title}
              <div className={styles.state}>{summary}</div>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <span className={styles.state}>The label and the workloads stay.</span>
    </div>
  );
}

/** By id, as the order may have changed since. */
function put({ getValues, setValue }: WizardForm, form: ConfigurationForm): void {
  const place = getValues("configurations").findIndex(({ id }) => id === form.id);
  if (place === -1) return;
  setValue(`configurations.${place}`, form, {
    shouldDirty: true,
    shouldTouch: true,
    shouldValidate: true,
  });
}
